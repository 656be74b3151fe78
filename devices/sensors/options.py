"""Options of a module of digital inputs in the terminal profile."""

import re
from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal

import msgspec

from devices.options import bad_option, convert_options
from devices.values.sensors import family

DOOR: Final = "door"
TAMPER: Final = "tamper"
_FAMILIES: Final = (DOOR, TAMPER, "presence")
_NAME: Final = re.compile(r"[a-z]+(-[a-z0-9]+)*")
_MOST_BITS: Final = 2000
"""In one answer, by the specification of function 02."""

Address = Annotated[int, msgspec.Meta(ge=0, le=65535)]


class Input(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One contact.

    Args:
        bit: Address of the discrete input, from 0.
        closed: What the bit is while the contact is closed: the door shut, the cover in its place, somebody
            before a presence sensor.
    """

    bit: Address
    closed: bool = True


class Temperature(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A thermometer of the same module.

    Args:
        register: Address of the input register, from 0; a signed number.
        limit_c: Above this the housing is too hot.
        scale_c: Degrees Celsius that one unit of the register stands for.
    """

    register: Address
    limit_c: Annotated[float, msgspec.Meta(ge=20, le=120)] = 60.0
    scale_c: Annotated[float, msgspec.Meta(gt=0, le=10)] = 0.1


class ModbusOptions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Options of the driver ``modbus-inputs``.

    Args:
        port: Path of the serial port, or ``usb:vid:pid`` or ``usb:vid:pid:serial``.
        inputs: Contacts by name, ``door``, ``tamper`` or ``presence``, with more behind a hyphen where there
            are several: ``door-rear``.
        baud: Speed of the line.
        parity: Of the line; the specification has ``even``, many modules come with ``none``.
        unit: Address of the module on the line.
        poll_s: Pause between two looks.
        debounce_s: A contact has to stay in its new state for this long.
        answer_timeout_s: For an answer.
        temperature: The thermometer, if there is one.
        latch: File that keeps a tampering in mind over a restart, or None to forget it then.
    """

    port: Annotated[str, msgspec.Meta(min_length=1)]
    inputs: Annotated[dict[str, Input], msgspec.Meta(min_length=1)]
    baud: Literal[1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200] = 9600
    parity: Literal["none", "even", "odd"] = "none"
    unit: Annotated[int, msgspec.Meta(ge=1, le=247)] = 1
    poll_s: Annotated[float, msgspec.Meta(ge=0.01, le=0.5)] = 0.05
    debounce_s: Annotated[float, msgspec.Meta(ge=0, le=2)] = 0.05
    answer_timeout_s: Annotated[float, msgspec.Meta(ge=0.05, le=0.5)] = 0.3
    temperature: Temperature | None = None
    latch: Annotated[str, msgspec.Meta(min_length=1)] | None = None

    @property
    def first_bit(self) -> int:
        """Lowest address of an input."""
        return min(contact.bit for contact in self.inputs.values())

    @property
    def bits(self) -> int:
        """How many inputs one question has to ask for."""
        return max(contact.bit for contact in self.inputs.values()) - self.first_bit + 1


def read_options(device: str, options: Mapping[str, Any]) -> ModbusOptions:
    """Check what the profile says.

    Raises:
        DeviceError: ``device.bad-option`` (service), the detail naming the key and what it should be.
    """
    checked = convert_options(device, options, ModbusOptions)
    for name in checked.inputs:
        if not _NAME.fullmatch(name) or family(name) not in _FAMILIES:
            raise bad_option(
                device, f"inputs: {name!r} is none of {', '.join(_FAMILIES)}, or one of them-something"
            )
    places = [contact.bit for contact in checked.inputs.values()]
    if len(set(places)) < len(places):
        raise bad_option(device, "inputs: each has a bit of its own")
    if checked.bits > _MOST_BITS:
        raise bad_option(device, f"inputs: bits lie within {_MOST_BITS} of each other")
    return checked
