"""Options of a code scanner in the terminal profile."""

from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal

import msgspec

from devices.options import convert_options

_TERMINATORS: Final = {"cr": b"\r", "lf": b"\n", "crlf": b"\r\n", "none": b""}
_HEX: Final = msgspec.Meta(pattern="^([0-9a-fA-F]{2})*$", max_length=128)


class CodeOptions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a scanner is, how it writes a code, and what is taken for one.

    Args:
        port: Path of the serial port, best one under ``/dev/serial/by-id``, or ``usb:vid:pid[:serial]``.
        baud: Speed; a USB-CDC scanner does not care.
        terminator: What the scanner sends after each code; with ``none`` a pause of ``gap_s`` ends it.
        gap_s: Pause after which a code has ended, or has lost its end.
        max_bytes: Longest code taken; a longer one is dropped.
        charset: Printable ASCII, or printable characters of UTF-8.
        prefix: Dropped at the beginning of a code that has it.
        suffix: Dropped at the end of a code that has it.
        aim_id: Whether the scanner sends AIM's three-character symbology identifier before each code
            (ISO/IEC 15424, such as ``]Q1``), which is dropped.
        hold_s: The same code is not told again before it was out of sight for so long.
        flood_per_s: More codes a second than this are no person's doing.
        flood_rest_s: So long must be quiet after a flood before codes are told again.
        arm_hex: Sent to the scanner when it is armed, in hexadecimal: its trigger, ``16540d`` for many.
        disarm_hex: Sent when it is disarmed: ``16550d`` for many.
    """

    port: Annotated[str, msgspec.Meta(min_length=1)]
    baud: Literal[115200, 57600, 38400, 19200, 9600] = 115200
    terminator: Literal["cr", "lf", "crlf", "none"] = "cr"
    gap_s: Annotated[float, msgspec.Meta(ge=0.02, le=2)] = 0.2
    max_bytes: Annotated[int, msgspec.Meta(ge=1, le=4296)] = 512
    charset: Literal["ascii", "utf-8"] = "ascii"
    prefix: Annotated[str, msgspec.Meta(max_length=32)] = ""
    suffix: Annotated[str, msgspec.Meta(max_length=32)] = ""
    aim_id: bool = False
    hold_s: Annotated[float, msgspec.Meta(ge=0, le=30)] = 2.0
    flood_per_s: Annotated[int, msgspec.Meta(ge=2, le=50)] = 10
    flood_rest_s: Annotated[float, msgspec.Meta(ge=0.1, le=60)] = 5.0
    arm_hex: Annotated[str, _HEX] = ""
    disarm_hex: Annotated[str, _HEX] = ""

    @property
    def end(self) -> bytes:
        """Bytes after each code, empty where a pause ends it."""
        return _TERMINATORS[self.terminator]


def read_options(device: str, options: Mapping[str, Any]) -> CodeOptions:
    """Check what the profile says.

    Raises:
        DeviceError: ``device.bad-option`` (service), the detail naming the key and what it should be.
    """
    return convert_options(device, options, CodeOptions)
