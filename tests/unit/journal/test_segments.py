"""A journal of years: segments, what is dropped, what a start reads."""

import stat
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kiosk.clock import SystemClock
from kiosk.journal import Bounds, Entry, Journal, prove, read
from tests.support.full_disk import full_disk

Run = Callable[..., Entry | None]


class LaterClock(SystemClock):
    """Stands thirteen months and a half ahead."""

    def now(self) -> datetime:
        return super().now() + timedelta(days=410)


def names(path: Path) -> list[str]:
    return sorted(file.name for file in path.parent.iterdir())


def test_a_segment_that_is_full_is_closed_and_the_chain_goes_on(path: Path, run: Run) -> None:
    run(10)
    assert names(path) == ["journal-000001.jsonl", "journal-000002.jsonl", "journal.jsonl"]
    assert [entry.n for entry in read(path)] == list(range(1, 11))
    assert prove(path).faults == ()


def test_each_program_carries_on_the_chain_of_the_one_before(path: Path, run: Run) -> None:
    found = [run(3) for _ in range(5)]
    assert [None if entry is None else entry.n for entry in found] == [None, 3, 6, 9, 12]
    assert prove(path).entries == 15


def test_a_journal_from_before_there_were_segments_is_taken_over_as_it_is(path: Path, run: Run) -> None:
    run(30, Bounds())
    before = path.read_bytes()
    last = run(1)
    assert (path.parent / "journal-000001.jsonl").read_bytes() == before
    assert last is not None
    assert last.n == 30
    assert (prove(path).entries, prove(path).faults) == (31, ())


def test_of_a_long_journal_a_start_reads_the_newest_segment_alone(path: Path, run: Run) -> None:
    run(14)
    for file in path.parent.glob("journal-00000[12].jsonl"):
        file.write_bytes(b"\xff" * 1000)
    told: list[str] = []
    run(1, told=told)
    assert told == []


def test_the_oldest_segments_are_dropped_and_the_chain_still_tells_what_they_ended_with(
    path: Path, run: Run
) -> None:
    run(60)
    kept = names(path)
    assert "journal-000001.jsonl" not in kept
    assert sum(file.stat().st_size for file in path.parent.iterdir()) < 6000
    dropped = [entry.ids for entry in read(path) if entry.code == "journal.dropped"]
    assert dropped[-1]["segment"] not in kept
    assert len(dropped[-1]["hash"]) == 64
    assert prove(path).faults == ()


def test_old_segments_are_dropped_one_by_one_since_the_clock_may_be_wrong(path: Path, run: Run) -> None:
    run(20)
    with Journal(path, LaterClock(), bounds=Bounds(segment=900)) as journal:
        for _ in range(6):
            journal.write("session.home")
    assert names(path)[0] == "journal-000003.jsonl"
    assert prove(path).faults == ()


def test_what_stays_is_more_than_six_months_of_a_terminal_that_is_never_idle() -> None:
    visit_bytes, visits_a_day = 4200, 24 * 60 / 3
    assert Bounds().kept / (visit_bytes * visits_a_day) > 184


def test_what_the_journal_notes_on_itself_hides_no_visit(path: Path, run: Run) -> None:
    bounds = Bounds(segment=900, kept=0)
    run(8, bounds)
    journal = Journal(path, SystemClock(), bounds=bounds)
    # The disk takes the entry on the segment that is dropped, and not the visit's.
    with journal, full_disk(400), pytest.raises(OSError, match="too large"):
        journal.write("session.asking")
    assert [entry.code for entry in read(path)][-1] == "journal.dropped"
    last = run(0)
    assert last is not None
    assert (last.code, last.n) == ("session.home", 8)


def test_a_segment_that_was_deleted_under_a_running_terminal_ends_no_visit_and_is_noticed(
    path: Path, run: Run
) -> None:
    run(4)
    with Journal(path, SystemClock(), bounds=Bounds(segment=900)) as journal:
        for _ in range(4):
            journal.write("session.home")
        path.unlink()
        journal.write("session.home")
    assert prove(path).faults == ("journal.jsonl: does not join on to journal-000001.jsonl",)


def test_every_file_is_the_owners_alone(path: Path, run: Run) -> None:
    run(6)
    assert {stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()} == {0o600}


def test_a_long_first_segment_stays_until_what_is_behind_it_is_long_enough(path: Path, run: Run) -> None:
    run(14, Bounds())
    run(12)
    assert names(path)[0] == "journal-000001.jsonl"
    run(5)
    assert names(path)[0] == "journal-000002.jsonl"


@pytest.mark.parametrize(
    "name", ["journal-000009", "-000009.jsonl", "journal-9.jsonl", "journal-000009.jsonl.bak"]
)
def test_a_file_of_another_name_is_no_segment(path: Path, run: Run, name: str) -> None:
    run(5)
    path.with_name(name).write_text("x")
    assert prove(path).faults == ()
