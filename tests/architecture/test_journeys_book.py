import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "journeys.md").read_text("utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.splitlines()
    if line.startswith("| ") and not line.startswith("| Step")
]
NAMED = re.compile(r"`(tests/[a-z_/]+\.py)::(test_[a-z0-9_]+)`")
SCREEN = re.compile(r'^    [A-Z][a-zA-Z]+: "([a-z-]+)",$', re.MULTILINE)
STEPS = [
    *(f"R{step}" for step in range(19)),
    *("Q1", "Q2", "Q3", "Q4"),
    "P1–P6",
    "D1",
    "A1",
    "T1",
    "X1",
    "M1",
]
OPEN_AT_MOST = 3


def _screens() -> set[str]:
    return set(SCREEN.findall((ROOT / "ui/viewmodels/surroundings.py").read_text("utf-8")))


def test_every_walk_that_is_named_exists() -> None:
    gone = [
        f"{place}::{name}"
        for place, name in NAMED.findall(PAGE)
        if f"def {name}(" not in (ROOT / place).read_text(encoding="utf-8")
    ]
    assert gone == []


def test_every_line_names_a_walk_or_says_that_there_is_none() -> None:
    assert [row for row in ROWS if not NAMED.search(row[3]) and not row[3].startswith("not walked: ")] == []
    assert len([row for row in ROWS if row[3].startswith("not walked: ")]) <= OPEN_AT_MOST


def test_every_step_of_the_journey_has_its_lines() -> None:
    steps = {row[0] for row in ROWS}
    assert [step for step in STEPS if step not in steps] == []


def test_every_screen_of_the_program_is_walked() -> None:
    walked = {row[1] for row in ROWS if NAMED.search(row[3])}
    screens = _screens()
    assert len(screens) > 20
    assert screens - walked == set()
