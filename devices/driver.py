"""What the host asks of a driver: synchronous, single-threaded, ignorant of profile, session and Qt.

Each facade in ``devices.facades`` names the commands of its kind, with arguments and answer.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Protocol, runtime_checkable

from devices.errors import DeviceError
from devices.model import DeviceEvent, Frame, Reading

Result = None | str | int | float | bool | bytes | Mapping[str, Any]
"""What a command may answer besides pictures; crosses the pipe as msgpack."""


class Driver(Protocol):
    """One device, driven from one thread of its own process.

    The host calls ``open`` until it succeeds, then ``tick`` every ``tick_s`` seconds and ``command``
    in between, never two at once. A ``DeviceError`` from ``tick`` becomes the device's health; one from
    ``command`` is the command's answer. Any other exception ends the process, and the supervisor starts
    a new one. Getting a lost device back after the first successful ``open`` is the driver's own work,
    done in ``tick``.
    """

    @property
    def tick_s(self) -> float:
        """Seconds to the next tick. Read anew after every tick and command, so a driver may hurry or rest."""
        ...

    def open(self) -> Mapping[str, str]:
        """Connect and return the identity: vendor, model, serial, firmware, where known.

        Raises:
            DeviceError: ``device.absent`` (service) when nothing is there, or the driver's own codes.
        """
        ...

    def tick(self) -> Sequence[DeviceEvent]:
        """Look at the device once, for at most about a second.

        Raises:
            DeviceError: What is wrong with the device now; raised on every tick while it lasts.
        """
        ...

    def command(self, name: str, arguments: Mapping[str, Any]) -> Result | Frame | Iterator[Frame]:
        """Do one thing now.

        Returns:
            A value; a picture; or an iterator of pictures, each of which is handed over before the next is
            asked for, at most two ahead of whoever takes them, and which is closed when the command is
            cancelled between two of them.

        Raises:
            DeviceError: Why it could not be done.
            KeyError: The driver has no such command (a bug of the caller).
        """
        ...

    def close(self) -> None:
        """Let go of the device; called once, also after a failed open."""
        ...


@runtime_checkable
class PreviewDriver(Driver, Protocol):
    """A driver with a live picture; the host shares its frames through one memory both sides see.

    The driver answers the commands ``preview.start`` and ``preview.stop`` (no arguments, None; both may
    come twice) by setting a flag of its own. Both are sent again after the process was restarted.
    """

    def preview_frame(self) -> Frame | None:
        """Return a frame not handed over before, or None; called after every tick, never blocks long.

        Returns:
            The newest frame while the preview is on and there is a new one, else None.
        """
        ...


@runtime_checkable
class ComplainingDriver(Driver, Protocol):
    """A driver that works, and knows something that somebody should look at all the same."""

    def complaint(self) -> DeviceError | None:
        """Return what is the device's health while ``tick`` raises nothing, or None when all is well; no I/O.

        Called after every tick that raised nothing, so that events and a lasting complaint go together.
        """
        ...


@runtime_checkable
class ReportingDriver(Driver, Protocol):
    """A driver that tells more than its health: levels, counts, states of contacts."""

    def readings(self) -> Mapping[str, Reading]:
        """Return all readings as they are known now; called after every tick, also a failed one; no I/O.

        Never personal data: readings stand in logs and on the operator's screen.
        """
        ...


@runtime_checkable
class HotplugDriver(Driver, Protocol):
    """A driver that looks for its device at intervals and can be told that now is a good moment."""

    def stir(self) -> None:
        """Something was plugged in or pulled out somewhere: the next tick looks whatever the pauses say."""
        ...


@runtime_checkable
class CancellableDriver(Driver, Protocol):
    """A driver whose running command can be broken off."""

    def allow(self) -> None:
        """Forget that something was broken off: a command begins, and ``cancel`` means this one."""
        ...

    def cancel(self) -> None:
        """Break off the command under way, which then raises its own ``…cancelled`` error.

        The one method that is called from another thread: between ``allow`` and ``command``, while the
        command runs, and just after it.
        """
        ...


Factory = Callable[[str, Mapping[str, Any]], Driver]
"""Device name and options to a driver that is not yet open.

Raises:
    DeviceError: ``device.bad-option`` (service), the detail naming the key and what it should be.
"""
