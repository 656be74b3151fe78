"""What a scanner tells without scanning: read-only options that some back ends have."""

from dataclasses import dataclass
from typing import Final

from devices.scanner.offer import Offers
from devices.scanner.sane_port import SanePort

_FEEDER: Final = ("page-loaded", "adf-loaded")
"""fujitsu, genesys, canon_dr, epsonds."""
_COVER: Final = ("cover-open",)
"""fujitsu, kodak."""
_DOUBLE: Final = ("double-feed",)


@dataclass(frozen=True, slots=True)
class Sensors:
    """Names of the options, ``""`` where the device has none for it.

    Args:
        feeder: True when a page lies in the feeder.
        cover: True when a lid is open.
        double: True when two sheets came at once last time.
    """

    feeder: str = ""
    cover: str = ""
    double: str = ""

    @classmethod
    def of(cls, offers: Offers) -> "Sensors":
        """Find the sensors of a device."""

        def first(names: tuple[str, ...]) -> str:
            return next((name for name in names if name in offers and offers[name].kind == "bool"), "")

        return cls(first(_FEEDER), first(_COVER), first(_DOUBLE))

    @property
    def names(self) -> tuple[str, ...]:
        """What they can tell: ``feeder``, ``cover``."""
        return tuple(word for word, option in (("feeder", self.feeder), ("cover", self.cover)) if option)


@dataclass(frozen=True, slots=True)
class Sensed:
    """What the sensors say; None is what they do not."""

    loaded: bool | None = None
    cover_open: bool | None = None
    double_feed: bool | None = None


def sense(port: SanePort, sensors: Sensors) -> Sensed:
    """Ask the sensors of the open device.

    Raises:
        DeviceError: What SANE says; a device that was pulled out says ``scanner.io-error``.
    """

    def tells(option: str) -> bool | None:
        value = port.value(option) if option else None
        return None if value is None else bool(value)

    return Sensed(tells(sensors.feeder), tells(sensors.cover), tells(sensors.double))
