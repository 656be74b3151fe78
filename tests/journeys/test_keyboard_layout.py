import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.parametrize("way", ["portrait", "landscape"])


@cache
def probe(way: str) -> dict[str, Any]:
    ended = subprocess.run(
        [sys.executable, "-m", "tests.support.keyboard_probe", way],
        capture_output=True,
        text=True,
        timeout=55,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert ended.returncode == 0, ended.stderr
    assert "Warning" not in ended.stderr
    return json.loads(ended.stdout.splitlines()[-1])


def test_every_key_and_candidate_is_large_enough_for_a_finger(way: str) -> None:
    seen = probe(way)
    assert min(seen["narrowest_key_mm"], seen["lowest_key_mm"]) >= 15
    assert seen["smallest_digit_mm"] >= 20
    assert min(seen["strip_mm"], seen["narrowest_candidate_mm"]) >= 15


def test_the_keyboard_never_covers_the_field(way: str) -> None:
    assert not probe(way)["field_covered"]


def test_pinyin_digits_and_english_can_be_typed_and_the_layout_follows_the_screens(way: str) -> None:
    assert probe(way)["texts"] == ["王芳", "0755", "Lee"]
