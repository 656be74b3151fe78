"""The process of one device: opens the driver, ticks it, and carries out one command at a time."""

import ctypes
import math
import os
import resource
import signal
import socket
import sys
import threading
import time
import traceback
from collections.abc import Generator, Iterator
from contextlib import closing, suppress
from itertools import count
from types import TracebackType
from typing import Final, cast

from devices.driver import (
    CancellableDriver,
    ComplainingDriver,
    Driver,
    HotplugDriver,
    PreviewDriver,
    ReportingDriver,
)
from devices.errors import DeviceError, Severity
from devices.host_line import HangupError, Line
from devices.model import Frame
from devices.registry import make_driver
from devices.shared import RingWriter, write_picture
from devices.wire import Command, Done, Picture, Ready, Ring, Said, Setup, device_end

OPEN_BACKOFF_S: Final = (0.5, 1.0, 2.0)
"""Pauses between attempts to open a device that is not there; the last one repeats. A device that is plugged
in again is to be usable within 3 s, also where no hot-plug event tells of it."""


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
        if isinstance(driver, CancellableDriver):
            line.can_cancel(driver)

    def run(self) -> None:
        """Serve until the program hangs up, which is raised as ``HangupError``."""
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
            heard = self._line.next_command(due_s)
            if isinstance(heard, Command):
                self._execute(heard)
                due_s = min(due_s, time.monotonic() + self._driver.tick_s)
            elif heard is not None:
                due_s = time.monotonic()
                if isinstance(self._driver, HotplugDriver):
                    self._driver.stir()
            if time.monotonic() >= due_s:
                self._tick()
                due_s = time.monotonic() + self._driver.tick_s

    def _tick(self) -> None:
        try:
            events = self._driver.tick()
        except DeviceError as error:
            self._line.tell(error)
            if error.severity is Severity.FAULT:
                self._drop_ring()  # the last picture of a lost camera is nobody's business any more
        else:
            driver = self._driver
            self._line.tell(driver.complaint() if isinstance(driver, ComplainingDriver) else None)
            for event in events:
                self._line.send(Said.of(event))
        if isinstance(self._driver, ReportingDriver):
            self._line.report(self._driver.readings())
        if isinstance(self._driver, PreviewDriver):
            frame = self._driver.preview_frame()
            if frame is not None:
                self._show(frame)

    def _execute(self, command: Command) -> None:
        try:
            self._line.begin(command)
            result = self._driver.command(command.name, command.arguments)
            if isinstance(result, Iterator):
                self._stream(command, result)
                result = None
        except DeviceError as error:
            self._line.fail(command, error)
            return
        finally:
            self._line.end()
        if command.name == "preview.stop":
            self._drop_ring()
        if isinstance(result, Frame):
            self._hand_over(command.id, result, streamed=False)
        else:
            self._line.send(Done(command.id, result))

    def _stream(self, command: Command, frames: Iterator[Frame]) -> None:
        with closing(cast("Generator[Frame]", frames)):
            for frame in frames:
                self._line.check(command)
                self._hand_over(command.id, frame, streamed=True)
                self._line.make_room(command)

    def _hand_over(self, command_id: int, frame: Frame, *, streamed: bool) -> None:
        height, width, _ = frame.pixels.shape
        descriptor = write_picture(frame.pixels)
        try:
            self._line.send(Picture(command_id, height, width, frame.taken_s, streamed), descriptor)
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
    threading.excepthook = _report_from_thread


def _report_without_contents(
    kind: type[BaseException], _error: BaseException, trace: TracebackType | None
) -> None:
    """Write where an exception arose and of which kind, but not its text, which may quote a card."""
    where = "".join(traceback.format_list(traceback.extract_tb(trace)))
    sys.stderr.write(f"{where}{kind.__module__}.{kind.__qualname__}\n")


def _report_from_thread(arguments: threading.ExceptHookArgs) -> None:
    if arguments.exc_value is not None:
        _report_without_contents(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)


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
            with suppress(HangupError):
                line.tell(error)
                line.refuse_until(math.inf, error)
            return
        with suppress(HangupError):
            Host(line, driver).run()


if __name__ == "__main__":
    main(int(sys.argv[1]))
