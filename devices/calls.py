"""Commands to a device's process and their answers: one at a time, each with a deadline."""

import threading
from collections.abc import Generator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from queue import Empty, SimpleQueue
from typing import Any

from devices.driver import Result
from devices.errors import DeviceError, Remedy
from devices.health import RESTARTING
from devices.life import Seat
from devices.model import Frame
from devices.patience import GIVE_UP_S, CallCutError
from devices.status import Stats
from devices.wire import Cancel, Command, Done, Failed, Taken

Answer = Done | Failed | Frame


@dataclass(frozen=True, slots=True)
class _Call:
    id: int
    name: str
    answers: SimpleQueue[Answer]
    sent: bool


class Calls:
    """The commands to one device, over all lives of its process.

    Args:
        device: Logical name.
        seat: Where the present process sits.
        cancel_s: Time a cancelled command has to end by itself.
    """

    def __init__(self, device: str, seat: Seat, cancel_s: float) -> None:
        self.stats = Stats()
        self._device = device
        self._seat = seat
        self._cancel_s = cancel_s
        self._lock = threading.Lock()
        self._call: _Call | None = None
        self._last_id = 0

    @property
    def busy(self) -> bool:
        """Whether a command is under way."""
        return self._call is not None

    def call(
        self, name: str, arguments: Mapping[str, Any], deadline_s: float, document: bytes = b""
    ) -> Result | Frame:
        """Carry out one command and wait for its answer; see ``DeviceProcess.call``."""
        call = self._begin(name, arguments, document)
        try:
            answer = self._next_answer(call, deadline_s)
        finally:
            self._end()
        return answer if isinstance(answer, Frame) else answer.result

    def stream(
        self, name: str, arguments: Mapping[str, Any], deadline_s: float
    ) -> Generator[Frame, None, Result]:
        """Carry out one command and yield its pictures; see ``DeviceProcess.stream``."""
        call = self._begin(name, arguments)
        try:
            while isinstance(answer := self._next_answer(call, deadline_s), Frame):
                self._seat.send(Taken(call.id))
                try:
                    yield answer
                except GeneratorExit:
                    self._break_off(call)
                    raise
            return answer.result
        finally:
            self._end()

    def cancel(self) -> None:
        """Break off the command under way; never blocks."""
        with self._lock:
            if self._call is not None:
                self._seat.send(Cancel(self._call.id))

    def answer(self, call_id: int, answer: Answer) -> None:
        """Hand over what came for a command; what nobody waits for any more is dropped."""
        with self._lock:
            if self._call is not None and self._call.id == call_id:
                self._call.answers.put(answer)

    def cut_off(self) -> None:
        """Tell whoever waits that the process is gone; the seat must be empty by then."""
        with self._lock:
            if self._call is not None:
                self._call.answers.put(Failed(0, RESTARTING, Remedy.RETRY, "the process ended"))

    def note_success(self) -> None:
        """Count a success that was no command."""
        self.stats = self.stats.succeeded(datetime.now(UTC))

    def note_restart(self) -> None:
        """Count an end of the process."""
        self.stats = self.stats.restarted()

    def _begin(self, name: str, arguments: Mapping[str, Any], document: bytes = b"") -> _Call:
        with self._lock:
            if self._call is not None:
                raise DeviceError(self._device, "device.busy", Remedy.RETRY, f"asked to {name}")
            self._last_id += 1
            sent = self._seat.send(Command(self._last_id, name, dict(arguments)), document)
            if sent is None:
                raise DeviceError(self._device, RESTARTING, Remedy.RETRY, f"asked to {name}")
            # One that has just died hears nothing; the call is cut off as soon as that was told.
            self._call = _Call(self._last_id, name, SimpleQueue(), sent)
            return self._call

    def _next_answer(self, call: _Call, deadline_s: float) -> Done | Frame:
        try:
            answer = call.answers.get(timeout=deadline_s)
        except Empty:
            reason = f"no answer to {call.name} in {deadline_s:g} s"
            self._seat.kill(reason)
            self._await_cut_off(call)
            self.stats = self.stats.failed()
            raise CallCutError(self._device, "device.timeout", Remedy.RETRY, reason) from None
        if not isinstance(answer, Failed):
            self.note_success()
            return answer
        self.stats = self.stats.failed()
        kind = CallCutError if answer.id == 0 and call.sent else DeviceError
        raise kind(self._device, answer.code, answer.remedy, answer.detail, answer.severity)

    def _await_cut_off(self, call: _Call) -> None:
        """Wait until the end of the process was told; one that hangs in the kernel is not waited for."""
        with suppress(Empty):
            while not (isinstance(answer := call.answers.get(timeout=GIVE_UP_S), Failed) and answer.id == 0):
                pass

    def _break_off(self, call: _Call) -> None:
        self.cancel()
        try:
            while isinstance(self._next_answer(call, self._cancel_s), Frame):
                pass  # a page that was on its way
        except DeviceError:
            return  # cancelled, as asked

    def _end(self) -> None:
        with self._lock:
            self._call = None
