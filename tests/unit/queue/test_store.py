import errno
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from offline_queue import ItemState, QueueError, check_number, journal
from offline_queue.database import open_database, settings
from offline_queue.disk import Disk, RoomPolicy
from offline_queue.folder import file_name
from offline_queue.header import read_header
from offline_queue.item import Item
from offline_queue.store import Store
from offline_queue.turns import Order
from tests.support.sealed_queue import TERMINAL, sealed_application
from tests.unit.queue.conftest import RECIPIENT, StoreBench

Put = Callable[..., Item]


def rows(bench: StoreBench, question: str) -> list[Any]:
    bench.close()
    with closing(sqlite3.connect(bench.directory / "queue.db")) as database:
        return database.execute(question).fetchall()


def change(bench: StoreBench, statement: str) -> None:
    bench.close()
    with closing(sqlite3.connect(bench.directory / "queue.db")) as database, database:
        database.execute(statement)


def test_what_was_stored_is_there_after_a_restart(bench: StoreBench, put: Put) -> None:
    item = put(bench.open())
    assert check_number(item.receipt_no)
    assert bench.open().ledger.by_number(item.receipt_no) == item
    assert len(bench.files()) == 1


def test_numbers_have_no_gaps_even_after_a_refused_application(bench: StoreBench, put: Put) -> None:
    store = bench.open()
    assert put(store).seq == 1
    container = sealed_application([RECIPIENT])
    with pytest.raises(QueueError, match=r"queue\.container-damaged"):
        store.put(read_header(container), [container[:-1]])
    assert put(store).seq == 2
    assert put(bench.open()).seq == 3


def test_putting_the_same_container_again_changes_nothing(bench: StoreBench, put: Put) -> None:
    container = sealed_application([RECIPIENT])
    store = bench.open()
    assert put(store, container) == put(store, container)
    assert len(bench.files()) == 1


def test_other_bytes_under_a_known_id_are_refused(bench: StoreBench, put: Put) -> None:
    store = bench.open()
    first = put(store, sealed_application([RECIPIENT], submission_id=bytes(16)))
    with pytest.raises(QueueError, match=r"queue\.id-conflict"):
        put(store, sealed_application([RECIPIENT], submission_id=bytes(16)))
    assert bench.files() == [first.file]


def test_another_terminal_s_container_is_refused(bench: StoreBench, put: Put) -> None:
    with pytest.raises(QueueError, match=r"queue\.not-for-us"):
        put(bench.open(), sealed_application([RECIPIENT], terminal="T0422"))


def test_a_container_over_25_megabytes_is_refused(bench: StoreBench, put: Put) -> None:
    with pytest.raises(QueueError, match=r"queue\.too-large"):
        put(bench.open(), page_bytes=25_000_000)


def test_without_room_nothing_is_taken(bench: StoreBench, put: Put) -> None:
    with pytest.raises(QueueError, match=r"queue\.no-space"):
        put(bench.open(policy=RoomPolicy(reserve_bytes=0, headroom_bytes=0, keep_share=1.0)))
    assert bench.files() == []


def test_the_reserve_is_really_taken_from_the_disk(bench: StoreBench) -> None:
    bench.open(policy=RoomPolicy(reserve_bytes=1_000_000, headroom_bytes=0, keep_share=0.0))
    assert (bench.directory / "reserve").stat().st_blocks * 512 >= 1_000_000


def _kind(path: Path) -> str:
    return path.suffix or path.name[-1]


class WatchedDisk(Disk):
    """The real system calls, and a list of them in their order."""

    def __init__(self) -> None:
        self.calls: list[str] = []

    def fsync(self, fd: int) -> None:
        name = Path(f"/proc/self/fd/{fd}").readlink()
        self.calls.append(f"fsync {name.suffix or name.name}")
        super().fsync(fd)

    def rename(self, source: Path, target: Path) -> None:
        self.calls.append(f"rename {_kind(source)} {_kind(target)}")
        super().rename(source, target)

    def unlink(self, path: Path) -> None:
        self.calls.append(f"unlink {path.suffix}")
        super().unlink(path)


def watched(bench: StoreBench) -> tuple[Store, list[str]]:
    disk = WatchedDisk()
    store = bench.open(disk=disk)
    database = store.ledger._database  # pyright: ignore[reportPrivateUsage]  # the order on the disk is the matter
    database.set_trace_callback(lambda sql: disk.calls.append(sql.split()[0]))
    disk.calls.clear()
    return store, disk.calls


def test_the_file_is_durable_before_its_row_and_the_row_before_the_answer(
    bench: StoreBench, put: Put
) -> None:
    store, calls = watched(bench)
    put(store)
    done = [call for call in calls if call != "SELECT"]
    assert done == [
        "rename c r",
        "fsync .tmp",
        "rename .tmp .zwq",
        "fsync containers",
        "BEGIN",
        "INSERT",
        "INSERT",
        "COMMIT",
        "rename r c",
    ]


def test_a_container_is_removed_only_after_its_answer_is_committed(bench: StoreBench, put: Put) -> None:
    store, calls = watched(bench)
    item = put(store)
    store.ledger.accept(item, "3301000001", b"{}")
    calls.clear()
    store.wipe(item)
    assert [call for call in calls if call != "SELECT"] == [
        "unlink .zwq",
        "fsync containers",
        "BEGIN",
        "UPDATE",
        "INSERT",
        "COMMIT",
    ]


class FailingDisk(Disk):
    """Fails at the n-th system call, as a worn or full disk does."""

    def __init__(self, number: int) -> None:
        self.countdown = -1
        self.number = number

    def _pass(self) -> None:
        self.countdown -= 1
        if self.countdown == 0:
            raise OSError(self.number, "injected")

    def fsync(self, fd: int) -> None:
        self._pass()
        super().fsync(fd)

    def rename(self, source: Path, target: Path) -> None:
        self._pass()
        super().rename(source, target)


@pytest.mark.parametrize("call", [1, 2, 3, 4])
@pytest.mark.parametrize(
    ("number", "code"), [(errno.EIO, "queue.storage-failed"), (errno.ENOSPC, "queue.no-space")]
)
def test_whatever_fails_on_the_way_nothing_is_half_stored(
    bench: StoreBench, put: Put, call: int, number: int, code: str
) -> None:
    disk = FailingDisk(number)
    store = bench.open(disk=disk)
    container = sealed_application([RECIPIENT])
    disk.countdown = call
    with pytest.raises(QueueError, match=code):
        put(store, container)
    assert store.ledger.tally().counts == {}
    store = bench.open()
    assert bench.files() == []
    assert put(store, container).seq == 1


def test_the_settings_durability_rests_on_are_in_force(tmp_path: Path) -> None:
    with closing(open_database(tmp_path / "queue.db")) as database:
        found = settings(database)
    assert found["journal_mode"] == "wal"
    assert found["synchronous"] == 2
    assert found["locking_mode"] == "exclusive"
    assert found["mmap_size"] == 0
    assert found["wal_autocheckpoint"] == 200
    assert found["secure_delete"] == 1
    assert found["foreign_keys"] == 1
    assert found["trusted_schema"] == 0


def test_a_directory_has_one_owner(bench: StoreBench) -> None:
    bench.open()
    other = StoreBench(bench.directory)
    with pytest.raises(QueueError, match=r"queue\.directory-locked"):
        other.open()


def test_nobody_else_can_read_the_database_while_it_is_owned(bench: StoreBench, put: Put) -> None:
    put(bench.open())
    with (
        closing(sqlite3.connect(bench.directory / "queue.db", timeout=0)) as other,
        pytest.raises(sqlite3.OperationalError, match="locked"),
    ):
        other.execute("SELECT * FROM item")


def test_a_directory_belongs_to_one_terminal(bench: StoreBench) -> None:
    bench.open()
    with pytest.raises(QueueError, match=r"queue\.not-for-us"):
        bench.open(terminal="T0422")


def test_a_restart_ends_the_leases_of_the_life_before(bench: StoreBench, put: Put) -> None:
    store = bench.open()
    item = put(store)
    store.ledger.lease(item)
    assert store.ledger.by_number(item.receipt_no).state == ItemState.SENDING
    again = bench.open().ledger.by_number(item.receipt_no)
    assert (again.state, again.attempts) == (ItemState.QUEUED, 1)


def test_the_next_number_without_a_row_was_never_receipted_and_is_removed(
    bench: StoreBench, put: Put
) -> None:
    item = put(bench.open())
    for name in (file_name(TERMINAL, 2, bytes(16)), "T0421-000002-XX.00.tmp"):
        (bench.directory / "containers" / name).write_bytes(b"half")
    bench.open()
    assert bench.files() == [item.file]


def test_a_file_that_nobody_can_explain_is_kept_apart(bench: StoreBench, put: Put) -> None:
    item = put(bench.open())
    (bench.directory / "containers" / "T0421-000002-XX.00.zwq").write_bytes(b"whose?")
    bench.open()
    assert bench.files() == [item.file]
    assert (bench.directory / "strange" / "T0421-000002-XX.00.zwq").read_bytes() == b"whose?"


def test_a_row_without_its_file_is_set_aside(bench: StoreBench, put: Put) -> None:
    item = put(bench.open())
    (bench.directory / "containers" / item.file).unlink()
    again = bench.open().ledger.by_number(item.receipt_no)
    assert (again.state, again.last_error) == (ItemState.ATTENTION, "queue.container-missing")


def test_an_answer_committed_before_a_crash_is_wiped_after_it(bench: StoreBench, put: Put) -> None:
    store = bench.open()
    item = put(store)
    store.ledger.accept(item, "3301000001", b"{}")
    again = bench.open().ledger.by_number(item.receipt_no)
    assert (again.state, again.acceptance_no) == (ItemState.WIPED, "3301000001")
    assert bench.files() == []


def test_after_a_reboot_what_waits_starts_spread_out_but_after_a_restart_at_once(
    bench: StoreBench, put: Put
) -> None:
    put(bench.open())
    store = bench.open(outage_spread_ms=60_000)
    assert store.turns.due(bench.clock.now(), Order.OLDEST) is not None
    bench.clock.reboot()
    store = bench.open(outage_spread_ms=60_000)
    assert store.turns.due(bench.clock.now(), Order.OLDEST) is None
    bench.clock.advance(60)
    assert store.turns.due(bench.clock.now(), Order.OLDEST) is not None


def test_a_database_of_a_later_release_is_left_alone(bench: StoreBench) -> None:
    bench.open()
    change(bench, "UPDATE kv SET v = CAST('99' AS BLOB) WHERE k = 'schema'")
    change(bench, "PRAGMA user_version = 99")
    with pytest.raises(QueueError, match=r"queue\.database-newer"):
        bench.open()


def test_the_journal_tells_a_changed_entry(bench: StoreBench, put: Put) -> None:
    put(bench.open())
    bench.close()
    with closing(sqlite3.connect(bench.directory / "queue.db")) as database:
        assert journal.first_broken(database) is None
        database.execute("UPDATE journal SET wall = wall + 1 WHERE n = 2")
        assert journal.first_broken(database) == 2
        database.execute("DELETE FROM journal WHERE n = 1")
        assert journal.first_broken(database) == 2


def test_the_journal_tells_the_life_of_an_application(bench: StoreBench, put: Put) -> None:
    store = bench.open()
    item = put(store)
    store.ledger.lease(item)
    store.ledger.accept(item, "3301000001", b"{}")
    store.wipe(item)
    assert [row[0] for row in rows(bench, "SELECT ev FROM journal ORDER BY n")] == [
        "boot",
        "stored",
        "acked",
        "wiped",
    ]


def test_nobody_is_named_in_the_directory(bench: StoreBench, put: Put) -> None:
    store = bench.open()
    put(store, sealed_application([RECIPIENT], name="赵钱孙"))
    live = [path.read_bytes() for path in bench.directory.rglob("*") if path.is_file()]
    assert len(live) >= 3
    assert not any("赵钱孙".encode() in data for data in live)


def test_the_directory_is_private(bench: StoreBench, put: Put) -> None:
    put(bench.open())
    assert bench.directory.stat().st_mode & 0o077 == 0
    assert (bench.directory / "containers" / bench.files()[0]).stat().st_mode & 0o077 == 0


def test_an_unknown_number_is_said_to_be_unknown(bench: StoreBench) -> None:
    with pytest.raises(QueueError, match=r"queue\.unknown-number"):
        bench.open().ledger.by_number(f"{TERMINAL}-000001-XX")
