"""Which entry of SANE's list is the scanner of the profile; pure.

A name such as ``genesys:libusb:001:004`` holds the device's number on the bus, which is another one after
every plugging in and may be after every start of the machine.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Final

from devices.scanner.options import Match, Options

_ADDRESS: Final = re.compile(r"libusb:\d{3}:\d{3}")


@dataclass(frozen=True, slots=True)
class Listed:
    """One device as SANE lists it."""

    name: str
    vendor: str
    model: str


class NotFoundError(Exception):
    """None of the listed devices is meant, or more than one; says so in words for the log."""


def find(
    listed: Sequence[Listed], options: Options, known: Listed | None, serial_of: Callable[[str], str]
) -> Listed:
    """Return the device that the options mean.

    Args:
        listed: SANE's list.
        options: Of the driver.
        known: The entry as which the device was open before, or None.
        serial_of: Serial number of the USB device with a name of SANE's, or ``""``.

    Raises:
        NotFoundError: None, or more than one.
    """
    if options.match is not None:
        found = [entry for entry in listed if _fits(entry, options.match, serial_of)]
    else:
        found = [entry for entry in listed if entry.name == options.device]
        if not found and known is not None:
            found = [entry for entry in listed if _is_same(entry, known)]
    if len(found) == 1:
        return found[0]
    names = ", ".join(entry.name for entry in found or listed) or "no device at all"
    raise NotFoundError(f"SANE lists {names}" if not found else f"more than one fits: {names}")


def _fits(entry: Listed, match: Match, serial_of: Callable[[str], str]) -> bool:
    pairs = ((entry.vendor, match.vendor), (entry.model, match.model), (entry.name, match.name))
    if not all(_like(text, pattern) for text, pattern in pairs):
        return False
    return match.serial is None or match.serial in entry.name or serial_of(entry.name) == match.serial


def _like(text: str, pattern: str | None) -> bool:
    return pattern is None or fnmatchcase(text.casefold(), pattern.casefold())


def _is_same(entry: Listed, known: Listed) -> bool:
    """Return whether two entries differ in the number on the bus alone."""
    blank = "libusb"
    return (
        _ADDRESS.sub(blank, entry.name) == _ADDRESS.sub(blank, known.name)
        and (entry.vendor, entry.model) == (known.vendor, known.model)
        and _ADDRESS.search(known.name) is not None
    )
