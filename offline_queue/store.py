"""The directory of sealed applications and the table that makes them durable.

What was answered for survives any power cut: temporary file, flush, rename, flush of the folder, row,
commit, and only then the answer. A file leaves only after the platform's verified answer is committed.
"""

import fcntl
import hashlib
import os
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path

from offline_queue.clock import Clock
from offline_queue.database import open_database
from offline_queue.disk import MAX_CONTAINER_BYTES, Disk, Room, RoomPolicy, storage_faults
from offline_queue.errors import StoreError
from offline_queue.header import Header
from offline_queue.item import Item
from offline_queue.ledger import Ledger
from offline_queue.numbers import ReceiptNumber, make_number
from offline_queue.recovery import Boot, recover


class Store:
    """The only owner of the directory and its single connection; lives on one thread.

    Args:
        directory: Where everything lies; made with mode 0700 if absent.
        terminal: This terminal's name; a directory belongs to one terminal for ever.
        clock: Where the time comes from.
        disk: The system calls of durability.
        policy: How much room is kept.
        outage_spread_ms: After a reboot, what was waiting starts this much later.

    Raises:
        StoreError: ``queue.directory-locked`` when another process owns the directory,
            ``queue.database-corrupt``, ``queue.database-newer``, ``queue.database-lost`` when containers lie
            there without their database, ``queue.not-for-us`` for another terminal's directory,
            ``queue.no-space``, ``queue.storage-failed``.
    """

    def __init__(
        self,
        directory: Path,
        terminal: str,
        clock: Clock,
        *,
        disk: Disk | None = None,
        policy: RoomPolicy | None = None,
        outage_spread_ms: int = 0,
    ) -> None:
        self.terminal = terminal
        self._disk = disk or Disk()
        self._containers = directory / "containers"
        with storage_faults(), ExitStack() as opened:
            directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._containers.mkdir(mode=0o700, exist_ok=True)
            opened.callback(os.close, _lock(directory))
            path = directory / "queue.db"
            if not path.exists() and any(self._containers.glob("*.zwq")):
                raise StoreError("queue.database-lost")
            database = open_database(path)
            opened.callback(database.close)
            self._disk.fsync_directory(directory)
            self.room = Room(directory, policy or RoomPolicy())
            self.ledger = Ledger(database, self.room, clock, str(os.getpid()))
            boot = Boot(terminal, clock.now(), outage_spread_ms)
            self.ledger.durably(lambda: recover(database, self._containers, self._disk, boot))
            for item in self.ledger.answered():
                self.wipe(item)
            self.room.fill_reserve()
            self._opened = opened.pop_all()

    def close(self) -> None:
        """Give the directory back."""
        self._opened.close()

    def put(self, header: Header, chunks: Iterable[bytes], order_key: bytes | None = None) -> Item:
        """Store a sealed application durably. Putting the same one again changes nothing.

        Args:
            header: Read from the container.
            chunks: The container's bytes.
            order_key: 16 bytes shared by applications that must arrive in order, or None.

        Raises:
            StoreError: ``queue.id-conflict`` when the id is known with other bytes, ``queue.not-for-us``,
                ``queue.too-large``, ``queue.container-damaged`` when bytes are missing, ``queue.no-space``,
                ``queue.storage-failed``. Nothing was stored then, except possibly after the last.
        """
        if header.terminal != self.terminal:
            raise StoreError("queue.not-for-us")
        if header.container_bytes > MAX_CONTAINER_BYTES:
            raise StoreError("queue.too-large", f"{header.container_bytes} bytes")
        known = self.ledger.by_id(header.submission_id)
        if known is not None:
            seen = hashlib.sha256()
            for chunk in chunks:
                seen.update(chunk)
            if seen.digest() != known.digest:
                raise StoreError("queue.id-conflict")
            return known
        if not self.room.admits(header.container_bytes):
            raise StoreError("queue.no-space")
        number = ReceiptNumber(self.terminal, self.ledger.next_seq())
        text = make_number(number.terminal, number.seq)
        final = self._containers / f"{text}.{header.submission_id.hex()}.zwq"
        digest = self._place(final, chunks, header.container_bytes)
        try:
            return self.ledger.insert(header, number, final.name, digest, order_key)
        except StoreError as error:
            # A full disk rolls back for certain. After any other failure the row may or may not be there;
            # the next boot compares rows and files.
            if error.code == "queue.no-space":
                self._disk.remove(final)
            raise

    def container_path(self, item: Item) -> Path:
        """Return where the application's container lies."""
        return self._containers / item.file

    def wipe(self, item: Item) -> None:
        """Remove the container of an application whose final answer is committed."""
        with storage_faults():
            self._disk.remove(self.container_path(item))
        self.ledger.mark_wiped(item)
        with storage_faults():
            self.room.fill_reserve()

    def _place(self, final: Path, chunks: Iterable[bytes], size_bytes: int) -> bytes:
        temporary = final.with_suffix(".tmp")
        with storage_faults():
            try:
                digest, size = self._disk.write_temporary(temporary, chunks)
                if size != size_bytes:
                    raise StoreError("queue.container-damaged", f"{size} bytes")
                self._disk.publish(temporary, final)
            finally:
                temporary.unlink(missing_ok=True)
        return digest


def _lock(directory: Path) -> int:
    fd = os.open(directory / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(fd)
        raise StoreError("queue.directory-locked") from error
    return fd
