"""Options of an SDT reader in the terminal profile."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from devices.errors import DeviceError, Remedy

BAD_OPTION: Final = "device.bad-option"
SPEEDS: Final = (115200, 57600, 38400, 19200, 9600)
"""What the command 60 xx can set a reader to."""
LEAST_POLL_S: Final = 0.3
"""Readers miss cards when they are asked more often."""


@dataclass(frozen=True, slots=True)
class SdtOptions:
    """Where a reader is and how patient to be with it.

    Args:
        port: Path of the serial port, best one under ``/dev/serial/by-id``.
        baud: One of ``SPEEDS``.
        poll_s: Pause between two looks for a card.
        frame_timeout_s: For the answer to a question that takes the reader to the card.
    """

    port: str
    baud: int = SPEEDS[0]
    poll_s: float = LEAST_POLL_S
    frame_timeout_s: float = 1.5


def read_options(device: str, options: Mapping[str, Any]) -> SdtOptions:
    """Check what the profile says.

    Raises:
        DeviceError: ``device.bad-option`` (service), the detail naming the key and what it should be.
    """
    known = SdtOptions.__dataclass_fields__
    for key in options:
        if key not in known:
            raise _bad(device, f"{key} is none of {', '.join(known)}")
    try:
        checked = msgspec.convert(dict(options), SdtOptions)
    except msgspec.ValidationError as error:
        raise _bad(device, str(error)) from error
    if not checked.port:
        raise _bad(device, "port is the path of a serial port")
    if checked.baud not in SPEEDS:
        raise _bad(device, f"baud is one of {', '.join(map(str, SPEEDS))}")
    if not LEAST_POLL_S <= checked.poll_s <= LEAST_POLL_S * 10:
        raise _bad(device, f"poll_s is from {LEAST_POLL_S:g} to {LEAST_POLL_S * 10:g}")
    if not 0.3 <= checked.frame_timeout_s <= 10.0:  # noqa: PLR2004 - told in words right below
        raise _bad(device, "frame_timeout_s is from 0.3 to 10")
    return checked


def _bad(device: str, detail: str) -> DeviceError:
    return DeviceError(device, BAD_OPTION, Remedy.SERVICE, detail)
