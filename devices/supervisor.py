"""Keeps one device's process alive: starts it, listens to it, ends it when it hangs, starts it again."""

import threading
import time
from collections.abc import Callable, Generator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final, assert_never

from devices.calls import Calls
from devices.driver import Result
from devices.errors import Remedy, Severity
from devices.health import DISABLED, FLAPPING, RESTARTING, STARTING, Health
from devices.ladder import Climber, Deaths, Rung
from devices.life import Life, Seat
from devices.model import (
    CardRead,
    CodeScanned,
    DeviceEvent,
    DeviceSpec,
    Frame,
    HealthChanged,
    Reading,
    ReadingsChanged,
    SmartCardInserted,
)
from devices.patience import GIVE_UP_S, Patience
from devices.shared import RingReader, read_picture
from devices.status import DeviceStatus
from devices.usb_port import off_and_on
from devices.wire import (
    Beat,
    Command,
    Done,
    Failed,
    HealthIs,
    Picture,
    ReadingsAre,
    Ready,
    Ring,
    Said,
    Stir,
    Upward,
    WireError,
)

_LAST_BREATH_S: Final = 0.2
"""Time that a process which hung up unasked has to end and leave its exit code."""
_SUCCESSES: Final = (CardRead, CodeScanned, SmartCardInserted)


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
        self.readings: Mapping[str, Reading] = {}
        self.health = Health(spec.name, STARTING, Severity.BLOCK, Remedy.RETRY, datetime.now(UTC))
        self._on_event = on_event
        self._patience = patience or Patience()
        self._seat = Seat()
        self._calls = Calls(spec.name, self._seat, self._patience.cancel_s)
        self._deaths = Deaths()
        self._climber = Climber(self._patience.ladder)
        self._showing = False
        self._ring: RingReader | None = None
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"device-{spec.name}", daemon=True)

    # For any thread -------------------------------------------------------------------------------

    @property
    def pid(self) -> int | None:
        """Process id, or None between two lives."""
        return self._seat.pid

    @property
    def status(self) -> DeviceStatus:
        """Everything that is known of the device now."""
        busy, stats = self._calls.busy, self._calls.stats
        return DeviceStatus(self.spec, self.health, busy, self.identity, self.readings, stats)

    def start(self) -> None:
        """Start the first process; returns at once. A device that is out of use gets none."""
        if self.spec.enabled:
            self._thread.start()
        else:
            now = datetime.now(UTC)
            self._set_health(Health(self.spec.name, DISABLED, Severity.BLOCK, None, now))

    def stir(self) -> None:
        """Have the driver look at once: something was plugged in or pulled out. Never blocks."""
        self._seat.send(Stir())

    def stop_soon(self) -> None:
        """Ask the process to end; ``join`` waits for it."""
        self._stopping.set()
        self._seat.hang_up()

    def join(self) -> None:
        """Wait until the process is gone, at most a little over ``Patience.stop_s``."""
        if self._thread.is_alive():
            self._thread.join(self._patience.stop_s + _LAST_BREATH_S + GIVE_UP_S)

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
        self._seat.wish(topic, Command(0, name, dict(arguments or {})))

    def call(
        self, name: str, arguments: Mapping[str, Any], deadline_s: float, document: bytes = b""
    ) -> Result | Frame:
        """Carry out one command and wait for its answer.

        Args:
            name: Of the command.
            arguments: Of the command.
            deadline_s: For the answer.
            document: What is too large for a message, and is the argument ``document`` to the driver.

        Raises:
            DeviceError: The driver's own; ``device.busy`` (retry) while another call is under way;
                ``device.restarting`` (retry) when the device has no process now.
            CallCutError: ``device.timeout`` (retry) after ``deadline_s``, and the process is ended;
                ``device.restarting`` (retry) when the process ended during the command.
        """
        return self._calls.call(name, arguments, deadline_s, document)

    def stream(
        self, name: str, arguments: Mapping[str, Any], deadline_s: float
    ) -> Generator[Frame, None, Result]:
        """Carry out one command that answers with any number of pictures, and yield them as they come.

        Closing the generator cancels the command. Its return value is the command's own answer.

        Args:
            name: Of the command.
            arguments: Of the command.
            deadline_s: For each picture, and for the end after the last.

        Raises:
            DeviceError: As ``call``.
        """
        return self._calls.stream(name, arguments, deadline_s)

    def cancel(self) -> None:
        """Break off the call under way, which then ends with its driver's error; never blocks."""
        self._calls.cancel()

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

    def _start_process(self) -> Life | None:
        life = Life.begin(self.spec)
        self._seat.fill(life)
        if self._stopping.is_set():
            self._seat.hang_up()
        return life

    def _listen(self, life: Life) -> None:
        """Return when the process has hung up, or has to be ended."""
        heard_s = look_s = time.monotonic()
        while not life.ended_for:
            now_s = time.monotonic()
            if now_s >= look_s:
                look_s = now_s + self._patience.look_s
                self._look_after(life, now_s)
            if not life.channel.wait(self._patience.look_s):
                if self._calls.busy:
                    heard_s = time.monotonic()
                elif time.monotonic() - heard_s > self._silence_s:
                    life.ended_for = f"silent for {self._silence_s:g} s"
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

    @property
    def _silence_s(self) -> float:
        return self._patience.silence_s if self.spec.silence_s is None else self.spec.silence_s

    def _look_after(self, life: Life, now_s: float) -> None:
        """Note in ``ended_for`` when the process has to go; take the device off the bus when that is due."""
        memory_mb = life.memory_mb()
        if memory_mb > self.spec.memory_mb:
            life.ended_for = f"{memory_mb:.0f} MB of memory, {self.spec.memory_mb} allowed"
            return
        match self._climber.next_rung(self.health, now_s, has_port=self.spec.usb is not None):
            case Rung.NEW_PROCESS:
                life.ended_for = f"unwell for long: {self.health.code}"
            case Rung.USB_OFF_AND_ON:
                self._set_health(_explained(self.health, off_and_on(self.spec.usb or "")))
            case None:
                pass

    def _take(self, message: Upward, descriptor: int | None) -> None:
        match message:
            case Beat():
                pass
            case HealthIs(health):
                self._set_health(health)
            case ReadingsAre(readings):
                self.readings = readings
                self._on_event(ReadingsChanged(self.spec.name, readings))
            case Said():
                self._hear(message.event())
            case Ready(identity):
                self.identity = identity
                self._seat.repeat_wishes()
            case Done(call_id, _) | Failed(call_id):
                self._calls.answer(call_id, message)
            case Picture(call_id, height, width, taken_s, _) if descriptor is not None:
                self._calls.answer(call_id, Frame(read_picture(descriptor, height, width), taken_s))
            case Ring() if descriptor is not None:
                self._ring = RingReader(descriptor)
            case Picture() | Ring():
                raise WireError("a picture without its memory")
            case _:
                assert_never(message)

    def _hear(self, event: DeviceEvent) -> None:
        if isinstance(event, _SUCCESSES):
            self._calls.note_success()
        self._on_event(event)

    def _mourn(self, life: Life | None) -> None:
        """Tell that the process is gone, and make sure that it is."""
        self._ring = None
        self.readings = {}
        stopping = self._stopping.is_set()
        if not stopping:
            self._calls.note_restart()
            self._tell_death("no process could be started" if life is None else life.end(_LAST_BREATH_S))
        # Only now: whoever hears that a command came to nothing finds the device unwell already.
        self._seat.fill(None)
        self._calls.cut_off()
        if life is not None:
            life.reap(self._patience.stop_s)

    def _tell_death(self, detail: str) -> None:
        flaps = self._deaths.note(time.monotonic())
        code, remedy = (FLAPPING, Remedy.SERVICE) if flaps else (RESTARTING, Remedy.RETRY)
        now = datetime.now(UTC)
        self._set_health(Health(self.spec.name, code, Severity.FAULT, remedy, now, detail))

    def _set_health(self, health: Health) -> None:
        before = self.health
        if replace(health, since=before.since) == before:
            return
        if health.code == before.code:
            health = replace(health, since=before.since)
        self.health = health
        self._climber.note(health, time.monotonic())
        self._on_event(HealthChanged(health))


def _explained(health: Health, trouble: str) -> Health:
    if not trouble or trouble in health.detail:
        return health
    return replace(health, detail="; ".join(filter(None, [health.detail, trouble])))
