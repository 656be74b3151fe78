"""Driver of the housing's contacts: a module of digital inputs that speaks Modbus RTU over a serial line."""

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from devices.driver import Result
from devices.errors import DeviceError, Remedy, Severity
from devices.model import DeviceEvent, Reading
from devices.sensors.contacts import Contacts
from devices.sensors.latch import Latch
from devices.sensors.modbus import BUSY, LINE_ERROR, NO_ANSWER, ModbusLink
from devices.sensors.options import DOOR, TAMPER, ModbusOptions, read_options
from devices.transports.serial import SerialLine
from devices.values.sensors import Contact, SensorStates, family

TROUBLE_LIMIT: Final = 3
"""Looks in a row without a proper answer after which somebody has to come."""
LOST_TICK_S: Final = 0.5
"""Between two looks for a module that is not there."""
TEMPERATURE_EVERY_S: Final = 2.0
COOLER_C: Final = 5.0
"""A housing that was too hot has cooled when it is so much below the limit."""
_PARITIES: Final[Mapping[str, Any]] = {"none": "N", "even": "E", "odd": "O"}
_TRANSIENT: Final = frozenset({NO_ANSWER, LINE_ERROR, BUSY})


class ModbusInputs:
    """One module; see ``devices.driver.Driver``.

    Args:
        device: Logical name.
        options: Where it is, and what its contacts are.
    """

    def __init__(self, device: str, options: ModbusOptions) -> None:
        self._device = device
        self._options = options
        self._contacts = Contacts(options.inputs, options.first_bit, options.debounce_s)
        self._latch = Latch(device, None if options.latch is None else Path(options.latch))
        self._line: SerialLine | None = None
        self._link: ModbusLink | None = None
        self._troubles = 0
        self._served = False
        self._temperature_c: float | None = None
        self._temperature_due_s = 0.0
        self._hot = False

    @property
    def tick_s(self) -> float:
        """As the options say; less often while there is nothing to look at."""
        return LOST_TICK_S if self._link is None else self._options.poll_s

    def open(self) -> Mapping[str, str]:
        """Connect, ask once, and remember a tampering that was not acknowledged.

        Raises:
            DeviceError: The port's own; ``sensors.latch-unwritable``; as ``ModbusLink.inputs``;
                ``sensors.tamper`` (security) when the module cannot be asked and a tampering is remembered.
        """
        self._latch.load()
        try:
            self._ask(self._connected())
        except DeviceError as error:
            self._drop()
            raise self._worst(error) from error
        return {"model": "Modbus RTU inputs", "unit": str(self._options.unit)}

    def tick(self) -> Sequence[DeviceEvent]:
        """Look at the contacts and the thermometer.

        Raises:
            DeviceError: ``sensors.tamper`` (service, security) until it is acknowledged, whatever else is;
                the port's own; as ``ModbusLink.inputs``, service after ``TROUBLE_LIMIT`` in a row;
                ``sensors.door-open`` or ``sensors.too-hot`` (attendant); ``sensors.latch-unwritable``.
        """
        try:
            self._ask(self._connected())
            self._latch.add(self._open(TAMPER))
        except DeviceError as error:
            raise self._worst(self._after(error)) from error
        self._troubles = 0
        if self._latch.names or self._open(DOOR) or self._hot:
            raise self._worst(None)
        return ()

    def readings(self) -> Mapping[str, Reading]:
        """Return what is known of the housing; see ``devices.values.sensors``."""
        return SensorStates(self._contacts.states(), self._temperature_c, self._latch.names).readings()

    def command(self, name: str, arguments: Mapping[str, Any]) -> Result:
        """Carry out ``acknowledge`` (answers the names, separated by blanks) or ``serve`` (``on``).

        Raises:
            DeviceError: ``sensors.still-open`` (attendant) or ``sensors.latch-unwritable`` (service).
        """
        match name:
            case "acknowledge":
                return self._acknowledge()
            case "serve":
                self._served = bool(arguments["on"])
                return None
            case _:
                raise KeyError(name)

    def close(self) -> None:
        """Let go of the port; ``tick`` opens it again."""
        self._drop()

    # What is wrong --------------------------------------------------------------------------------

    def _worst(self, trouble: DeviceError | None) -> DeviceError:
        """Return what to tell of several things that are wrong."""
        if self._latch.names:
            detail = " ".join(self._latch.names) + (f"; {trouble.code} {trouble.detail}" if trouble else "")
            code = "sensors.tamper"
            return DeviceError(self._device, code, Remedy.SERVICE, detail, Severity.SECURITY)
        if trouble is not None:
            return trouble
        doors = self._open(DOOR)
        if doors:
            return DeviceError(self._device, "sensors.door-open", Remedy.ATTENDANT, " ".join(doors))
        detail = f"{self._temperature_c:g} °C"
        return DeviceError(self._device, "sensors.too-hot", Remedy.ATTENDANT, detail)

    def _open(self, wanted: str) -> tuple[str, ...]:
        if wanted == DOOR and self._served:
            return ()
        states = self._contacts.states().items()
        return tuple(name for name, state in states if state is Contact.OPEN and family(name) == wanted)

    def _acknowledge(self) -> str:
        states = self._contacts.states().items()
        unfit = [name for name, state in states if family(name) == TAMPER and state is not Contact.CLOSED]
        if unfit:
            raise DeviceError(self._device, "sensors.still-open", Remedy.ATTENDANT, " ".join(unfit))
        return " ".join(self._latch.clear())

    def _after(self, error: DeviceError) -> DeviceError:
        """Return the error to raise for one that came from the module, and get ready for the next look."""
        if error.code not in _TRANSIENT:
            if error.severity is not Severity.WARN:
                self._drop()
            return error
        self._troubles += 1
        if self._troubles < TROUBLE_LIMIT:
            return error
        self._drop()  # a fresh start of the port wakes some USB converters
        return DeviceError(self._device, error.code, Remedy.SERVICE, error.detail)

    # The module -----------------------------------------------------------------------------------

    def _ask(self, link: ModbusLink) -> None:
        options = self._options
        self._contacts.feed(link.inputs(options.first_bit, options.bits), time.monotonic())
        thermometer = options.temperature
        if thermometer is None or time.monotonic() < self._temperature_due_s:
            return
        degrees_c = link.register(thermometer.register) * thermometer.scale_c
        self._temperature_due_s = time.monotonic() + TEMPERATURE_EVERY_S
        self._temperature_c = float(round(degrees_c))
        self._hot = degrees_c > thermometer.limit_c - (COOLER_C if self._hot else 0.0)

    def _connected(self) -> ModbusLink:
        if self._link is None:
            options = self._options
            parity = _PARITIES[options.parity]
            self._line = SerialLine.open(self._device, options.port, options.baud, parity)
            self._link = ModbusLink(self._device, self._line, options.unit, options.answer_timeout_s)
        return self._link

    def _drop(self) -> None:
        if self._line is not None:
            self._line.close()
        self._line = self._link = None
        self._contacts.forget()
        self._temperature_c, self._temperature_due_s = None, 0.0


def make(name: str, options: Mapping[str, Any]) -> ModbusInputs:
    """Return a driver that is not yet open; see ``ModbusOptions``.

    Raises:
        DeviceError: ``device.bad-option`` (service).
    """
    return ModbusInputs(name, read_options(name, options))
