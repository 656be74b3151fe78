"""The whole chain is proven, and what is broken is named."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.journal import Entry, JournalError, prove, read

Run = Callable[..., Entry | None]


def test_no_journal_yet_is_nothing_broken(path: Path) -> None:
    assert (prove(path).entries, prove(path).since, prove(path).faults) == (0, None, ())


def test_a_changed_line_of_a_closed_segment_is_named(path: Path, run: Run) -> None:
    run(14)
    second = path.with_name("journal-000002.jsonl")
    lines = second.read_bytes().splitlines(keepends=True)
    lines[1] = lines[1].replace(b"session.home", b"session.help")
    second.write_bytes(b"".join(lines))
    assert prove(path).faults == ("journal-000002.jsonl: line 2 is not an entry as it was written",)
    with pytest.raises(JournalError, match="line 2"):
        list(read(path))


def test_a_word_that_was_added_to_a_line_is_noticed(path: Path, run: Run) -> None:
    run(2)
    path.write_bytes(path.read_bytes().replace(b'{"n": 2', b'{"name": "x", "n": 2'))
    assert prove(path).faults == ("journal.jsonl: line 2 is not an entry as it was written",)


def test_a_line_that_was_taken_out_is_noticed(path: Path, run: Run) -> None:
    run(3)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(lines[0] + lines[2])
    assert prove(path).faults == ("journal.jsonl: line 2 breaks the chain",)


def test_a_segment_that_was_taken_out_of_the_middle_is_noticed(path: Path, run: Run) -> None:
    run(14)
    path.with_name("journal-000002.jsonl").unlink()
    assert prove(path).faults == ("journal-000003.jsonl: does not join on to journal-000001.jsonl",)
    with pytest.raises(JournalError, match="does not join"):
        list(read(path))


def test_an_oldest_segment_that_no_entry_says_was_dropped_is_noticed(path: Path, run: Run) -> None:
    run(60)
    assert prove(path).faults == ()
    oldest, second = sorted(path.parent.glob("journal-*.jsonl"))[:2]
    oldest.unlink()
    assert prove(path).faults == (f"{second.name}: what stood before it is gone",)


def test_a_segment_without_its_end_is_noticed(path: Path, run: Run) -> None:
    run(10)
    first = path.with_name("journal-000001.jsonl")
    first.write_bytes(first.read_bytes()[:-1])
    assert prove(path).faults == ("journal-000002.jsonl: does not join on to journal-000001.jsonl",)


def test_a_segment_that_cannot_be_read_is_named(path: Path, run: Run) -> None:
    run(10)
    first = path.with_name("journal-000001.jsonl")
    first.unlink()
    first.mkdir()
    assert prove(path).faults == ("journal-000001.jsonl: cannot be read (Is a directory)",)


def broken_once(path: Path, run: Run) -> Path:
    """Return the second segment, set aside since its second line was changed."""
    run(7)
    path.write_bytes(path.read_bytes().replace(b'"n": 6', b'"n": 9'))
    run(9)
    return path.with_name("journal-000002.damaged.jsonl")


def test_what_was_set_aside_is_told_with_what_is_wrong_with_it(path: Path, run: Run) -> None:
    aside = broken_once(path, run)
    assert prove(path).faults == (
        f"{aside.name}: was set aside",
        f"{aside.name}: line 2 is not an entry as it was written",
    )


def test_what_was_set_aside_and_fetched_away_is_not_missed(path: Path, run: Run) -> None:
    broken_once(path, run).unlink()
    assert prove(path).faults == ()


def test_what_was_set_aside_may_not_be_changed_any_more(path: Path, run: Run) -> None:
    aside = broken_once(path, run)
    aside.write_bytes(aside.read_bytes() + b"\n")
    assert f"{aside.name}: was changed after it had been set aside" in prove(path).faults
