"""Keeps one device's process alive: starts it, listens to it, ends it when it hangs, starts it again."""

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, assert_never

from devices.driver import Result
from devices.errors import DeviceError, Remedy
from devices.health import RESTARTING, STARTING, Health, Severity
from devices.model import DeviceEvent, DeviceSpec, Frame, HealthChanged
from devices.shared import RingReader, read_picture
from devices.wire import (
    Beat,
    Channel,
    Command,
    Done,
    Failed,
    HealthIs,
    Picture,
    Ready,
    Ring,
    Said,
    Setup,
    Upward,
    WireError,
    program_end,
)

_ROOT = Path(__file__).resolve().parent.parent
_LAST_BREATH_S = 0.2
"""Time that a process which hung up unasked has to end and leave its exit code."""


class CallCutError(DeviceError):
    """The process ended or was ended during the command: whether it took effect is not known."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long the supervisor waits for what.

    Args:
        restart_s: Pauses before the process is started again; the last one repeats.
        settled_s: A process that lived this long starts the pauses from the first again.
        silence_s: Longest silence of a process that was asked nothing.
        stop_s: Time a process has to end by itself.
    """

    restart_s: tuple[float, ...] = (0.2, 0.5, 1.0, 2.0, 5.0)
    settled_s: float = 10.0
    silence_s: float = 30.0
    stop_s: float = 1.0


@dataclass(slots=True)
class _Life:
    """One process, from its start to its end."""

    process: subprocess.Popen[bytes]
    channel: Channel[Upward]
    ended_for: str = ""
    """Why the supervisor ended it, in words for the log."""


@dataclass(frozen=True, slots=True)
class _Call:
    id: int
    answer: SimpleQueue[Done | Failed | Frame]


class DeviceProcess:
    """One device of the terminal.

    A thread of its own starts the process, reads from it until it ends, and starts the next one.

    Args:
        spec: Which device.
        on_event: Called on that thread with everything the device says; must return quickly.
        patience: How long to wait for what.
    """

    def __init__(
        self,
        spec: DeviceSpec,
        on_event: Callable[[DeviceEvent], None],
        patience: Patience | None = None,
    ) -> None:
        self.spec = spec
        self.identity: Mapping[str, str] = {}
        self.health = Health(spec.name, STARTING, Severity.BLOCK, Remedy.RETRY, datetime.now(UTC))
        self._on_event = on_event
        self._patience = patience or Patience()
        self._lock = threading.Lock()
        self._life: _Life | None = None
        self._call: _Call | None = None
        self._last_id = 0
        self._wishes: dict[str, Command] = {}
        self._showing = False
        self._ring: RingReader | None = None
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"device-{spec.name}", daemon=True)

    # For any thread -------------------------------------------------------------------------------

    @property
    def pid(self) -> int | None:
        """Process id, or None between two lives."""
        life = self._life
        return None if life is None else life.process.pid

    def start(self) -> None:
        """Start the first process; returns at once."""
        self._thread.start()

    def stop_soon(self) -> None:
        """Ask the process to end; ``join`` waits for it."""
        self._stopping.set()
        with self._lock:
            if self._life is not None:
                self._life.channel.hang_up()

    def join(self) -> None:
        """Wait until the process is gone, at most a little over ``Patience.stop_s``."""
        self._thread.join()

    def latest(self) -> Frame | None:
        """Return the newest preview frame, or None; never blocks."""
        ring = self._ring if self._showing else None
        return None if ring is None else ring.latest()

    def show(self, *, on: bool) -> None:
        """Start or stop the preview; never blocks. Asking for what stands already changes nothing."""
        if on == self._showing:
            return
        self._showing = on
        self._ring = None
        self.wish("preview", "preview.start" if on else "preview.stop")

    def wish(self, topic: str, name: str, arguments: Mapping[str, Any] | None = None) -> None:
        """Have a command carried out now, and again whenever the device comes back; never blocks.

        The last wish of a topic replaces the one before. How the command ends is not told.
        """
        command = Command(0, name, dict(arguments or {}))
        with self._lock:
            self._wishes[topic] = command
            if self._life is not None:
                self._life.channel.send(command)

    def call(self, name: str, arguments: Mapping[str, Any], deadline_s: float) -> Result | Frame:
        """Carry out one command and wait for its answer.

        Raises:
            DeviceError: The driver's own; ``device.busy`` (retry) while another call is under way;
                ``device.restarting`` (retry) when the device has no process now.
            CallCutError: ``device.timeout`` (retry) after ``deadline_s``, and the process is ended;
                ``device.restarting`` (retry) when the process ended during the command.
        """
        call, life = self._begin(name, arguments)
        try:
            answer = call.answer.get(timeout=deadline_s)
        except Empty:
            life.ended_for = f"no answer to {name} in {deadline_s:g} s"
            life.process.kill()
            raise CallCutError(self.spec.name, "device.timeout", Remedy.RETRY, life.ended_for) from None
        finally:
            with self._lock:
                self._call = None
        match answer:
            case Frame():
                return answer
            case Done():
                return answer.result
            case Failed(id=0):
                raise CallCutError(self.spec.name, answer.code, answer.remedy, answer.detail)
            case Failed():
                raise DeviceError(self.spec.name, answer.code, answer.remedy, answer.detail)
            case _:
                assert_never(answer)

    def _begin(self, name: str, arguments: Mapping[str, Any]) -> tuple[_Call, _Life]:
        with self._lock:
            if self._call is not None:
                raise DeviceError(self.spec.name, "device.busy", Remedy.RETRY, f"asked to {name}")
            life = self._life
            self._last_id += 1
            call = _Call(self._last_id, SimpleQueue())
            if life is None or not life.channel.send(Command(call.id, name, dict(arguments))):
                raise DeviceError(self.spec.name, RESTARTING, Remedy.RETRY, f"asked to {name}")
            self._call = call
            return call, life

    # On the device's own thread -------------------------------------------------------------------

    def _run(self) -> None:
        short_lives = 0
        while not self._stopping.is_set():
            began_s = time.monotonic()
            life = self._start_process()
            if life is not None:
                self._listen(life)
            self._mourn(life)
            lived = time.monotonic() - began_s >= self._patience.settled_s
            short_lives = 0 if lived else short_lives + 1
            pauses_s = self._patience.restart_s
            self._stopping.wait(pauses_s[min(max(short_lives - 1, 0), len(pauses_s) - 1)])

    def _start_process(self) -> _Life | None:
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
        life = _Life(process, channel)
        channel.send(Setup(self.spec))
        with self._lock:
            self._life = life
            if self._stopping.is_set():
                channel.hang_up()
        return life

    def _listen(self, life: _Life) -> None:
        """Return when the process has hung up, or has to be ended."""
        heard_s = time.monotonic()
        while True:
            if not life.channel.wait(1.0):
                if self._call is not None:
                    heard_s = time.monotonic()
                elif time.monotonic() - heard_s > self._patience.silence_s:
                    life.ended_for = f"silent for {self._patience.silence_s:g} s"
                    return
                continue
            try:
                received = life.channel.receive()
                if received is None:
                    return
                self._take(*received)
            except (WireError, ValueError) as error:
                life.ended_for = f"spoke nonsense: {error}"
                return
            heard_s = time.monotonic()

    def _take(self, message: Upward, descriptor: int | None) -> None:
        match message:
            case Beat():
                pass
            case HealthIs(health):
                self._set_health(health)
            case Said():
                self._on_event(message.event())
            case Ready(identity):
                self.identity = identity
                self._send_wishes()
            case Done(call_id, _) | Failed(call_id, _, _, _):
                self._answer(call_id, message)
            case Picture(call_id, height, width, taken_s) if descriptor is not None:
                self._answer(call_id, Frame(read_picture(descriptor, height, width), taken_s))
            case Ring() if descriptor is not None:
                self._ring = RingReader(descriptor)
            case Picture() | Ring():
                raise WireError("a picture without its memory")
            case _:
                assert_never(message)

    def _send_wishes(self) -> None:
        with self._lock:
            if self._life is not None:
                for command in self._wishes.values():
                    self._life.channel.send(command)

    def _answer(self, call_id: int, answer: Done | Failed | Frame) -> None:
        with self._lock:
            if self._call is not None and self._call.id == call_id:
                self._call.answer.put(answer)

    def _mourn(self, life: _Life | None) -> None:
        """Tell that the process is gone, and make sure that it is."""
        with self._lock:
            self._life = None
            self._ring = None
            if self._call is not None:
                self._call.answer.put(Failed(0, RESTARTING, Remedy.RETRY, "the process ended"))
        stopping = self._stopping.is_set()
        if life is not None:
            self._reap(life, self._patience.stop_s if stopping else _LAST_BREATH_S)
        if not stopping:
            detail = "no process could be started" if life is None else life.ended_for
            now = datetime.now(UTC)
            self._set_health(Health(self.spec.name, RESTARTING, Severity.FAULT, Remedy.RETRY, now, detail))

    def _reap(self, life: _Life, grace_s: float) -> None:
        try:
            code = life.process.wait(0 if life.ended_for else grace_s)
        except subprocess.TimeoutExpired:
            life.process.kill()
            code = life.process.wait()
        life.ended_for = life.ended_for or f"the process ended with {code}"
        life.channel.close()

    def _set_health(self, health: Health) -> None:
        before = self.health
        if replace(health, since=before.since) == before:
            return
        if health.code == before.code:
            health = replace(health, since=before.since)
        self.health = health
        self._on_event(HealthChanged(health))
