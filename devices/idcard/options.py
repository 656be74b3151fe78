"""Options of an SDT reader in the terminal profile."""

from collections.abc import Mapping
from typing import Annotated, Any, Final

import msgspec

from devices.idcard.photo import Mirror, PhotoHelper
from devices.idcard.questions import SPEEDS
from devices.options import bad_option, convert_options
from devices.transports.usb_ids import UsbId, parse

LEAST_POLL_S: Final = 0.3
"""Readers miss cards when they are asked more often."""
MOST_POLL_S: Final = 0.8
"""An unplugged reader is to be noticed within a second."""


class SdtOptions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a reader is and how patient to be with it; either ``port`` or ``usb``.

    Args:
        port: Serial port: a path, best one under ``/dev/serial/by-id``, or ``usb:vid:pid[:serial]``.
        usb: A reader that is no serial port: ``vid:pid`` or ``vid:pid:serial``, standard ``0400:c35a``.
        baud: Speed of the serial port, one of ``SPEEDS``; a reader that has another one is set to it.
        poll_s: Pause between two looks for a card.
        frame_timeout_s: For the answer to a question that takes the reader to the card.
        fingerprints: Whether to read them; nothing that is not needed is to be read.
        radio_frame: What to set the reader's radio frames to, or None to leave them.
        photo_helper: Program that decodes photos, and its arguments; see ``photo``.
        photo_mirror: What has to be turned in its pictures.
        photo_timeout_s: Time it has.
        photo_memory_mb: Address space it has.
    """

    port: str = ""
    usb: str = ""
    baud: int = SPEEDS[0]
    poll_s: Annotated[float, msgspec.Meta(ge=LEAST_POLL_S, le=MOST_POLL_S)] = LEAST_POLL_S
    frame_timeout_s: Annotated[float, msgspec.Meta(ge=0.3, le=10.0)] = 1.5
    fingerprints: bool = False
    radio_frame: Annotated[int, msgspec.Meta(ge=0, le=255)] | None = None
    photo_helper: tuple[str, ...] = ()
    photo_mirror: Mirror = "none"
    photo_timeout_s: Annotated[float, msgspec.Meta(ge=0.1, le=5.0)] = 0.6
    photo_memory_mb: Annotated[int, msgspec.Meta(ge=16, le=1024)] = 256

    @property
    def usb_id(self) -> UsbId | None:
        """The device on the USB, or None for a serial port."""
        return parse(f"usb:{self.usb}")

    @property
    def helper(self) -> PhotoHelper:
        """What decodes photos."""
        return PhotoHelper(self.photo_helper, self.photo_mirror, self.photo_timeout_s, self.photo_memory_mb)


def read_options(device: str, options: Mapping[str, Any]) -> SdtOptions:
    """Check what the profile says.

    Raises:
        DeviceError: ``device.bad-option`` (service), the detail naming the key and what it should be.
    """
    known = SdtOptions.__struct_fields__
    for key in options:
        if key not in known:
            raise bad_option(device, f"{key} is none of {', '.join(known)}")
    checked = convert_options(device, options, SdtOptions)
    if bool(checked.port) == bool(checked.usb):
        raise bad_option(
            device, "either port (a serial port) or usb (vid:pid or vid:pid:serial) says where it is"
        )
    if checked.usb and checked.usb_id is None:
        raise bad_option(device, f"usb {checked.usb!r} is vid:pid or vid:pid:serial, ids in four hex digits")
    if checked.baud not in SPEEDS:
        raise bad_option(device, f"baud is one of {', '.join(map(str, SPEEDS))}")
    if checked.usb and "baud" in options:
        raise bad_option(device, "baud is for a serial port; usb has no speed to choose")
    if checked.photo_helper and not checked.photo_helper[0].startswith("/"):
        raise bad_option(device, "photo_helper begins with the whole path of a program")
    return checked
