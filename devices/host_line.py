"""What a device's process hears from the program and says to it."""

import threading
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from queue import Empty, SimpleQueue
from typing import Final

from devices.driver import CancellableDriver
from devices.errors import DeviceError, Remedy, Severity
from devices.health import OK, Health
from devices.model import Reading
from devices.shared import read_document
from devices.wire import (
    DOCUMENT,
    Beat,
    Cancel,
    Channel,
    Command,
    Downward,
    Failed,
    HealthIs,
    ReadingsAre,
    Setup,
    Stir,
    Taken,
    Upward,
    WireError,
)

BEAT_S: Final = 2.0
"""Longest silence of a process whose driver comes back from its calls."""
AHEAD: Final = 2
"""Pictures of a stream that may wait to be taken: one page of a scanner has 26 MB and more."""
CANCELLED: Final = "device.cancelled"


class HangupError(Exception):
    """Nobody listens any more: the program went away or wants this process to end."""


class Line:
    """What the process says and hears.

    A thread hears, so that a command can be cancelled while it runs; only the driver's thread says.

    Args:
        channel: To the program.
        name: Logical name of the device.
    """

    def __init__(self, channel: Channel[Downward], name: str) -> None:
        self._channel = channel
        self._name = name
        self._told: tuple[str, Severity, Remedy | None, str] | None = None
        self._readings: Mapping[str, Reading] = {}
        self._beaten_s = time.monotonic()
        self._inbox: SimpleQueue[Command | Stir | WireError | None] = SimpleQueue()
        self._changed = threading.Condition()
        self._running_id = 0
        self._ahead = 0
        self._cancelled_id = 0
        self._driver: CancellableDriver | None = None
        threading.Thread(target=self._hear, name="hear", daemon=True).start()

    def can_cancel(self, driver: CancellableDriver) -> None:
        """Say whose running command is broken off."""
        self._driver = driver

    def send(self, message: Upward, descriptor: int | None = None) -> None:
        """Send one message; the descriptor stays open here.

        Raises:
            HangupError: Nobody listens any more.
        """
        if not self._channel.send(message, descriptor):
            raise HangupError

    def tell(self, error: DeviceError | None) -> None:
        """Send the device's health if it changed."""
        news = (OK, Severity.OK, None, "")
        if error is not None:
            news = (error.code, error.severity, error.remedy, error.detail)
        if news == self._told:
            return
        self._told = news
        code, severity, remedy, detail = news
        self.send(HealthIs(Health(self._name, code, severity, remedy, datetime.now(UTC), detail)))

    def report(self, readings: Mapping[str, Reading]) -> None:
        """Send the device's readings if they changed."""
        if readings != self._readings:
            self._readings = dict(readings)
            self.send(ReadingsAre(dict(readings)))

    def next_command(self, due_s: float) -> Command | Stir | None:
        """Return the next command, or that it is time to look, or None when ``due_s`` (monotonic) has come.

        Raises:
            HangupError: Nobody listens any more.
            WireError: What came is no message.
        """
        while True:
            now_s = time.monotonic()
            if now_s - self._beaten_s >= BEAT_S:
                self._beaten_s = now_s
                self.send(Beat())
            try:
                heard = self._inbox.get(timeout=max(0.0, min(due_s - now_s, BEAT_S)))
            except Empty:
                if time.monotonic() >= due_s:
                    return None
                continue
            match heard:
                case Command() | Stir():
                    return heard
                case WireError():
                    raise heard
                case None:
                    raise HangupError

    def refuse_until(self, due_s: float, error: DeviceError) -> None:
        """Answer every command with ``error`` until ``due_s`` (monotonic) or until it is time to look."""
        while isinstance(command := self.next_command(due_s), Command):
            self.fail(command, error)

    def fail(self, command: Command, error: DeviceError) -> None:
        """Answer a command with an error."""
        self.send(Failed(command.id, error.code, error.remedy, error.detail, error.severity))

    def begin(self, command: Command) -> None:
        """Note that a command runs now.

        Raises:
            DeviceError: ``device.cancelled`` (retry): it was cancelled while it waited.
        """
        with self._changed:
            if self._driver is not None:
                self._driver.allow()
            self._running_id = command.id
            self._ahead = 0
        self.check(command)

    def check(self, command: Command) -> None:
        """Look whether a command was cancelled.

        Raises:
            DeviceError: ``device.cancelled`` (retry).
        """
        if command.id and command.id <= self._cancelled_id:
            raise DeviceError(self._name, CANCELLED, Remedy.RETRY, command.name)

    def make_room(self, command: Command) -> None:
        """Note that a picture of a stream was sent, and wait until another one may follow.

        Raises:
            DeviceError: ``device.cancelled`` (retry).
        """
        with self._changed:
            self._ahead += 1
            self._changed.wait_for(lambda: self._ahead < AHEAD or command.id <= self._cancelled_id)
        self.check(command)

    def end(self) -> None:
        """Note that no command runs any more."""
        with self._changed:
            self._running_id = 0

    def _hear(self) -> None:
        while True:
            try:
                received = self._channel.receive()
            except WireError as error:
                self._break_off(self._running_id)
                self._inbox.put(error)
                return
            match received[0] if received else None:
                case Command() as command:
                    descriptor = received[1] if received else None
                    if descriptor is not None:
                        command.arguments[DOCUMENT] = read_document(descriptor)
                    self._inbox.put(command)
                case Stir() as stir:
                    self._inbox.put(stir)
                case Cancel(call_id):
                    self._break_off(call_id)
                case Taken(call_id):
                    self._note_taken(call_id)
                case Setup() | None:
                    self._break_off(self._running_id)
                    self._inbox.put(None)
                    return

    def _note_taken(self, call_id: int) -> None:
        with self._changed:
            if self._running_id == call_id:
                self._ahead -= 1
                self._changed.notify_all()

    def _break_off(self, call_id: int) -> None:
        with self._changed:
            self._cancelled_id = max(self._cancelled_id, call_id)
            self._changed.notify_all()
            if self._running_id and self._running_id == call_id and self._driver is not None:
                self._driver.cancel()
