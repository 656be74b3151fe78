"""Runs parts of the torture for the tests: in a process of their own, as they fork and mount."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

from tests.torture.__main__ import ROOT
from tests.torture.calls import why_not_here

_TIMEOUT_S = 170.0

Row = dict[str, Any]


def torture(*names: str, most: int, seed: int = 4) -> dict[str, Row]:
    """Run parts (``part`` or ``part:variant``), each with at most so many cuts; a row for each name."""
    if (reason := why_not_here()) is not None:
        pytest.skip(reason)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "torture.json"
        command = [sys.executable, "-m", "tests.torture", "--only", *names]
        command += ["--most", str(most), "--seed", str(seed), "--out", str(out)]
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=_TIMEOUT_S
        )
        assert out.exists(), done.stdout + done.stderr
        report = json.loads(out.read_text(encoding="utf-8"))
    return {_name(row): row for row in (*report["parts"], *report["variants"])}


def held(row: Row) -> Row:
    """Skip where the part could not run; insist that it ran, gave receipts, and nothing was found."""
    if row["skipped"]:
        pytest.skip(row["skipped"])
    assert row["cuts"] > 0
    assert row["acknowledged"] > 0
    assert row["findings"] == []
    return row


def caught(row: Row) -> int:
    """Skip where the part could not run; return after how many cuts the wrong queue was caught."""
    if row["skipped"]:
        pytest.skip(row["skipped"])
    assert row["caught_after"] is not None, f"{row['variant']} got through {row['cuts']} cuts"
    return row["caught_after"]


def _name(row: Row) -> str:
    return f"{row['part']}:{row['variant']}" if row["variant"] else row["part"]
