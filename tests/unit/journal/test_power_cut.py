"""The power goes at any moment of the journal's life: it opens, nothing is broken, the chain goes on."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.journal import Entry, prove, read

Run = Callable[..., Entry | None]


def starts_whole(path: Path, run: Run, last: int) -> bool:
    """Start the terminal; tell whether it knows the last entry and carries on the chain."""
    told: list[str] = []
    found = run(1, told=told)
    chained = [entry.n for entry in read(path)] == list(range(1, last + 2))
    return found is not None and found.n == last and chained and not told and not prove(path).faults


def test_in_the_middle_of_a_line(path: Path, run: Run) -> None:
    run(3)
    whole = path.read_bytes()
    line = whole.rindex(b"\n", 0, -1) + 1
    for end in range(line, len(whole), 7):
        path.write_bytes(whole[:end])
        assert starts_whole(path, run, 2)


def test_in_the_middle_of_the_first_line_of_a_segment(path: Path, run: Run) -> None:
    run(5)
    whole = path.read_bytes()
    for end in range(0, len(whole), 7):
        path.write_bytes(whole[:end])
        assert starts_whole(path, run, 4)


def test_when_the_full_segment_is_closed_and_the_next_not_begun(path: Path, run: Run) -> None:
    run(5)
    path.unlink()
    assert starts_whole(path, run, 4)


def test_a_line_of_which_the_disk_kept_the_room_alone(path: Path, run: Run) -> None:
    run(3)
    with path.open("ab") as file:
        file.write(b"\0" * 200)
    assert starts_whole(path, run, 3)


def test_between_the_entry_on_a_dropped_segment_and_its_removal(path: Path, run: Run) -> None:
    run(16)
    oldest = path.with_name("journal-000001.jsonl")
    kept = oldest.read_bytes()
    run(8)
    assert not oldest.exists()
    oldest.write_bytes(kept)
    told: list[str] = []
    run(1, told=told)
    assert told == []


def test_between_setting_a_segment_aside_and_the_first_line_of_the_next(path: Path, run: Run) -> None:
    run(2)
    path.rename(path.with_name("journal-000001.damaged.jsonl"))
    told: list[str] = []
    last = run(1, told=told)
    assert last is not None
    assert last.n == 2
    assert told == ["journal-000001.damaged.jsonl"]
    assert run(1, told=told) is not None
    assert len(told) == 1
    assert prove(path).faults == ("journal-000001.damaged.jsonl: was set aside",)


@pytest.mark.parametrize("torn", [b"", b"{"])
def test_before_the_first_line_of_all(path: Path, run: Run, torn: bytes) -> None:
    path.write_bytes(torn)
    assert run(1) is None
    assert prove(path).faults == ()
