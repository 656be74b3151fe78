"""Driver of smart card readers behind the system's smart card service (pcscd)."""

import threading
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from typing import Annotated, Any, Final

import msgspec

from devices.driver import Result
from devices.errors import DeviceError, Remedy
from devices.model import DeviceEvent, Reading, SmartCardRemoved
from devices.options import convert_options
from devices.smartcard.apdu import CardChannel
from devices.smartcard.monitor import Monitor
from devices.smartcard.piv import prove
from devices.smartcard.social_reading import read_social
from devices.smartcard.watch import Watch
from devices.transports.pcsc import (
    IN_USE,
    NO_CARD,
    REMOVED,
    PcscCard,
    PcscContext,
    ServiceDownError,
    use_service_socket,
)

_TICK_S: Final = 0.05
"""Looks wait no longer than this; taking none off the queue costs some microseconds."""
_FIRST_LOOK_S: Final = 2.0
_PATIENCE_S: Final = 0.6
"""A stranger's quick look at a card that was just put in is waited for."""
_PATIENCE_STEP_S: Final = 0.1
_STANDS_STILL: Final = "the service does not answer"


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Options of the driver ``pcsc``.

    Args:
        reader: Name of the reader as ``pcsc_scan`` shows it, or a part of it; ``""`` for the first there is.
        service_socket: Socket of another smart card service than the system's, or ``""``.
    """

    reader: Annotated[str, msgspec.Meta(max_length=128)] = ""
    service_socket: Annotated[str, msgspec.Meta(max_length=107, pattern=r"\A(/.*)?\Z")] = ""


def make(name: str, options: Mapping[str, Any]) -> "PcscReader":
    """Return the driver, not yet open.

    Raises:
        DeviceError: ``device.bad-option`` (service).
    """
    return PcscReader(name, convert_options(name, options, Options))


class PcscReader:
    """One reader; see ``devices.driver.CancellableDriver``.

    A command takes the card for itself, and leaves it without power. Which card that is the events have said:
    a command never speaks to another one than was told last.

    Args:
        name: Logical name from the profile.
        options: Which reader.
    """

    def __init__(self, name: str, options: Options) -> None:
        self.tick_s = _TICK_S
        self._name = name
        self._options = options
        self._watch = Watch(name)
        self._monitor: Monitor | None = None
        self._untold: list[DeviceEvent] = []
        self._cancelled = threading.Event()

    def open(self) -> Mapping[str, str]:
        """Begin to watch; returns ``model``, the reader's name.

        Raises:
            DeviceError: ``smartcard.service-down`` (retry, service when it lasts) or ``device.absent``
                (service).
        """
        if self._monitor is None:
            if self._options.service_socket:
                use_service_socket(self._options.service_socket)
            self._monitor = Monitor(self._name, self._options.reader)
            self._monitor.start()
        self._take_looks(0.0 if self._watch.reader else _FIRST_LOOK_S)
        trouble = self._watch.trouble(time.monotonic())
        if trouble is not None and not self._watch.reader:
            raise trouble
        return {"model": self._watch.reader}

    def tick(self) -> Sequence[DeviceEvent]:
        """Tell what the monitor saw.

        Raises:
            DeviceError: ``smartcard.service-down`` (retry, service when it lasts), ``device.absent``
                (service), ``smartcard.mute`` (resident).
        """
        self._take_looks()
        if self._untold:
            events, self._untold = self._untold, []
            return events
        self._complain()
        return ()

    def command(self, name: str, arguments: Mapping[str, Any]) -> Result:
        """Carry out ``read.social`` or ``staff.prove``; see ``devices.facades.smart_card``.

        Raises:
            DeviceError: As ``tick``; ``smartcard.no-card``, ``smartcard.removed``, ``smartcard.wrong-card``,
                ``smartcard.refused`` (resident), ``smartcard.data-invalid``, ``smartcard.garbled``
                (attendant), ``smartcard.in-use``, ``smartcard.cancelled`` (retry).
        """
        commands: Mapping[str, Callable[..., object]] = {"read.social": read_social, "staff.prove": prove}
        ask = commands[name]
        try:
            with self._card() as channel:
                return msgspec.to_builtins(ask(channel, **arguments), builtin_types=(bytes,))
        except DeviceError as error:
            if error.code == REMOVED:
                self._untold += self._watch.lose(time.monotonic())
            raise

    def readings(self) -> Mapping[str, Reading]:
        """Return ``reader``, its name, ``card`` (``in``, ``out`` or ``mute``), and ``inserted``, a count."""
        card = self._watch.card
        seen = "out" if card is None else "mute" if card.mute else "in"
        return {"reader": self._watch.reader, "card": seen, "inserted": self._watch.inserted}

    def stir(self) -> None:
        """Have the monitor look now."""
        if self._monitor is not None:
            self._monitor.stir()

    def allow(self) -> None:
        """A command begins."""
        self._cancelled.clear()

    def cancel(self) -> None:
        """Break off the command under way before its next exchange with the card; from any thread."""
        self._cancelled.set()

    def close(self) -> None:
        """End the monitor."""
        if self._monitor is not None:
            self._monitor.stop()

    def _take_looks(self, patience_s: float = 0.0) -> None:
        monitor = self._monitor
        if monitor is None or not monitor.alive:
            raise RuntimeError("the monitor has ended")
        look = monitor.next_look(patience_s)
        while look is not None:
            self._untold += self._watch.see(look, time.monotonic())
            look = monitor.next_look()
        self._untold += self._watch.settle(time.monotonic())

    def _complain(self) -> None:
        if self._monitor is not None and self._monitor.stalled:
            raise ServiceDownError(self._name, _STANDS_STILL)
        trouble = self._watch.trouble(time.monotonic())
        if trouble is not None:
            raise trouble

    @contextmanager
    def _card(self) -> Generator[CardChannel]:
        self._take_looks()
        self._complain()
        card = self._watch.card
        if any(isinstance(event, SmartCardRemoved) for event in self._untold):
            raise DeviceError(self._name, REMOVED, Remedy.RESIDENT, "another card than was told")
        if card is None:
            raise DeviceError(self._name, NO_CARD, Remedy.RESIDENT)
        with PcscContext(self._name) as context:
            connection = self._connect(context)
            try:
                if context.state(self._watch.reader).events != card.events:
                    raise DeviceError(self._name, REMOVED, Remedy.RESIDENT, "another card than was told")
                yield CardChannel(self._name, connection, self._cancelled.is_set)
            finally:
                connection.disconnect()

    def _connect(self, context: PcscContext) -> PcscCard:
        end_s = time.monotonic() + _PATIENCE_S
        while True:
            try:
                return context.connect(self._watch.reader)
            except DeviceError as error:
                if error.code != IN_USE or time.monotonic() >= end_s:
                    raise
            time.sleep(_PATIENCE_STEP_S)
