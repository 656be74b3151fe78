"""The process of one device: opens the driver, ticks it, and carries out one command at a time."""

import ctypes
import math
import os
import resource
import signal
import socket
import sys
import time
import traceback
from contextlib import suppress
from datetime import UTC, datetime
from itertools import count
from types import TracebackType
from typing import Final

from devices.driver import Driver, PreviewDriver
from devices.errors import DeviceError, Remedy
from devices.health import OK, Health, Severity
from devices.model import Frame
from devices.registry import make_driver
from devices.shared import RingWriter, write_picture
from devices.wire import (
    Beat,
    Channel,
    Command,
    Done,
    Downward,
    Failed,
    HealthIs,
    Picture,
    Ready,
    Ring,
    Said,
    Setup,
    Upward,
    device_end,
)

OPEN_BACKOFF_S: Final = (0.5, 1.0, 2.0, 5.0, 10.0)
"""Pauses between attempts to open a device that is not there; the last one repeats."""
BEAT_S: Final = 2.0
"""Longest silence of a process whose driver comes back from its calls."""


def severity_of(error: DeviceError) -> Severity:
    """Return what an error costs that lasts: who has to come decides, and supplies running low only warn."""
    if error.remedy is Remedy.RETRY or error.code.endswith("-low"):
        return Severity.WARN
    return Severity.FAULT if error.remedy is Remedy.SERVICE else Severity.BLOCK


class _Hangup(Exception):  # noqa: N818 - not an error: the program went away or wants this process to end
    """Nobody listens any more."""


class Line:
    """What the process says and hears.

    Args:
        channel: To the program.
        name: Logical name of the device.
    """

    def __init__(self, channel: Channel[Downward], name: str) -> None:
        self._channel = channel
        self._name = name
        self._told: tuple[str, Remedy | None, str] | None = None
        self._beaten_s = time.monotonic()

    def send(self, message: Upward, descriptor: int | None = None) -> None:
        """Send one message; the descriptor stays open here.

        Raises:
            _Hangup: Nobody listens any more.
        """
        if not self._channel.send(message, descriptor):
            raise _Hangup

    def tell(self, error: DeviceError | None) -> None:
        """Send the device's health if it changed."""
        news = (OK, None, "") if error is None else (error.code, error.remedy, error.detail)
        if news == self._told:
            return
        self._told = news
        severity = Severity.OK if error is None else severity_of(error)
        code, remedy, detail = news
        self.send(HealthIs(Health(self._name, code, severity, remedy, datetime.now(UTC), detail)))

    def next_command(self, due_s: float) -> Command | None:
        """Return the next command, or None when ``due_s`` (monotonic seconds) has come.

        Raises:
            _Hangup: Nobody listens any more.
            WireError: What came is no message.
        """
        while True:
            now_s = time.monotonic()
            if now_s - self._beaten_s >= BEAT_S:
                self._beaten_s = now_s
                self.send(Beat())
            if self._channel.wait(min(due_s - now_s, BEAT_S)):
                received = self._channel.receive()
                if received is None or not isinstance(received[0], Command):
                    raise _Hangup
                return received[0]
            if time.monotonic() >= due_s:
                return None

    def refuse_until(self, due_s: float, error: DeviceError) -> None:
        """Answer every command with ``error`` until ``due_s`` (monotonic seconds) has come."""
        while (command := self.next_command(due_s)) is not None:
            self.send(Failed(command.id, error.code, error.remedy, error.detail))


class Host:
    """Runs one driver for as long as somebody listens.

    Args:
        line: To the program.
        driver: Not yet open.
    """

    def __init__(self, line: Line, driver: Driver) -> None:
        self._line = line
        self._driver = driver
        self._ring: RingWriter | None = None

    def run(self) -> None:
        """Serve until the program hangs up, which is raised as ``_Hangup``."""
        try:
            self._open()
            self._serve()
        finally:
            self._drop_ring()
            self._driver.close()

    def _open(self) -> None:
        for attempt in count():
            try:
                identity = self._driver.open()
            except DeviceError as error:
                self._line.tell(error)
                pause_s = OPEN_BACKOFF_S[min(attempt, len(OPEN_BACKOFF_S) - 1)]
                self._line.refuse_until(time.monotonic() + pause_s, error)
            else:
                self._line.send(Ready(dict(identity)))
                return

    def _serve(self) -> None:
        due_s = time.monotonic()
        while True:
            command = self._line.next_command(due_s)
            if command is not None:
                self._execute(command)
                due_s = min(due_s, time.monotonic() + self._driver.tick_s)
            if time.monotonic() >= due_s:
                self._tick()
                due_s = time.monotonic() + self._driver.tick_s

    def _tick(self) -> None:
        try:
            events = self._driver.tick()
        except DeviceError as error:
            self._line.tell(error)
        else:
            self._line.tell(None)
            for event in events:
                self._line.send(Said.of(event))
        if isinstance(self._driver, PreviewDriver):
            frame = self._driver.preview_frame()
            if frame is not None:
                self._show(frame)

    def _execute(self, command: Command) -> None:
        try:
            result = self._driver.command(command.name, command.arguments)
        except DeviceError as error:
            self._line.send(Failed(command.id, error.code, error.remedy, error.detail))
            return
        if command.name == "preview.stop":
            self._drop_ring()
        if isinstance(result, Frame):
            self._hand_over(command.id, result)
        else:
            self._line.send(Done(command.id, result))

    def _hand_over(self, command_id: int, frame: Frame) -> None:
        height, width, _ = frame.pixels.shape
        descriptor = write_picture(frame.pixels)
        try:
            self._line.send(Picture(command_id, height, width, frame.taken_s), descriptor)
        finally:
            os.close(descriptor)

    def _show(self, frame: Frame) -> None:
        if self._ring is None or not self._ring.fits(frame):
            self._drop_ring()
            self._ring = RingWriter(frame.pixels.nbytes)
            self._line.send(Ring(), self._ring.descriptor)
        self._ring.put(frame)

    def _drop_ring(self) -> None:
        if self._ring is not None:
            self._ring.close()
            self._ring = None


_PR_SET_PDEATHSIG: Final = 1
_PR_SET_DUMPABLE: Final = 4


def _seclude() -> None:
    """Let this process leave nothing of what it holds behind, and not outlive the program."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    libc = ctypes.CDLL(None, use_errno=True)
    # The limit alone does not keep a core from a collector that the kernel pipes it to.
    libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    # Whoever stops the program stops it alone; this process ends when the program hangs up.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sys.excepthook = _report_without_contents


def _report_without_contents(
    kind: type[BaseException], _error: BaseException, trace: TracebackType | None
) -> None:
    """Write where an exception arose and of which kind, but not its text, which may quote a card."""
    where = "".join(traceback.format_list(traceback.extract_tb(trace)))
    sys.stderr.write(f"{where}{kind.__module__}.{kind.__qualname__}\n")


def main(descriptor: int) -> None:
    """Be one device's process until the program hangs up.

    Args:
        descriptor: Inherited end of the pair of sockets.
    """
    _seclude()
    with device_end(socket.socket(fileno=descriptor)) as channel:
        received = channel.receive()
        if received is None or not isinstance(received[0], Setup):
            return
        spec = received[0].spec
        line = Line(channel, spec.name)
        try:
            driver = make_driver(spec)
        except DeviceError as error:
            with suppress(_Hangup):
                line.tell(error)
                line.refuse_until(math.inf, error)
            return
        with suppress(_Hangup):
            Host(line, driver).run()


if __name__ == "__main__":
    main(int(sys.argv[1]))
