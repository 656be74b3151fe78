"""What udev tells of devices that come and go, through pyudev."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, Self, cast

from devices.hotplug.burst import Action, Plug

_SUBSYSTEMS: Final = ("tty", "usb", "video4linux", "usbmisc")
_ACTIONS: Final[Mapping[str, Action]] = {"add": "add", "remove": "remove"}
_ID: Final = ("ID_VENDOR_ID", "ID_MODEL_ID", "ID_SERIAL_SHORT")
"""Properties that udev's own rules add; the kernel has another one, PRODUCT, for USB devices only."""


class UdevLostError(Exception):
    """Nothing is heard of udev on this connection any more; another one may do."""


class UdevEvents:
    """One connection to udev; use ``open``.

    Args:
        monitor: A started ``pyudev.Monitor``.
    """

    def __init__(self, monitor: Any) -> None:  # noqa: ANN401 - pyudev has no types
        self._monitor = monitor

    @classmethod
    def open(cls) -> Self:
        """Listen from now on.

        Raises:
            UdevLostError: Not here: no libudev, or no netlink for this process.
        """
        try:
            import pyudev  # noqa: PLC0415 - loads libudev, and is not worth a later start of the screen
        except ImportError as error:
            raise UdevLostError(str(error)) from error
        try:
            monitor = cast("Any", pyudev).Monitor.from_netlink(cast("Any", pyudev).Context())
            for subsystem in _SUBSYSTEMS:
                monitor.filter_by(subsystem)
            monitor.start()
        except (OSError, ImportError) as error:
            raise UdevLostError(str(error)) from error
        return cls(monitor)

    def fileno(self) -> int:
        """Return the descriptor that becomes readable when something happened."""
        return self._monitor.fileno()

    def read(self) -> Iterator[Plug]:
        """Yield what has happened, without waiting.

        Raises:
            UdevLostError: The connection is of no use any more. After an overflow pyudev does not read what
                is left, and reports the same error for ever (pyudev issue 194).
        """
        while True:
            try:
                device = self._monitor.poll(timeout=0)
            except OSError as error:
                raise UdevLostError(str(error)) from error
            if device is None:
                return
            yield _plug(device)


def _plug(device: Any) -> Plug:  # noqa: ANN401 - pyudev has no types
    properties = device.properties
    ids = [str(properties.get(name, "")) for name in _ID]
    return Plug(
        _ACTIONS.get(device.action, "change"),
        device.subsystem or "",
        device.device_node or "",
        ":".join(filter(None, ids)) if all(ids[:2]) else _product(str(properties.get("PRODUCT", ""))),
    )


def _product(text: str) -> str:
    """Return ``vid:pid`` from what the kernel says: ``403/6001/600``, hexadecimal without leading zeros."""
    vendor, _, rest = text.partition("/")
    product = rest.partition("/")[0]
    return f"{vendor:0>4}:{product:0>4}" if vendor and product else ""
