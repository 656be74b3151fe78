import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "device-faults.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`(tests/[a-z_/]+\.py)::(test_[a-z0-9_]+)`", PAGE)
ROW = re.compile(r"^\| (?!fault)[^|]+ \| [^|]+ \|$", re.MULTILINE)


def test_every_test_that_the_list_of_faults_names_exists() -> None:
    gone = [
        f"{place}::{name}"
        for place, name in NAMED
        if not (ROOT / place).is_file() or f"def {name}(" not in (ROOT / place).read_text(encoding="utf-8")
    ]
    assert gone == []


def test_every_fault_of_the_list_has_a_test() -> None:
    rows = [row for row in ROW.findall(PAGE) if not row.startswith("|---")]
    assert len(rows) > 90
    assert [row for row in rows if "::test_" not in row and "`make soak`" not in row] == []
