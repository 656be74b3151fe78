"""The supervisor's end of the gate: one watched call at a time, held until it is let go, refused or dead."""

import errno
import fcntl
import os
import struct
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.torture.calls import BY_NUMBER, ON_DESCRIPTORS

_RECEIVE, _SEND = 0xC0502100, 0xC0182101
_NOTICE: Final = struct.Struct("=QIIiIQ6Q")
_REPLY: Final = struct.Struct("=QqiI")
_NOTICE_BYTES: Final = 80
_CONTINUE: Final = 1
_PATH_BYTES: Final = 4096
_FIRST_PATH_AT: Final = {"openat": 1, "mkdirat": 1, "unlinkat": 1, "renameat": 1, "renameat2": 1}
_SECOND_PATH_AT: Final = {"rename": 1, "renameat": 3, "renameat2": 3}


@dataclass(frozen=True, slots=True)
class Call:
    """A system call that waits at its entry.

    Args:
        ticket: The kernel's number of this notice.
        pid: Who calls: a thread's id.
        name: Its name, or ``syscall-<number>``.
        arguments: The six registers.
    """

    ticket: int
    pid: int
    name: str
    arguments: tuple[int, ...] = field(repr=False)

    @property
    def path(self) -> Path:
        """What it is about: of a rename the old name, of a descriptor what is open there."""
        if self.name in ON_DESCRIPTORS:
            return Path(f"/proc/{self.pid}/fd/{self.arguments[0]}").readlink()
        return self._path(_FIRST_PATH_AT.get(self.name, 0))

    @property
    def new_path(self) -> Path:
        """What a rename makes of it."""
        return self._path(_SECOND_PATH_AT[self.name])

    def touches(self, folder: Path) -> bool:
        """Whether it is about something in this folder; False for what is no file's business."""
        if self.name not in BY_NUMBER.values():
            return False
        try:
            path = self.path
        except OSError:
            # A descriptor that is closed already fails by itself.
            return False
        return path.is_relative_to(folder)

    def memory(self, address: int, size: int) -> bytes:
        """Return what the caller has at this address."""
        fd = os.open(f"/proc/{self.pid}/mem", os.O_RDONLY | os.O_CLOEXEC)
        try:
            return os.pread(fd, size, address)
        finally:
            os.close(fd)

    def file_position(self) -> int:
        """Return where a plain ``write`` will write."""
        told = Path(f"/proc/{self.pid}/fdinfo/{self.arguments[0]}").read_text(encoding="ascii")
        return int(told.split()[1])

    def _path(self, place: int) -> Path:
        address = self.arguments[place]
        # A string may end just before a page that is not there.
        raw = self.memory(address, min(_PATH_BYTES, _PATH_BYTES - address % _PATH_BYTES))
        if b"\0" not in raw:
            raw += self.memory(address + len(raw), _PATH_BYTES)
        return Path(os.fsdecode(raw.split(b"\0", 1)[0]))


class Gate:
    """Holds a listener that ``calls.put_up`` returned.

    Args:
        listener: Closed together with the gate; calls that wait then fail with ENOSYS.
    """

    def __init__(self, listener: int) -> None:
        self._listener = listener

    def fileno(self) -> int:
        """Readable while a call waits."""
        return self._listener

    def next(self) -> Call | None:
        """Return the call that waits, or None when its caller died meanwhile."""
        notice = bytearray(_NOTICE_BYTES)
        try:
            fcntl.ioctl(self._listener, _RECEIVE, notice)
        except OSError as error:
            if error.errno not in {errno.ENOENT, errno.EINTR}:
                raise
            return None
        ticket, pid, _, number, _, _, *arguments = _NOTICE.unpack_from(notice)
        return Call(ticket, pid, BY_NUMBER.get(number, f"syscall-{number}"), tuple(arguments))

    def let_go(self, call: Call) -> None:
        """Let the kernel do what was asked."""
        self._send(call, 0, _CONTINUE)

    def refuse(self, call: Call, code: int) -> None:
        """Answer with an error instead of doing anything; ``code`` as in ``errno``."""
        self._send(call, -code, 0)

    def close(self) -> None:
        """Give the listener up."""
        os.close(self._listener)

    def _send(self, call: Call, error: int, flags: int) -> None:
        try:
            fcntl.ioctl(self._listener, _SEND, bytearray(_REPLY.pack(call.ticket, 0, error, flags)))
        except OSError as failure:
            # The caller was killed while it waited.
            if failure.errno != errno.ENOENT:
                raise
