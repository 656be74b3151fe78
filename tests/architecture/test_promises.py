import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = {
    name: (ROOT / "docs" / name).read_text("utf-8") for name in ("device-faults.md", "queue-properties.md")
}
NAMED = re.compile(r"`(tests/[a-z_/]+\.py)(?:::(test_[a-z0-9_]+))?`")
ROW = re.compile(r"^\| (?!fault|\||---)[^|]+ \|.* \|$", re.MULTILINE)
PROMISES = 34


@pytest.mark.parametrize("page", PAGES)
def test_every_test_that_a_list_names_exists(page: str) -> None:
    gone = [
        f"{place}::{name}"
        for place, name in NAMED.findall(PAGES[page])
        if not (ROOT / place).is_file() or name not in (ROOT / place).read_text(encoding="utf-8")
    ]
    assert gone == []


def test_every_fault_of_a_device_has_a_test() -> None:
    rows = ROW.findall(PAGES["device-faults.md"])
    assert len(rows) > 90
    assert [row for row in rows if "::test_" not in row and "`make soak`" not in row] == []


def test_every_promise_of_the_queue_has_a_test() -> None:
    rows = [row for row in ROW.findall(PAGES["queue-properties.md"]) if row[2].isdigit()]
    assert [int(row.split("|")[1]) for row in rows] == list(range(1, PROMISES + 1))
    assert [row for row in rows if "`tests/" not in row] == []
