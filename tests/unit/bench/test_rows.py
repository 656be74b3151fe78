import json
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from rich.console import Console

from tests.bench.__main__ import AREAS, areas_of, main
from tests.bench.card_bytes import card_bytes, wire_s
from tests.bench.machine import this_machine
from tests.bench.row import Report, Row, of_median, read, write
from tests.bench.stopwatch import NotSeenError, took_s
from tests.bench.table import amount, cells, show

TINY = """
from tests.bench.row import Measured, Row

def measure():
    return Measured((Row("wait", 2.5, "s", 1.5, basis="patience"),), ("A note.",))
"""
BROKEN = """
def measure():
    raise OSError("nothing to measure here")
"""
KEPT = Row("quick", 1.0, "s", 1.5)
MISSED = Row("slow", 2.0, "s", 1.5, basis="patience")
UNJUDGED = Row("told", 0.0123, "s")


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    folder = tmp_path / f"areas_of_{tmp_path.name}"  # a name of its own: modules stay loaded
    folder.mkdir()
    (folder / "__init__.py").touch()
    (folder / "tiny.py").write_text(TINY)
    (folder / "broken.py").write_text(BROKEN)
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    return folder.name


def report(*rows: Row) -> Report:
    machine = this_machine((0.5, 0.4, 0.3))
    return Report("tiny", "2026-01-01T00:00:00+00:00", 3.0, machine, rows, ("A note.",))


def shown(*rows: Row) -> str:
    console = Console(width=160, no_color=True)
    with console.capture() as caught:
        show([report(*rows)], console)
    return caught.get()


def test_a_figure_at_its_limit_keeps_it() -> None:
    assert Row("wait", 1.5, "s", 1.5).ok is True
    assert Row("rate", 50, "ms", 50, "≥").ok is True


def test_a_figure_beyond_its_limit_misses_it() -> None:
    assert Row("wait", 1.51, "s", 1.5).ok is False
    assert Row("rate", 49, "ms", 50, "≥").ok is False


def test_a_figure_without_limit_is_not_judged() -> None:
    assert UNJUDGED.ok is None


def test_a_median_keeps_its_samples_and_is_divided_by_its_peer() -> None:
    row = of_median("wait", [3.0, 1.0, 2.0], "s", peer=("the bare thing", 0.5))
    assert (row.value, row.samples, row.ratio) == (2.0, (3.0, 1.0, 2.0), 4.0)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0123, "0.0123 s"), (0.5, "0.5 s"), (1.234, "1.23 s"), (126.4, "126 s"), (4321.0, "4321 s")],
)
def test_amounts_have_three_digits_that_mean_something(value: float, text: str) -> None:
    assert amount(value, UNJUDGED) == text


def test_a_row_shows_its_limit_beside_its_value() -> None:
    assert [str(cell) for cell in cells(KEPT)][:4] == ["quick", "1 s", "≤ 1.5 s", "kept"]
    assert [str(cell) for cell in cells(UNJUDGED)][:4] == ["told", "0.0123 s", "–", "–"]


def test_a_row_shows_its_spread_and_its_ratio() -> None:
    row = of_median("wait", [3.0, 1.0, 2.0], "s", peer=("the bare thing", 0.5))
    assert [str(cell) for cell in cells(row)][5:] == ["1 s – 3 s", "4.0 × the bare thing (0.5 s)"]


def test_a_missed_limit_stands_out_in_the_table() -> None:
    lines = shown(KEPT, MISSED).splitlines()
    assert ["MISSED" in line for line in lines if "slow" in line] == [True]
    assert ["MISSED" in line for line in lines if "quick" in line] == [False]


def test_the_table_tells_machine_load_and_notes() -> None:
    text = shown(KEPT)
    assert "load 0.5 before" in text
    assert "– A note." in text


def test_a_report_is_read_as_it_was_written(tmp_path: Path) -> None:
    written = report(KEPT, MISSED, of_median("wait", [1.0, 2.0], "ms", peer=("x", 3.0)))
    write(written, tmp_path / "deep" / "tiny.json")
    assert read(tmp_path / "deep" / "tiny.json") == written


def test_the_file_says_of_each_row_whether_its_limit_is_kept(tmp_path: Path) -> None:
    write(report(KEPT, MISSED, UNJUDGED), tmp_path / "tiny.json")
    told = json.loads((tmp_path / "tiny.json").read_text("utf-8"))
    assert [row["ok"] for row in told["rows"]] == [True, False, None]
    assert (told["rows"][1]["limit"], told["rows"][1]["limit_kind"]) == (1.5, "≤")
    assert told["machine"]["load_before"] == [0.5, 0.4, 0.3]
    assert told["machine"]["cores"] >= 1


def run(names: Sequence[str], package: str, out: Path) -> tuple[int, set[str]]:
    status = main(names, package, out)
    return status, {path.name for path in out.glob("*")}


def test_a_missed_limit_is_no_failure(
    package: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["tiny"], package, tmp_path / "out") == (0, {"tiny.json"})
    assert "MISSED" in capfd.readouterr().out


def test_an_area_that_cannot_be_measured_is_a_failure_and_leaves_no_old_figures(
    package: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    write(report(KEPT), out / "broken.json")
    assert run([], package, out) == (1, {"tiny.json"})
    said = capfd.readouterr()
    assert "broken could not be measured" in said.err
    assert "nothing to measure here" in said.err
    assert "patience" in said.out


def test_an_area_that_does_not_exist_is_refused_before_anything_is_measured(
    package: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["tiny", "tidy"], package, tmp_path / "out") == (2, set())
    assert "no such area: tidy; there are broken, tiny" in capfd.readouterr().err


def test_the_areas_are_the_modules_of_their_package() -> None:
    assert {"start", "visit"} <= set(areas_of(AREAS))


def test_reading_a_card_takes_the_bytes_of_the_golden_frames() -> None:
    requests = "aaaaaa96690003200122 aaaaaa96690003200221 aaaaaa96690003300132"
    find = "aaaaaa9669 0008 00009f 00000000 97"
    select = "aaaaaa9669 000c 000090 0000000000000000 9c"
    answers = bytes.fromhex(find) + bytes.fromhex(select)
    base_read_bytes = 1295
    assert card_bytes() == len(bytes.fromhex(requests)) + len(answers) + base_read_bytes
    assert wire_s() == pytest.approx(0.11797, abs=1e-5)


def test_a_moment_that_was_not_seen_gives_no_figure() -> None:
    assert took_s(1.0, 2.5) == 1.5
    with pytest.raises(NotSeenError):
        took_s(5.0, 0.0)
    with pytest.raises(NotSeenError):
        took_s(0.0, 5.0)
