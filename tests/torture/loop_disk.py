"""A real file system on a loop device whose power can be cut; needs root.

The cut is the kernel's own: EXT4_IOC_SHUTDOWN (XFS_IOC_GOINGDOWN has the same number) without a flush of the
journal. From then on nothing reaches the device; what was not flushed before is gone with the next mount.
The image, the mount and the loop device live in a mount namespace of this process alone, so they are gone
with it however it ends.
"""

import ctypes
import errno
import fcntl
import mmap
import os
import shutil
import struct
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Self

from tests.torture.calls import libc

_SHUTDOWN: Final = 0x8004587D
_NO_LOG_FLUSH: Final = 2
_NEW_MOUNTS, _PRIVATE_BELOW = 0x20000, 0x44000
_ROOM: Final = Path("/mnt")


def why_no_disk(kind: str = "ext4") -> str | None:
    """Return why no disk can be made and cut here, or None."""
    if os.geteuid() != 0:
        return "needs root: mounts a file system of its own and cuts its power"
    if shutil.which(f"mkfs.{kind}", path=_path()) is None:
        return f"mkfs.{kind} is not installed"
    if not Path("/dev/loop-control").exists():
        return "there are no loop devices"
    return None


def enter_private_room() -> Path:
    """Leave the machine's mounts for ones of our own, and return an empty folder in memory there.

    Called once, before any thread is started.

    Raises:
        OSError: Where the kernel does not allow it.
    """
    if libc.unshare(_NEW_MOUNTS) != 0 or libc.mount(b"none", b"/", None, _PRIVATE_BELOW, None) != 0:
        raise OSError(ctypes.get_errno(), "no mount namespace")
    _run("mount", "-t", "tmpfs", "-o", "mode=0700", "zhiwang-torture", str(_ROOM))
    return _ROOM


class LoopDisk:
    """A mounted image.

    Args:
        room: What ``enter_private_room`` returned.
        name: Of this disk; short, as sockets are named below it.
        kind: ``ext4`` or ``xfs``.
        size_mb: Of the image.
        options: More words for ``mount -o``.
    """

    def __init__(
        self, room: Path, name: str, *, kind: str = "ext4", size_mb: int = 64, options: str = "loop"
    ) -> None:
        self.image = room / f"{name}.img"
        self.place = room / name
        self._options = options
        self._kind = kind
        with self.image.open("wb") as image:
            image.truncate(size_mb * 1024 * 1024)
        extra = ["-m", "0", "-J", "size=4", "-E", "lazy_itable_init=0"] if kind == "ext4" else []
        _run(f"mkfs.{kind}", "-q", *extra, str(self.image))
        self.place.mkdir()
        self._mount()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        _run("umount", str(self.place))
        self.image.unlink()
        self.place.rmdir()

    def cut(self) -> None:
        """Cut the power: from now on nothing reaches the device."""
        fd = os.open(self.place, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            fcntl.ioctl(fd, _SHUTDOWN, struct.pack("I", _NO_LOG_FLUSH))
        finally:
            os.close(fd)

    def restore(self) -> None:
        """Bring the power back: what is on the device is read again. Nobody may have a file open."""
        _run("umount", str(self.place))
        self._mount()

    def go_read_only(self) -> None:
        """Do what the kernel does to a file system in which it finds an error."""
        loop = Path(_run("findmnt", "-no", "SOURCE", str(self.place))).name
        Path(f"/sys/fs/ext4/{loop}/trigger_fs_error").write_text("1", encoding="ascii")

    def repair(self) -> None:
        """Check the image as a start of the machine would, and mount it again."""
        _run("umount", str(self.place))
        # 1: errors were corrected.
        _run("e2fsck", "-p", "-f", str(self.image), fine=(0, 1))
        self._mount()

    def holding(self, needles: dict[str, bytes]) -> list[str]:
        """Return the names of the needles that are anywhere on the raw image, freed blocks included."""
        _run("sync", "-f", str(self.place))
        with self.image.open("rb") as image, mmap.mmap(image.fileno(), 0, access=mmap.ACCESS_READ) as raw:
            written = list(_extents(image.fileno(), len(raw)))
            return [
                name
                for name, needle in needles.items()
                if any(raw.find(needle, start, end) >= 0 for start, end in written)
            ]

    def _mount(self) -> None:
        _run("mount", "-t", self._kind, "-o", self._options, str(self.image), str(self.place))


def _extents(fd: int, size: int) -> Iterator[tuple[int, int]]:
    """Yield from where to where the image was ever written; the rest are holes, which read as zeros."""
    end = 0
    while end < size:
        try:
            start = os.lseek(fd, end, os.SEEK_DATA)
        except OSError as error:
            if error.errno != errno.ENXIO:
                raise
            return
        end = os.lseek(fd, start, os.SEEK_HOLE)
        yield start, end


def _path() -> str:
    return f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"


def _run(*command: str, fine: tuple[int, ...] = (0,)) -> str:
    environment = {**os.environ, "PATH": _path(), "LC_ALL": "C"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if done.returncode not in fine:
        raise OSError(f"{' '.join(command)}: {done.stderr.strip() or done.returncode}")
    return done.stdout.strip()
