"""One process of one device, from its start to its end."""

import os
import socket
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from devices.model import DeviceSpec
from devices.shared import write_document
from devices.wire import Channel, Command, Downward, Setup, Upward, program_end

_ROOT: Final = Path(__file__).resolve().parent.parent
_PAGE_BYTES: Final = os.sysconf("SC_PAGE_SIZE")
_RESIDENT_FIELD: Final = 1
"""Second number of ``/proc/<pid>/statm``: resident pages (proc(5))."""


@dataclass(slots=True)
class Life:
    """One process, from its start to its end.

    Args:
        process: The process.
        channel: The program's end of the conversation with it.
        ended_for: Why the supervisor ended it, in words for the log.
    """

    process: subprocess.Popen[bytes]
    channel: Channel[Upward]
    ended_for: str = ""

    @classmethod
    def begin(cls, spec: DeviceSpec) -> "Life | None":
        """Start a process for a device, or return None when the machine has no room for one now."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        channel = program_end(ours)
        paths = [str(_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
        with theirs:
            try:
                process = subprocess.Popen(
                    [sys.executable, "-m", "devices.host", str(theirs.fileno())],
                    stdin=subprocess.DEVNULL,
                    pass_fds=[theirs.fileno()],
                    env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
                )
            except OSError:  # no memory or no process number left now
                channel.close()
                return None
        channel.send(Setup(spec))
        return cls(process, channel)

    def memory_mb(self) -> float:
        """Return the resident memory of the process, 0 once it has ended."""
        try:
            fields = Path(f"/proc/{self.process.pid}/statm").read_text(encoding="ascii").split()
        except OSError:
            return 0.0
        return int(fields[_RESIDENT_FIELD]) * _PAGE_BYTES / 2**20

    def end(self, grace_s: float) -> str:
        """Return what ended it, waiting ``grace_s`` at most for its exit code."""
        if not self.ended_for:
            try:
                self.ended_for = f"the process ended with {self.process.wait(grace_s)}"
            except subprocess.TimeoutExpired:
                self.ended_for = "the process hung up and did not end"
        return self.ended_for

    def reap(self, grace_s: float) -> None:
        """Wait for the end and help after ``grace_s``; leaves no zombie."""
        try:
            self.process.wait(0 if self.ended_for else grace_s)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.channel.close()


class Seat:
    """Where the present process of a device sits; empty between two lives. For any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._life: Life | None = None
        self._wishes: dict[str, Command] = {}

    @property
    def pid(self) -> int | None:
        """Process id, or None while the seat is empty."""
        life = self._life
        return None if life is None else life.process.pid

    def send(self, message: Downward, document: bytes = b"") -> bool | None:
        """Send a message to the process; never blocks.

        Args:
            message: What to say.
            document: What goes with it in memory of its own, because it is too large for a message.

        Returns:
            None when the seat is empty, False when whoever sits there does not hear it any more.
        """
        descriptor = write_document(document) if document else None
        try:
            with self._lock:
                return None if self._life is None else self._life.channel.send(message, descriptor)
        finally:
            if descriptor is not None:
                os.close(descriptor)

    def wish(self, topic: str, command: Command) -> None:
        """Send a command now and whenever ``repeat_wishes`` says; the last one of a topic stands."""
        with self._lock:
            self._wishes[topic] = command
            if self._life is not None:
                self._life.channel.send(command)

    def repeat_wishes(self) -> None:
        """Send everything that was wished: the process has just opened the device."""
        with self._lock:
            if self._life is not None:
                for command in self._wishes.values():
                    self._life.channel.send(command)

    def fill(self, life: Life | None) -> None:
        """Seat a process, or none."""
        with self._lock:
            self._life = life

    def hang_up(self) -> None:
        """Ask the process to end."""
        with self._lock:
            if self._life is not None:
                self._life.channel.hang_up()

    def kill(self, reason: str) -> None:
        """End the process at once, for a reason that its supervisor tells."""
        with self._lock:
            if self._life is not None:
                self._life.ended_for = self._life.ended_for or reason
                self._life.process.kill()
