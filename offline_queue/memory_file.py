"""A file that exists in memory only and cannot change once it is whole: how a container goes to the queue."""

import fcntl
import os
import weakref
from collections.abc import Iterable
from typing import Final

_SEALS: Final = fcntl.F_SEAL_WRITE | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SEAL


class MemoryFile:
    """A sealed memfd; closed with the last reference to it.

    Args:
        chunks: Its bytes, written as they come.
    """

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self.fd = os.memfd_create("container", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
        # Whoever still hands the descriptor over holds a reference: its number is not given away meanwhile.
        self._closed = weakref.finalize(self, os.close, self.fd)
        self.size_bytes = 0
        for chunk in chunks:
            rest = memoryview(chunk)
            while rest:
                rest = rest[os.write(self.fd, rest) :]
            self.size_bytes += len(chunk)
        fcntl.fcntl(self.fd, fcntl.F_ADD_SEALS, _SEALS)

    def close(self) -> None:
        """Give the memory back now; repeating it changes nothing."""
        self._closed()
