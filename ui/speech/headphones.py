"""Whether headphones are in: what is personal is said through them alone."""

import fcntl
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol, assert_never

from ui.speech.model import HeadphonesName

_DEVICES = Path("/proc/bus/input/devices")
_INPUT = Path("/dev/input")
# linux/input-event-codes.h and linux/input.h: SW_HEADPHONE_INSERT, EVIOCGSW(8).
_HEADPHONE = 2
_STATE_BYTES = 8
_READ_SWITCHES = 0x80000000 | (_STATE_BYTES << 16) | (ord("E") << 8) | 0x1B


class Headphones(Protocol):
    """The socket for headphones."""

    def are_in(self) -> bool:
        """Return whether headphones are plugged in now; False where nobody can tell."""
        ...


class FixedHeadphones:
    """A terminal that is known to have a handset only, or nothing to tell by.

    Args:
        present: Whether everything it says is heard by one person alone.
    """

    def __init__(self, *, present: bool) -> None:
        self._present = present

    def are_in(self) -> bool:
        """Return what the profile says."""
        return self._present


class JackSensor:
    """Asks the sound card's socket, which the kernel shows as a switch among the input devices.

    Args:
        devices: The kernel's list of input devices.
        folder: Where their device files are.
        read: Returns the switches of a device file as bytes, the first switch the lowest bit.
    """

    def __init__(
        self,
        devices: Path = _DEVICES,
        folder: Path = _INPUT,
        read: Callable[[Path], bytes] | None = None,
    ) -> None:
        self._devices = devices
        self._folder = folder
        self._read = read or read_switches

    def are_in(self) -> bool:
        """Return whether a plug is in any headphone socket; False when none can be asked."""
        try:
            return any(self._is_closed(name) for name in jacks(self._devices.read_text("utf-8")))
        except OSError:
            return False

    def _is_closed(self, name: str) -> bool:
        try:
            state = self._read(self._folder / name)
        except OSError:
            return False
        return bool(int.from_bytes(state, "little") >> _HEADPHONE & 1)


def jacks(listing: str) -> Iterator[str]:
    """Yield the event devices that have a headphone switch, e.g. ``"event7"``."""
    for block in listing.split("\n\n"):
        switches = re.search(r"^B: SW=.*?([0-9a-f]+)$", block, re.MULTILINE)
        event = re.search(r"^H: Handlers=.*?\b(event\d+)\b", block, re.MULTILINE)
        if switches and event and int(switches[1], 16) >> _HEADPHONE & 1:
            yield event[1]


def read_switches(path: Path) -> bytes:
    """Return the state of a device's switches.

    Raises:
        OSError: The device is gone or may not be read.
    """
    device = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        return bytes(fcntl.ioctl(device, _READ_SWITCHES, bytes(_STATE_BYTES)))
    finally:
        os.close(device)


def headphones_of(name: HeadphonesName) -> Headphones:
    """Return what tells whether headphones are in."""
    match name:
        case "sensor":
            return JackSensor()
        case "present" | "absent":
            return FixedHeadphones(present=name == "present")
        case _:
            assert_never(name)
