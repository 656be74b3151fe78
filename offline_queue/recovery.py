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
from offline_queue.database import last_number, transaction
from offline_queue.disk import Disk
from offline_queue.errors import StoreError
from offline_queue.folder import Listing, list_folder
from offline_queue.item import COLUMNS, MISSING, Item
from offline_queue.keepsake import Spread, read_life, read_owner, write_life, write_owner, write_spread
from offline_queue.mark import Marker

STRANGE: Final = "strange"
"""Folder for files that nobody can explain."""
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


def recover(database: sqlite3.Connection, containers: Path, disk: Disk, boot: Boot) -> Marker:
    """Bring rows and files into agreement and end the leases of a former life.

    Returns:
        The mark beside the containers, which knows of this life.

    Raises:
        StoreError: ``queue.not-for-us`` when the directory belongs to another terminal.
    """
    listing = list_folder(containers)
    with transaction(database):
        _claim(database, boot.terminal)
        _count_boot(database, boot)
        database.execute(
            "UPDATE item SET state = 'queued', lease_boot = NULL, lease_owner = NULL WHERE state = 'sending'"
        )
        _set_aside_missing(database, listing, boot.now)
        life = read_life(database) + 1
        write_life(database, life)
    last = last_number(database)
    _clear_leftovers(database, containers, listing, disk, last + 1)
    marker = Marker(containers, listing.mark, disk)
    marker.begin(life, last)
    return marker


def _claim(database: sqlite3.Connection, terminal: str) -> None:
    owner = read_owner(database)
    if owner is None:
        write_owner(database, terminal)
    elif owner != terminal:
        raise StoreError("queue.not-for-us", "another terminal's directory")


def _count_boot(database: sqlite3.Connection, boot: Boot) -> None:
    new = database.execute(
        "INSERT INTO boot (boot_id, counter, first_wall)"
        " VALUES (?, (SELECT coalesce(max(counter), 0) + 1 FROM boot), ?) ON CONFLICT DO NOTHING",
        (boot.now.boot, boot.now.wall_ms),
    ).rowcount
    if new:
        until = Spread(boot.now.boot, boot.now.mono_ms + boot.outage_spread_ms)
        database.execute(
            "UPDATE item SET not_before_boot = ?, not_before_mono = ? WHERE state IN ('queued', 'sending')",
            (until.boot, until.until_ms),
        )
        write_spread(database, until)
        journal.write(database, boot.now, "boot")


def _set_aside_missing(database: sqlite3.Connection, listing: Listing, now: Stamp) -> None:
    for row in database.execute(f"SELECT {COLUMNS} FROM item WHERE state = 'queued'").fetchall():  # noqa: S608 - constant
        item = Item(*row)
        if item.file not in listing.entries:
            database.execute(
                "UPDATE item SET state = 'attention', last_error = ? WHERE seq = ?", (MISSING, item.seq)
            )
            journal.write(database, now, "attention", item.submission_id, MISSING)
            _log.error(MISSING, extra={"receipt_no": item.receipt_no})


def _clear_leftovers(
    database: sqlite3.Connection, containers: Path, listing: Listing, disk: Disk, next_seq: int
) -> None:
    known = {file for (file,) in database.execute("SELECT file FROM item WHERE state <> 'wiped'")}
    for name in (*listing.temporaries, *listing.old_marks):
        disk.remove(containers / name)
    for name, entry in listing.entries.items():
        if name in known:
            continue
        if entry.seq == next_seq:
            # Without a row nobody holds a receipt for it: the terminal died between rename and commit.
            disk.remove(containers / name)
        else:
            _keep_apart(containers, name, disk)
    for name in listing.strange:
        _keep_apart(containers, name, disk)


def _keep_apart(containers: Path, name: str, disk: Disk) -> None:
    """Move what nobody can explain out of the way; nothing is thrown away that might be somebody's."""
    apart = containers.parent / STRANGE
    apart.mkdir(mode=0o700, exist_ok=True)
    disk.rename(containers / name, apart / name)
    disk.fsync_directory(apart)
    disk.fsync_directory(containers)
    _log.error("queue.file-strange")
