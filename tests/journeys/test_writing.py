import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

KEY_MM, OTHER_MM = 20, 15
LAYOUTS = [
    "portrait 100",
    "portrait 160",
    "portrait 130 low",
    "portrait 160 low left",
    "landscape 100",
    "landscape 160 left",
]


@cache
def probe(*way: str) -> dict[str, Any]:
    ended = subprocess.run(
        [sys.executable, "-m", "tests.support.writing_probe", *way],
        capture_output=True,
        text=True,
        timeout=55,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert ended.returncode == 0, ended.stderr
    assert "Warning" not in ended.stderr, ended.stderr
    return json.loads(ended.stdout.splitlines()[-1])


def test_a_name_is_written_with_a_finger_into_the_questions_field() -> None:
    assert probe("visit")["name"] == "王安"


def test_ink_is_seen_and_can_be_taken_back() -> None:
    seen = probe("visit")
    assert seen["inked"]
    assert seen["undone"]
    assert seen["cleared"]


def test_space_and_delete_stand_beside_the_pad() -> None:
    assert probe("visit")["edited"] == "王 "


def test_after_the_wipe_no_stroke_and_no_candidate_is_left() -> None:
    seen = probe("visit")
    assert seen["remains"] == [0, 0, 0]
    assert seen["next_pad_empty"]
    assert seen["next_written"] == []
    assert seen["next_field"] == ""


def test_the_next_resident_finds_the_keyboard_as_the_first_one_did() -> None:
    assert probe("visit")["next_mode"] == "pinyin"


def test_writing_leaves_no_file() -> None:
    assert probe("visit")["new_files"] == []


def test_whoever_reads_traditional_characters_is_offered_both_forms() -> None:
    seen = probe("hant")
    assert {"張", "张"} <= set(seen["offered"])
    assert seen["name"] == "張"


def test_without_a_model_there_is_a_code_and_the_keyboard_serves() -> None:
    seen = probe("no-model")
    assert seen["reports"] == ["ui.no-handwriting"]
    assert not seen["shown"]
    assert seen["name"] == "王芳"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_keys_fit_a_finger_and_the_field_stays_in_view(layout: str) -> None:
    seen = probe("measure", *layout.split())
    assert not any(seen["covered"])
    assert len(seen["modes"]) == 4
    for keys in ("modes", "pinyin", "english", "digits", "phone"):
        assert min(seen[keys]) >= KEY_MM, keys
    assert min(seen["writing"]) >= KEY_MM
