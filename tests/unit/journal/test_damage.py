"""A journal that does not hold: the terminal serves, what does not hold is kept and told."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.clock import SystemClock
from kiosk.journal import Entry, Journal, read
from kiosk.journal.segments import entries
from tests.support.full_disk import full_disk

Run = Callable[..., Entry | None]


def flipped(held: bytes) -> bytes:
    """Flip the lowest bit of one byte."""
    return held[:100] + bytes([held[100] ^ 1]) + held[101:]


HURTS: dict[str, Callable[[bytes], bytes]] = {
    "a flipped bit": flipped,
    "its first line is gone": lambda held: held[held.index(b"\n") + 1 :],
    "a line is there twice": lambda held: held[: held.index(b"\n") + 1] + held,
    "no UTF-8": lambda held: b"\xff\xfe\n" + held,
    "zeros": lambda held: b"\0" * len(held) + b"\n",
}


@pytest.mark.parametrize("hurt", HURTS.values(), ids=HURTS)
def test_a_segment_that_does_not_hold_is_kept_under_another_name_and_told_once(
    path: Path, run: Run, hurt: Callable[[bytes], bytes]
) -> None:
    run(7)
    held = hurt(path.read_bytes())
    path.write_bytes(held)
    told: list[str] = []
    run(1, told=told)
    run(1, told=told)
    assert told == ["journal-000002.damaged.jsonl"]
    assert path.with_name(told[0]).read_bytes() == held
    note = next(entries(path))
    assert note.code == "journal.broken"
    assert note.ids == {"segment": told[0], "digest": hashlib.sha256(held).hexdigest()}


def test_what_can_still_be_read_of_it_tells_where_the_last_visit_ended(path: Path, run: Run) -> None:
    run(2)
    path.write_bytes(flipped(path.read_bytes()))
    last = run(1)
    assert last is not None
    assert (last.n, last.ids) == (2, {"visit": "7"})
    assert [entry.n for entry in entries(path)] == [3, 4]


def test_a_file_that_cannot_be_read_at_all_is_set_aside_too(path: Path, run: Run) -> None:
    path.mkdir()
    (path / "something").touch()
    told: list[str] = []
    run(1, told=told)
    assert told == ["journal-000001.damaged.jsonl"]
    assert [entry.code for entry in entries(path)] == ["journal.broken", "session.home"]


def test_a_segment_that_was_taken_out_is_noticed_at_the_start(path: Path, run: Run) -> None:
    run(10)
    path.with_name("journal-000002.jsonl").unlink()
    told: list[str] = []
    run(1, told=told)
    assert told == ["journal-000002.damaged.jsonl"]


def test_a_disk_that_is_full_at_the_start_is_written_to_once_it_has_room(path: Path, run: Run) -> None:
    run(2)
    path.write_bytes(flipped(path.read_bytes()))
    told: list[str] = []
    with full_disk(), Journal(path, SystemClock(), told.append) as journal:
        with pytest.raises(OSError, match="too large"):
            journal.write("session.home")
        assert told == []
        with full_disk(10_000):
            journal.write("session.asking")
            journal.write("session.asking")
    assert told == ["journal-000001.damaged.jsonl"]
    assert [entry.code for entry in entries(path)] == ["journal.broken", *["session.asking"] * 2]


def test_where_the_folder_cannot_be_made_each_entry_is_refused_and_no_start(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    with Journal(tmp_path / "data" / "journal.jsonl", SystemClock()) as journal:
        with pytest.raises(OSError, match="data"):
            journal.write("session.home")
        (tmp_path / "data").unlink()
        journal.write("session.home")
    assert len(list(read(tmp_path / "data" / "journal.jsonl"))) == 1
