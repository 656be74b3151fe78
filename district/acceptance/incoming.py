"""A whole container on its way in: in a file of its own, so that nobody has to wait for a slow line.

It takes its place among the containers by a rename, and only when every byte is here and proven.
"""

import hashlib
import os
import secrets
from pathlib import Path
from typing import Final

from district.files import PRIVATE_MODE, sync_folder

_WRITTEN_AT_ONCE: Final = 1024 * 1024


class Incoming:
    """The bytes of one request.

    Args:
        folder: Where its file lies meanwhile; on the file system of the containers.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / f"{secrets.token_hex(16)}.part"
        self._fd: int | None = None
        self._held = bytearray()
        self._seen = hashlib.sha256()
        self.size = 0
        """Bytes received so far."""

    def take(self, piece: bytes) -> bool:
        """Hold the next bytes; returns whether so many are held that they should be written."""
        self._held += piece
        self.size += len(piece)
        return len(self._held) >= _WRITTEN_AT_ONCE

    def write(self) -> None:
        """Write what is held; blocks on the disk.

        Raises:
            OSError: The disk refuses.
        """
        if self._fd is None:
            self._fd = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, PRIVATE_MODE)
        self._seen.update(self._held)
        left = memoryview(self._held)
        while left:
            left = left[os.write(self._fd, left) :]
        left.release()
        self._held = bytearray()

    def digest(self) -> str:
        """Write the rest and return the SHA-256 of everything, in hex.

        Raises:
            OSError: The disk refuses.
        """
        self.write()
        return self._seen.hexdigest()

    def keep(self, path: Path) -> None:
        """Make it durable, and then the file ``path``, in place of what is there.

        Raises:
            OSError: The disk refuses.
        """
        self.write()
        if self._fd is not None:
            os.fsync(self._fd)
        if not path.parent.exists():
            path.parent.mkdir(mode=0o700, exist_ok=True)
            sync_folder(path.parent.parent)
        self._path.rename(path)
        sync_folder(path.parent)

    def close(self) -> None:
        """Let go of it; what was not kept is gone."""
        if self._fd is not None:
            os.close(self._fd)
            self._path.unlink(missing_ok=True)
            self._fd = None
