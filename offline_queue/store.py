"""The directory of sealed applications and the table that makes them durable.

What was answered for survives any power cut: temporary file, flush, rename, flush of the folder, row,
commit, and only then the answer. A file leaves only after the platform's verified answer is committed.
"""

import fcntl
import hashlib
import os
from collections.abc import Iterable
from contextlib import ExitStack, suppress
from pathlib import Path

from offline_queue import journal
from offline_queue.clock import Clock
from offline_queue.disk import MAX_CONTAINER_BYTES, Disk, Level, Room, RoomPolicy, storage_faults
from offline_queue.errors import StoreError
from offline_queue.folder import TEMPORARY, file_name
from offline_queue.header import Header
from offline_queue.item import Item
from offline_queue.ledger import Ledger
from offline_queue.notes import Notes
from offline_queue.numbers import ReceiptNumber
from offline_queue.recovery import Boot, recover
from offline_queue.repair import House, open_sound
from offline_queue.timekeeping import ClockTrust, SteadyClock
from offline_queue.turns import Turns


class Store:
    """The only owner of the directory and its single connection; lives on one thread.

    Args:
        directory: Where everything lies; made with mode 0700 if absent.
        terminal: This terminal's name; a directory belongs to one terminal for ever.
        clock: Where the time comes from.
        disk: The system calls of durability.
        policy: How much room is kept.
        outage_spread_ms: After a reboot, what was waiting starts this much later.
        trust: How far the clock's wall time can be believed.

    A database that cannot be believed is built anew from the containers (``offline_queue.repair``).

    Raises:
        StoreError: ``queue.directory-locked`` when another process owns the directory,
            ``queue.database-newer``, ``queue.not-for-us`` for another terminal's directory,
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
        trust: ClockTrust | None = None,
    ) -> None:
        self.terminal = terminal
        self.directory = directory
        self._disk = disk or Disk()
        self._containers = directory / "containers"
        self._held = self._containers / f"held{TEMPORARY}"
        with storage_faults(), ExitStack() as opened:
            directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._containers.mkdir(mode=0o700, exist_ok=True)
            opened.callback(os.close, _lock(directory))
            self.room = Room(directory, policy or RoomPolicy())
            trust = trust or ClockTrust()
            self.clock = SteadyClock(clock, trust.confidence, trust.floor_ms)
            house = House(directory, terminal, self._disk)
            self._log = house.database.with_name(f"{house.database.name}-wal")
            database = self.room.with_reserve(lambda: open_sound(house, self.clock.now()))
            opened.callback(database.close)
            self.database = database
            self._disk.fsync_directory(directory)
            self.clock.raise_floor(journal.last_wall_ms(database))
            self.ledger = Ledger(database, self.room, self.clock, str(os.getpid()))
            self.turns = Turns(database)
            self.notes = Notes(database, self.ledger.durably)
            boot = Boot(terminal, self.clock.now(), outage_spread_ms)
            self._marker = self.ledger.durably(lambda: recover(database, self._containers, self._disk, boot))
            answered = self.ledger.answered()
            if answered:
                self.wipe(*answered)
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
        if not self.admits(header.container_bytes):
            raise StoreError("queue.no-space")
        number = ReceiptNumber(self.terminal, self.ledger.next_seq())
        final = self._containers / file_name(self.terminal, number.seq, header.submission_id)
        with storage_faults():
            self._marker.reserve(number.seq)
        digest = self._place(final, chunks, header.container_bytes)
        try:
            item = self.ledger.insert(header, number, final.name, digest, order_key)
        except StoreError as error:
            # A full disk rolls back for certain. After any other failure the row may or may not be there;
            # the next boot compares rows and files.
            if error.code == "queue.no-space":
                self._disk.remove(final)
            raise
        # Only finding out an old database hangs on it: what is stored is stored.
        with suppress(OSError):
            self._marker.confirm()
        return item

    def admits(self, size_bytes: int) -> bool:
        """Return whether an application of this size would be taken; what is held for it counts as free."""
        held_bytes = self._held.stat().st_size if self._held.exists() else 0
        return self.room.admits(size_bytes - held_bytes)

    def level(self) -> Level:
        """Return whether another visit may begin."""
        waiting, oldest_s = self.turns.waiting(self.clock.now())
        with storage_faults():
            return self.room.level(waiting, oldest_s)

    def wal_bytes(self) -> int:
        """Return the size of the database's write-ahead log; 0 without one."""
        with suppress(FileNotFoundError):
            return self._log.stat().st_size
        return 0

    def hold(self, size_bytes: int) -> None:
        """Take the room for an application from the disk that is only being filled in.

        Another program may fill the disk meanwhile; what a resident enters still fits.

        Raises:
            StoreError: ``queue.no-space``, ``queue.storage-failed``.
        """
        if self._held.exists():
            return
        if not self.room.admits(size_bytes):
            raise StoreError("queue.no-space")
        with storage_faults():
            self.room.hold(self._held, size_bytes)

    def release(self) -> None:
        """Give back what was held and not used."""
        with storage_faults():
            self._held.unlink(missing_ok=True)

    def container_path(self, item: Item) -> Path:
        """Return where the application's container lies."""
        return self._containers / item.file

    def wipe(self, *items: Item) -> None:
        """Remove the containers of applications whose final answers are committed."""
        with storage_faults():
            self._disk.remove(*map(self.container_path, items))
        self.ledger.mark_wiped(*items)
        with storage_faults():
            self.room.fill_reserve()

    def _place(self, final: Path, chunks: Iterable[bytes], size_bytes: int) -> bytes:
        temporary = final.with_suffix(TEMPORARY)
        with storage_faults(), ExitStack() as failed:
            # Its number goes to the next application; two files must not bear it.
            failed.callback(final.unlink, missing_ok=True)
            failed.callback(temporary.unlink, missing_ok=True)
            if self._held.exists():
                self._held.rename(temporary)
            digest, size = self._disk.write_temporary(temporary, chunks)
            if size != size_bytes:
                raise StoreError("queue.container-damaged", f"{size} bytes")
            self._disk.publish(temporary, final)
            failed.pop_all()
        return digest


def _lock(directory: Path) -> int:
    fd = os.open(directory / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(fd)
        raise StoreError("queue.directory-locked") from error
    return fd
