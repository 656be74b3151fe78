"""Who stores durably, and what each needs: the queue's own store, the least a disk allows, persist-queue."""

import os
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import persistqueue
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from offline_queue import PlatformKey, SystemClock
from offline_queue.disk import Disk
from offline_queue.header import read_header
from offline_queue.store import Store
from tests.support.sealed_queue import NO_ROOM_KEPT, TERMINAL, sealed_application

Who = Literal["queue", "limit", "persist-queue"]
Put = Callable[[bytes], None]
RECIPIENT = PlatformKey("platform-1", X25519PrivateKey.generate().public_key().public_bytes_raw())
_CHUNK_BYTES = 1024 * 1024


def containers(count: int, size_bytes: int) -> list[bytes]:
    """Return that many sealed applications of about that size."""
    return [sealed_application([RECIPIENT], page_bytes=size_bytes) for _ in range(count)]


@contextmanager
def opened(who: Who, folder: Path) -> Generator[Put]:
    """Open one of them in an empty folder and give what stores a container durably."""
    folder.mkdir(parents=True)
    match who:
        case "queue":
            store = Store(folder, TERMINAL, SystemClock(), policy=NO_ROOM_KEPT)
            try:
                yield lambda container: _put(store, container)
            finally:
                store.close()
        case "limit":
            disk = Disk()
            yield lambda container: _write(disk, folder, container)
        case "persist-queue":
            queue = persistqueue.SQLiteQueue(str(folder), auto_commit=True)
            try:
                yield lambda container: _add(queue, container)
            finally:
                queue.close()


def _put(store: Store, container: bytes) -> None:
    pieces = (container[at : at + _CHUNK_BYTES] for at in range(0, len(container), _CHUNK_BYTES))
    store.put(read_header(container), pieces)


def _add(queue: persistqueue.SQLiteQueue, container: bytes) -> None:
    queue.put(container)


def _write(disk: Disk, folder: Path, container: bytes) -> None:
    """Write a file, flush it, name it, flush the name: no queue of files can do with less."""
    name = os.urandom(16).hex()
    temporary = folder / f"{name}.tmp"
    fd = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        os.write(fd, container)
        os.fsync(fd)
    finally:
        os.close(fd)
    disk.publish(temporary, folder / name)
