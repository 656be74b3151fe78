"""Properties 24, 25 and 26: a database that cannot be believed is found out, and nothing is lost by it."""

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from offline_queue import ItemState, QueueError, journal
from offline_queue.database import open_database
from offline_queue.disk import Disk
from offline_queue.header import read_header
from offline_queue.item import Item
from offline_queue.repair import want_repair
from offline_queue.store import Store
from tests.support.sealed_queue import sealed_application
from tests.unit.queue.conftest import RECIPIENT, StoreBench

Put = Callable[..., Item]


def filled(bench: StoreBench, put: Put, *, waiting: int = 3) -> list[Item]:
    """Applications of every kind: waiting, set aside, delivered."""
    store = bench.open()
    items = [put(store, order_key=bytes([n]) * 16) for n in range(waiting)]
    aside, delivered = put(store), put(store)
    store.ledger.need_attention(aside, "platform.refused")
    store.ledger.accept(delivered, "3301000001", b"{}")
    store.wipe(delivered)
    bench.close()
    return [*items, aside, delivered]


def database_files(bench: StoreBench) -> list[Path]:
    return sorted(bench.directory.glob("queue.db*"))


def damaged_copies(bench: StoreBench) -> list[str]:
    return [path.name for path in bench.directory.glob("queue.db.damaged-*")]


def events(bench: StoreBench) -> list[tuple[str, str]]:
    bench.close()
    with closing(open_database(bench.directory / "queue.db")) as database:
        assert journal.first_broken(database) is None
        return database.execute("SELECT ev, detail FROM journal ORDER BY n").fetchall()


def nothing_is_lost(bench: StoreBench, store: Store, items: list[Item], files: list[str]) -> None:
    assert bench.files() == files
    for item in items:
        again = store.ledger.by_number(item.receipt_no)
        assert (again.seq, again.submission_id) == (item.seq, item.submission_id)
        if item.file in files:
            assert again.state in (ItemState.QUEUED, ItemState.ATTENTION)


def test_containers_without_any_database_get_their_rows_back(bench: StoreBench, put: Put) -> None:
    items = filled(bench, put)
    files = bench.files()
    for path in database_files(bench):
        path.unlink()
    store = bench.open()
    nothing_is_lost(bench, store, items[:4], files)
    assert store.ledger.by_number(items[0].receipt_no).digest == items[0].digest
    assert store.ledger.by_number(items[0].receipt_no).attempts == 1  # so the platform is asked first
    assert put(store).seq == items[-1].seq + 1
    assert ("repaired", "queue.database-lost") in events(bench)


def test_a_number_is_not_given_twice_though_its_container_and_the_database_are_gone(
    bench: StoreBench, put: Put
) -> None:
    store = bench.open()
    item = put(store)
    store.ledger.accept(item, "3301000001", b"{}")
    store.wipe(item)
    bench.close()
    for path in database_files(bench):
        path.unlink()
    assert put(bench.open()).seq == item.seq + 1


@pytest.mark.parametrize("place", [0, 100, 4096 + 8])
def test_a_damaged_database_is_built_anew_and_kept_aside(bench: StoreBench, put: Put, place: int) -> None:
    items = filled(bench, put)
    files = bench.files()
    with (bench.directory / "queue.db").open("r+b") as file:
        file.seek(place)
        file.write(b"\xff" * 200)
    spoilt = (bench.directory / "queue.db").read_bytes()
    nothing_is_lost(bench, bench.open(), items[:4], files)
    assert damaged_copies(bench) == ["queue.db.damaged-1"]
    assert (bench.directory / "queue.db.damaged-1").read_bytes() == spoilt
    assert ("repaired", "queue.database-corrupt") in events(bench)


def test_a_version_that_nobody_wrote_is_damage_and_no_later_release(bench: StoreBench, put: Put) -> None:
    items = filled(bench, put)
    with (bench.directory / "queue.db").open("r+b") as file:
        file.seek(60)
        file.write((99).to_bytes(4, "big"))
    nothing_is_lost(bench, bench.open(), items[:4], bench.files())


@pytest.mark.parametrize("share", [0.0, 0.3, 0.7, 0.95])
def test_a_database_that_was_cut_short_is_built_anew(bench: StoreBench, put: Put, share: float) -> None:
    items = filled(bench, put)
    files = bench.files()
    path = bench.directory / "queue.db"
    with path.open("r+b") as file:
        file.truncate(int(path.stat().st_size * share))
    nothing_is_lost(bench, bench.open(), items[:4], files)
    assert damaged_copies(bench) == ["queue.db.damaged-1"]


@pytest.mark.parametrize("seed", range(40))
def test_whatever_bits_flip_every_receipt_is_still_known_and_no_container_goes(
    bench: StoreBench, put: Put, seed: int
) -> None:
    items = filled(bench, put)
    files = bench.files()
    dice = random.Random(seed)
    data = bytearray((bench.directory / "queue.db").read_bytes())
    for _ in range(dice.choice([1, 8, 64])):
        data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
    (bench.directory / "queue.db").write_bytes(data)
    store = bench.open()
    nothing_is_lost(bench, store, items[:4], files)
    assert put(store).seq > items[-1].seq


def test_a_database_without_its_write_ahead_log_is_found_out(bench: StoreBench, put: Put) -> None:
    filled(bench, put)
    store = bench.open()
    item = put(store)
    crashed = bench.directory.with_name("crashed")
    shutil.copytree(bench.directory, crashed)
    (crashed / "queue.db-wal").unlink()
    bench.close()
    after = StoreBench(crashed)
    again = after.open().ledger.by_number(item.receipt_no)
    assert (again.state, again.digest) == (ItemState.QUEUED, item.digest)
    assert ("repaired", "queue.database-stale") in events(after)


def test_an_older_copy_of_the_database_put_back_is_found_out(bench: StoreBench, put: Put) -> None:
    items = filled(bench, put)
    shutil.copy(bench.directory / "queue.db", bench.directory.with_name("backup"))
    store = bench.open()
    later = put(store)
    gone = put(store)
    store.ledger.accept(gone, "3301000002", b"{}")
    store.wipe(gone)
    bench.close()
    shutil.copy(bench.directory.with_name("backup"), bench.directory / "queue.db")
    store = bench.open()
    assert store.ledger.by_number(later.receipt_no).state == ItemState.QUEUED
    assert store.ledger.by_number(items[-1].receipt_no).acceptance_no == "3301000001"
    assert put(store).seq == gone.seq + 1
    assert ("repaired", "queue.database-stale") in events(bench)


def test_an_older_copy_is_found_out_though_nothing_was_stored_since(bench: StoreBench, put: Put) -> None:
    (first, *_) = filled(bench, put)
    shutil.copy(bench.directory / "queue.db", bench.directory.with_name("backup"))
    store = bench.open()
    store.ledger.accept(first, "3301000002", b"{}")
    store.wipe(first)
    bench.close()
    shutil.copy(bench.directory.with_name("backup"), bench.directory / "queue.db")
    again = bench.open().ledger.by_number(first.receipt_no)
    assert (again.state, again.last_error) == (ItemState.ATTENTION, "queue.container-missing")
    assert ("repaired", "queue.database-stale") in events(bench)


def test_what_only_the_old_rows_knew_is_salvaged(bench: StoreBench, put: Put) -> None:
    items = filled(bench, put)
    want_repair(bench.directory)
    store = bench.open()
    assert store.ledger.by_number(items[-1].receipt_no).acceptance_no == "3301000001"
    aside = store.ledger.by_number(items[3].receipt_no)
    assert (aside.state, aside.last_error) == (ItemState.ATTENTION, "platform.refused")
    bench.close()
    with closing(sqlite3.connect(bench.directory / "queue.db")) as database:
        keys = database.execute("SELECT order_key FROM item ORDER BY seq").fetchall()
    assert keys[:3] == [(bytes([n]) * 16,) for n in range(3)]
    assert [ev for ev, _ in events(bench)].count("stored") == len(items)


def test_an_answer_in_a_damaged_database_wipes_nothing(bench: StoreBench, put: Put) -> None:
    store = bench.open()
    item = put(store)
    store.ledger.accept(item, "3301000001", b"{}")
    bench.close()
    want_repair(bench.directory)
    assert bench.open().ledger.by_number(item.receipt_no).state == ItemState.QUEUED
    assert bench.files() == [item.file]


def test_a_repair_is_done_once(bench: StoreBench, put: Put) -> None:
    items = filled(bench, put)
    want_repair(bench.directory)
    bench.open()
    nothing_is_lost(bench, bench.open(), items[:4], bench.files())
    assert damaged_copies(bench) == ["queue.db.damaged-1"]


def test_a_container_whose_bytes_changed_is_set_aside_and_kept(bench: StoreBench, put: Put) -> None:
    items = filled(bench, put)
    path = bench.directory / "containers" / items[0].file
    data = bytearray(path.read_bytes())
    data[10] ^= 1
    path.write_bytes(data)
    for file in database_files(bench):
        file.unlink()
    again = bench.open().ledger.by_number(items[0].receipt_no)
    assert (again.state, again.last_error) == (ItemState.ATTENTION, "queue.container-damaged")
    assert path.read_bytes() == data


def test_a_bad_sector_under_one_container_keeps_no_database_from_being_built(
    bench: StoreBench, put: Put
) -> None:
    items = filled(bench, put)
    path = bench.directory / "containers" / items[0].file
    path.unlink()
    path.symlink_to("/proc/self/mem")  # reading at the start of one's own memory is EIO
    for file in database_files(bench):
        file.unlink()
    store = bench.open()
    again = store.ledger.by_number(items[0].receipt_no)
    assert (again.state, again.last_error) == (ItemState.ATTENTION, "queue.container-damaged")
    assert store.ledger.by_number(items[1].receipt_no).state == ItemState.QUEUED


@pytest.mark.parametrize("moment", [{"wall_ms": 2**63}, {"mono_ms": 2**64 - 1}, {"wall_ms": -(2**63) - 1}])
def test_a_container_with_an_impossible_moment_is_set_aside_and_keeps_no_queue_from_starting(
    bench: StoreBench, put: Put, moment: dict[str, int]
) -> None:
    items = filled(bench, put)
    path = bench.directory / "containers" / items[0].file
    data = path.read_bytes()
    header = read_header(data)
    changed = replace(header, created=replace(header.created, **moment)).encode()
    path.write_bytes(changed + data[header.opening_bytes :])
    for file in database_files(bench):
        file.unlink()
    again = bench.open().ledger.by_number(items[0].receipt_no)
    assert (again.state, again.last_error) == (ItemState.ATTENTION, "queue.container-damaged")


@pytest.mark.parametrize("waiting", [0, 3])
def test_a_damaged_owner_s_name_in_the_database_is_damage(bench: StoreBench, put: Put, waiting: int) -> None:
    items = filled(bench, put, waiting=waiting)
    if not waiting:
        store = bench.open()
        store.ledger.accept(items[0], "3301000002", b"{}")
        store.wipe(items[0])
        bench.close()
    with closing(sqlite3.connect(bench.directory / "queue.db")) as database, database:
        database.execute("UPDATE kv SET v = ? WHERE k = 'terminal'", (b"T0425",))
    store = bench.open()
    assert store.ledger.by_number(items[-1].receipt_no).acceptance_no == "3301000001"
    assert damaged_copies(bench) == ["queue.db.damaged-1"]


def test_a_row_that_vanished_comes_back_from_its_container(bench: StoreBench, put: Put) -> None:
    items = filled(bench, put)
    with closing(sqlite3.connect(bench.directory / "queue.db")) as database, database:
        database.execute("DELETE FROM item WHERE seq = 2")
    nothing_is_lost(bench, bench.open(), items[:4], bench.files())
    assert ("repaired", "queue.database-corrupt") in events(bench)


def test_a_damaged_folder_of_another_terminal_is_left_alone(bench: StoreBench, put: Put) -> None:
    put(bench.open())
    bench.close()
    (bench.directory / "queue.db").unlink()
    files = bench.files()
    with pytest.raises(QueueError, match=r"queue\.not-for-us"):
        bench.open(terminal="T0422")
    assert bench.files() == files


class CutDownError(Exception):
    """The power went."""


class CutDisk(Disk):
    """Ends everything at the n-th call that changes a name or flushes."""

    def __init__(self, number: int) -> None:
        self.left = number

    def _pass(self) -> None:
        if self.left == 0:
            raise CutDownError
        self.left -= 1

    def fsync(self, fd: int) -> None:
        self._pass()
        super().fsync(fd)

    def rename(self, source: Path, target: Path) -> None:
        self._pass()
        super().rename(source, target)
        self._pass()

    def unlink(self, path: Path) -> None:
        self._pass()
        super().unlink(path)


@pytest.mark.parametrize("number", range(14))
def test_a_repair_that_is_cut_down_anywhere_is_done_by_the_next_start(
    bench: StoreBench, put: Put, number: int
) -> None:
    items = filled(bench, put)
    files = bench.files()
    (bench.directory / "containers" / "half.tmp").write_bytes(b"half")
    with (bench.directory / "queue.db").open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 200)
    try:
        bench.open(disk=CutDisk(number))
    except CutDownError:
        bench.close()
    store = bench.open()
    nothing_is_lost(bench, store, items[:4], files)
    assert put(store, sealed_application([RECIPIENT])).seq > items[-1].seq
    assert damaged_copies(bench)
