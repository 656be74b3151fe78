import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

NAME = "锲朝斓"
EMPTY_DICTIONARY_BYTES = 40
"""What the Pinyin engine writes when it has learned nothing: the header of its file."""


@cache
def probe(way: str, run: int = 0) -> dict[str, Any]:
    """Two residents in a process of their own; another ``run`` is another process."""
    del run
    ended = subprocess.run(
        [sys.executable, "-m", "tests.support.keyboard_probe", way],
        capture_output=True,
        text=True,
        timeout=55,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout.splitlines()[-1])


def test_a_rare_name_of_one_resident_is_not_offered_to_the_next() -> None:
    seen = probe("hinted")
    assert seen["first"]
    assert seen["second"] == seen["third"] == seen["first"]
    assert NAME not in seen["first"]


def test_the_next_resident_finds_an_empty_field() -> None:
    seen = probe("hinted")
    assert seen["leftover"] == ""


def test_what_was_half_typed_at_the_end_of_a_visit_is_gone() -> None:
    seen = probe("hinted")
    assert seen["half_typed"] == ""
    assert seen["candidates_left"] == []


def test_nothing_is_written_to_the_keyboards_dictionary() -> None:
    assert probe("hinted")["dictionary_bytes"] == EMPTY_DICTIONARY_BYTES


def test_the_name_is_not_offered_after_a_restart_and_its_folder_is_gone() -> None:
    before, after = probe("hinted"), probe("hinted", 1)
    assert not Path(before["folder"]).exists()
    assert NAME not in after["first"]
    assert after["first"] == before["first"]


def test_without_the_fields_hints_the_name_would_be_learned_and_offered() -> None:
    seen = probe("unhinted")
    assert NAME not in seen["first"]
    assert NAME in (seen["second"][0], seen["third"][0])
    assert seen["dictionary_bytes"] > EMPTY_DICTIONARY_BYTES
