"""Queues that are wrong in one point each. The harness must find every one of them out.

Each is a patch of the real classes inside a child that lives for one trial; no other process ever sees it.
"""

import hashlib
import sqlite3
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from offline_queue.database import open_database
from offline_queue.disk import Disk
from offline_queue.ledger import Acked, Ledger


def _no_folder_sync(_: Path) -> None:
    """The rename is not flushed."""
    _replace(Disk, "fsync_directory", _nothing)


def _no_file_sync(_: Path) -> None:
    """The container's bytes are not flushed before they get their name."""
    real = Disk.write_temporary

    def write(self: Disk, path: Path, chunks: Iterable[bytes]) -> tuple[bytes, int]:
        _replace(self, "fsync", _nothing)
        try:
            return real(self, path, chunks)
        finally:
            del self.fsync

    _replace(Disk, "write_temporary", write)


def _wal_normal(_: Path) -> None:
    """A commit is not flushed: consistent after a cut, but not there."""
    _after_opening("PRAGMA synchronous = NORMAL")


def _delete_full(_: Path) -> None:
    """The end of the rollback journal is not flushed: a cut brings it back, and it undoes the commit."""
    _after_opening(
        "PRAGMA journal_mode = DELETE",
        "PRAGMA locking_mode = NORMAL",
        "SELECT count(*) FROM sqlite_schema",
        "PRAGMA synchronous = FULL",
    )


def _row_before_file(_: Path) -> None:
    """The row is committed first, the file written afterwards."""
    late: list[Callable[[], object]] = []
    write, publish, insert = Disk.write_temporary, Disk.publish, Ledger.insert

    def write_later(self: Disk, path: Path, chunks: Iterable[bytes]) -> tuple[bytes, int]:
        whole = b"".join(chunks)
        late.append(lambda: write(self, path, [whole]))
        return hashlib.sha256(whole).digest(), len(whole)

    def publish_later(self: Disk, temporary: Path, final: Path) -> None:
        late.append(lambda: publish(self, temporary, final))

    def insert_first(self: Ledger, *arguments: Any, **named: Any) -> Any:
        row = insert(self, *arguments, **named)
        while late:
            late.pop(0)()
        return row

    _replace(Disk, "write_temporary", write_later)
    _replace(Disk, "publish", publish_later)
    _replace(Ledger, "insert", insert_first)


def _wipe_before_ack(folder: Path) -> None:
    """The container goes before the platform's word is committed."""
    accept = Ledger.accept_all

    def wipe_first(self: Ledger, *acked: Acked) -> None:
        for one in acked:
            for path in folder.rglob(one.item.file):
                Disk().remove(path)
        accept(self, *acked)

    _replace(Ledger, "accept_all", wipe_first)


def _no_lease_commit(_: Path) -> None:
    """Nothing tells the next life that an application may have been sent already."""
    _replace(Ledger, "lease", _nothing)


VARIANTS: Final = MappingProxyType(
    {
        "no-folder-sync": _no_folder_sync,
        "no-file-sync": _no_file_sync,
        "wal-normal": _wal_normal,
        "delete-full": _delete_full,
        "row-before-file": _row_before_file,
        "wipe-before-ack": _wipe_before_ack,
        "no-lease-commit": _no_lease_commit,
    }
)
"""By name; each is told the queue's folder."""


def apply(variant: str | None, folder: Path) -> None:
    """Make the queue of this process wrong; None leaves it as it is."""
    if variant is not None:
        VARIANTS[variant](folder)


def _after_opening(*statements: str) -> None:
    """Run statements on every connection just opened, in whatever module opens it."""

    def open_wrong(path: Path) -> sqlite3.Connection:
        database = open_database(path)
        for statement in statements:
            database.execute(statement).fetchall()
        return database

    for name, module in list(sys.modules.items()):
        if name.startswith("offline_queue.") and getattr(module, "open_database", None) is open_database:
            _replace(module, "open_database", open_wrong)


def _replace(owner: object, name: str, new: object) -> None:
    # A queue that no longer has what is patched would be a right one, and the variant no proof.
    if not hasattr(owner, name):
        raise AttributeError(f"{owner!r} has no {name} any more")
    setattr(owner, name, new)


def _nothing(*_: object, **__: object) -> None:
    pass
