"""What a start has to put right: a kill or a power cut may have struck between any two steps.

Running it twice, or being cut down in the middle of it, changes nothing.
"""

import logging
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from offline_queue import journal
from offline_queue.clock import Stamp
from offline_queue.database import transaction
from offline_queue.disk import Disk
from offline_queue.errors import StoreError
from offline_queue.item import COLUMNS, Item

_log: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Boot:
    """One start of the queue.

    Args:
        terminal: Whose directory it must be.
        now: When.
        outage_spread_ms: If the machine has rebooted: how much later the waiting applications start, so
            that a district whose power came back does not call all at once.
    """

    terminal: str
    now: Stamp
    outage_spread_ms: int


def recover(database: sqlite3.Connection, containers: Path, disk: Disk, boot: Boot) -> None:
    """Bring rows and files into agreement and end the leases of a former life.

    Raises:
        StoreError: ``queue.not-for-us`` when the directory belongs to another terminal.
    """
    with transaction(database):
        _claim(database, boot.terminal)
        _count_boot(database, boot)
        database.execute(
            "UPDATE item SET state = 'queued', lease_boot = NULL, lease_owner = NULL WHERE state = 'sending'"
        )
        _set_aside_missing(database, containers, boot.now)
    _clear_leftovers(database, containers, disk)


def _claim(database: sqlite3.Connection, terminal: str) -> None:
    database.execute(
        "INSERT INTO kv (k, v) VALUES ('terminal', ?) ON CONFLICT DO NOTHING", (terminal.encode(),)
    )
    (owner,) = database.execute("SELECT v FROM kv WHERE k = 'terminal'").fetchone()
    if owner != terminal.encode():
        raise StoreError("queue.not-for-us", "another terminal's directory")


def _count_boot(database: sqlite3.Connection, boot: Boot) -> None:
    new = database.execute(
        "INSERT INTO boot (boot_id, counter, first_wall)"
        " VALUES (?, (SELECT coalesce(max(counter), 0) + 1 FROM boot), ?) ON CONFLICT DO NOTHING",
        (boot.now.boot, boot.now.wall_ms),
    ).rowcount
    if new:
        database.execute(
            "UPDATE item SET not_before_boot = ?, not_before_mono = ? WHERE state IN ('queued', 'sending')",
            (boot.now.boot, boot.now.mono_ms + boot.outage_spread_ms),
        )
        journal.write(database, boot.now, "boot")


def _set_aside_missing(database: sqlite3.Connection, containers: Path, now: Stamp) -> None:
    code = "queue.container-missing"
    for row in database.execute(f"SELECT {COLUMNS} FROM item WHERE state = 'queued'").fetchall():  # noqa: S608 - constant
        item = Item(*row)
        if not (containers / item.file).exists():
            database.execute(
                "UPDATE item SET state = 'attention', last_error = ? WHERE seq = ?", (code, item.seq)
            )
            journal.write(database, now, "attention", item.submission_id, code)
            _log.error(code, extra={"receipt_no": item.receipt_no})


def _clear_leftovers(database: sqlite3.Connection, containers: Path, disk: Disk) -> None:
    known = {file for (file,) in database.execute("SELECT file FROM item WHERE state <> 'wiped'")}
    for path in containers.iterdir():
        # Without a row nobody holds a receipt for it: the terminal died between rename and commit.
        if path.name not in known:
            disk.remove(path)
