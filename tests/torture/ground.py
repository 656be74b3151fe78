"""What all parts stand on: the zygote, a folder in memory, keys, and disks where there may be some."""

import os
import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from offline_queue import PlatformKey
from tests.torture import canary
from tests.torture.loop_disk import LoopDisk, enter_private_room, why_no_disk
from tests.torture.tally import Tally
from tests.torture.zygote import Zygote

_MEMORY = Path("/dev/shm")
_WARM_AT_MOST = 160


class Ground:
    """Made before any thread; closing it leaves nothing behind."""

    def __init__(self) -> None:
        self.no_disk = why_no_disk()
        if self.no_disk is None:
            try:
                self.room = enter_private_room()
            except OSError as error:
                self.no_disk = f"no mounts of our own: {error}"
        if self.no_disk is not None:
            self.room = Path(tempfile.mkdtemp(dir=_MEMORY if os.access(_MEMORY, os.W_OK) else None))
        self.zygote = Zygote()
        self._recipient = PlatformKey(
            "platform-1", X25519PrivateKey.generate().public_key().public_bytes_raw()
        )
        self._warm: list[bytes] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.zygote.close()
        if self.no_disk is not None:
            shutil.rmtree(self.room)

    def applications(self, n: int, page_bytes: int = 600) -> list[bytes]:
        """Seal new applications, all of the person to be looked for."""
        return [canary.application([self._recipient], page_bytes) for _ in range(n)]

    def warm(self) -> list[bytes]:
        """Return applications that fill a store's log once; the same ones every time."""
        if not self._warm:
            self._warm = self.applications(_WARM_AT_MOST, 20)
        return self._warm

    @contextmanager
    def disk(self, tally: Tally, kind: str = "ext4", size_mb: int = 64) -> Generator[LoopDisk]:
        """A disk; with the real queue its raw blocks are searched in the end, after all cuts and kills."""
        size_mb = max(size_mb, 320) if kind == "xfs" else size_mb
        with LoopDisk(self.room, f"{kind}-{os.getpid()}", kind=kind, size_mb=size_mb) as disk:
            yield disk
            if tally.variant is None:
                left = disk.holding(canary.needles())
                tally.found.canaries += [f"{tally.part}: {one} on the raw image" for one in left]
