"""Property 23: what every release left on the disk is understood, and a cut in between leaves old or new.

Each folder holds a queue's directory as that release wrote it when it was killed: its database with the
write-ahead log, and containers sealed to the key below. ``told.json`` says what residents were told.
"""

import json
import os
import signal
import sqlite3
import tarfile
from collections.abc import Generator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from offline_queue import ItemState, digest, journal, open_container, unpack
from offline_queue.store import Store
from tests.support.sealed_queue import NO_ROOM_KEPT, TERMINAL, FakeClock

RELEASES = sorted(path.name for path in Path(__file__).parent.iterdir() if (path / "told.json").exists())
KEYS = {"test-1": X25519PrivateKey.from_private_bytes(bytes(range(32)))}
STATES = {
    "queued": ItemState.QUEUED,
    "tried": ItemState.QUEUED,
    "sending": ItemState.QUEUED,
    "attention": ItemState.ATTENTION,
    "acked": ItemState.WIPED,
    "rejected": ItemState.WIPED,
    "wiped": ItemState.WIPED,
    "refused": ItemState.WIPED,
}


class Upgrade:
    """The directory of a release, unpacked."""

    def __init__(self, release: str, place: Path) -> None:
        fixture = Path(__file__).parent / release
        self.told: dict[str, dict[str, Any]] = json.loads((fixture / "told.json").read_text())
        self.directory = place / "queue"
        with tarfile.open(fixture / "queue.tar.xz") as archive:
            archive.extractall(place)  # noqa: S202 - our own file

    def open(self) -> Store:
        return Store(self.directory, TERMINAL, FakeClock(), policy=NO_ROOM_KEPT)


@pytest.fixture(params=RELEASES)
def upgrade(request: pytest.FixtureRequest, tmp_path: Path) -> Upgrade:
    return Upgrade(request.param, tmp_path)


@pytest.fixture
def store(upgrade: Upgrade) -> Generator[Store]:
    with closing(upgrade.open()) as opened:
        yield opened


def all_is_known(upgrade: Upgrade, store: Store) -> None:
    for name, told in upgrade.told.items():
        item = store.ledger.by_number(told["receipt_no"])
        assert (item.seq, item.digest.hex()) == (told["seq"], told["digest"])
        assert item.state == STATES[name]
        if item.state != ItemState.WIPED:
            assert digest(store.container_path(item).read_bytes()).hex() == told["digest"]


def test_there_is_a_directory_of_the_first_release() -> None:
    assert "0.1.0" in RELEASES


def test_every_receipt_of_the_old_release_is_still_known(upgrade: Upgrade, store: Store) -> None:
    all_is_known(upgrade, store)
    assert store.ledger.by_number(upgrade.told["wiped"]["receipt_no"]).acceptance_no == "3301000001"
    assert store.ledger.by_number(upgrade.told["acked"]["receipt_no"]).acceptance_no == "3301000002"
    assert store.ledger.by_number(upgrade.told["queued"]["receipt_no"]).receipt_printed


def test_an_upgrade_is_no_repair(upgrade: Upgrade, store: Store) -> None:
    all_is_known(upgrade, store)
    assert not list(upgrade.directory.glob("queue.db.damaged-*"))
    assert journal.first_broken(store.database) is None


def test_old_containers_can_still_be_opened(upgrade: Upgrade, store: Store) -> None:
    item = store.ledger.by_number(upgrade.told["queued"]["receipt_no"])
    header, plain = open_container(store.container_path(item).read_bytes(), KEYS)
    assert header.submission_id == item.submission_id
    assert unpack(plain).form == {"name": "赵钱孙"}


def test_numbers_go_on_where_the_old_release_ended(upgrade: Upgrade, store: Store) -> None:
    assert store.ledger.next_seq() == max(told["seq"] for told in upgrade.told.values()) + 1


def test_a_whole_copy_of_the_old_database_is_kept(upgrade: Upgrade, store: Store) -> None:
    all_is_known(upgrade, store)
    (copy,) = upgrade.directory.glob("queue.db.before-*")
    with closing(sqlite3.connect(copy)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("SELECT count(*) FROM item").fetchone() == (len(upgrade.told),)
        assert database.execute("PRAGMA user_version").fetchone() == (int(copy.name[-4:]) - 1,)


def test_an_upgrade_is_done_once(upgrade: Upgrade) -> None:
    for _ in range(2):
        with closing(upgrade.open()) as store:
            all_is_known(upgrade, store)


def killed_after(steps: int, upgrade: Upgrade) -> bool:
    """Open in a child that SIGKILL ends after so many hundred steps of SQLite; whether it was."""
    child = os.fork()
    if child == 0:
        left = steps
        connect = sqlite3.connect

        def step() -> int:
            nonlocal left
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return 0

        def connect_counted(*arguments: Any, **named: Any) -> sqlite3.Connection:
            database = connect(*arguments, **named)
            database.set_progress_handler(step, 100)
            return database

        try:
            sqlite3.connect = connect_counted
            upgrade.open()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


@pytest.mark.parametrize("steps", [0, 1, 2, 4, 8, 16, 32, 48, 64, 96, 128])
def test_an_upgrade_that_is_killed_leaves_old_or_new(upgrade: Upgrade, steps: int) -> None:
    killed_after(steps, upgrade)
    with closing(upgrade.open()) as store:
        all_is_known(upgrade, store)
    assert not list(upgrade.directory.glob("queue.db.damaged-*"))


def test_some_of_those_kills_come_before_the_end(upgrade: Upgrade) -> None:
    assert killed_after(4, upgrade)
