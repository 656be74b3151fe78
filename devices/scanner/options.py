"""Options of the driver ``sane`` in a profile."""

from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal

import msgspec

from devices.options import convert_options

Setting = str | int | float | bool
"""Value of a SANE option."""
Dpi = Annotated[int, msgspec.Meta(ge=50, le=1200)]
_Millimetres = Annotated[float, msgspec.Meta(gt=0, le=1500)]
_Word = Annotated[str, msgspec.Meta(min_length=1)]

DOCUMENT: Final = "document"
"""Profile of ``scan`` where none is named."""
FEEDER: Final = "feeder"
"""Profile of ``feed`` where none is named."""


class Size(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Size of a page."""

    width_mm: _Millimetres
    height_mm: _Millimetres


_SIZES: Final = {  # ISO 216; ID-1 of ISO/IEC 7810
    "A4": Size(210.0, 297.0),
    "A5": Size(148.0, 210.0),
    "A6": Size(105.0, 148.0),
    "ID-1": Size(85.6, 53.98),
}


class Profile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How one kind of page is scanned; what is None is left as the device has it.

    Args:
        dpi: Resolution.
        mode: SANE's ``mode``, or ``colour``, ``gray`` or ``lineart`` for whatever the device calls it.
        source: SANE's ``source``, or ``flatbed``, ``feeder`` or ``duplex`` for whatever it is called.
        duplex: True takes both sides: by a source that does, or by a switch of the device.
        page: Part of the glass or size of the sheets, from the upper left corner.
        extra: Further SANE options by name.
    """

    dpi: Dpi | None = None
    mode: _Word | None = None
    source: _Word | None = None
    duplex: bool = False
    page: Literal["A4", "A5", "A6", "ID-1"] | Size | None = None
    extra: dict[str, Setting] = {}

    @property
    def size(self) -> Size | None:
        """Size of the page."""
        return _SIZES[self.page] if isinstance(self.page, str) else self.page

    def over(self, base: "Profile") -> "Profile":
        """Return this profile with what it leaves open taken from another."""
        return Profile(
            dpi=self.dpi or base.dpi,
            mode=self.mode or base.mode,
            source=self.source or base.source,
            duplex=self.duplex or base.duplex,
            page=self.page or base.page,
            extra=base.extra | self.extra,
        )


class Match(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which of the listed devices is meant, whatever its number on the bus; case does not count.

    Args:
        vendor: As SANE lists it, ``*`` and ``?`` stand for anything.
        model: Likewise.
        name: SANE's name, likewise: ``"airscan:*:Office"``, ``"genesys:libusb:*"``.
        serial: Of the USB device, or a part of SANE's name.
    """

    vendor: _Word | None = None
    model: _Word | None = None
    name: _Word | None = None
    serial: _Word | None = None

    def __post_init__(self) -> None:
        """Refuse to fit everything."""
        if not (self.vendor or self.model or self.name or self.serial):
            raise ValueError("names none of vendor, model, name, serial")


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Options of the driver ``sane``; either ``device`` or ``match`` says which scanner.

    Args:
        device: SANE's exact name of the device, such as ``"pnm:0"``.
        match: What the device is by vendor, model, name pattern or serial number.
        network: Whether SANE asks in the network too. Needed for a scanner that is not on this machine.
        usb_id: ``"vid:pid"`` of the scanner, by which unplugging is seen within a second where SANE's name
            does not tell the place on the bus.
        sysfs: Where the kernel lists USB devices.
        config_dir: Folder whose ``dll.conf`` names the back ends, or None for the system's.
        page_file: The page that lies on the glass of the ``pnm`` back end: a PNM file, read at each scan.
        dpi: See ``Profile``; these hold for every profile that does not say otherwise.
        mode: Likewise.
        source: Likewise.
        duplex: Likewise.
        page: Likewise.
        extra: Likewise.
        profiles: Settings by name. ``scan`` takes ``document`` and ``feed`` takes ``feeder`` unless told.
        busy_s: How long a busy device is asked again before ``scanner.busy`` is said.
        look_s: Seconds between two looks at SANE's list for a device whose unplugging nothing else tells.
        most_pages: Most pages of one feed: some back ends never say that the feeder is empty, and pages wait
            in memory, 26 MB each for A4 in colour at 300 dpi.
        most_mb: Largest page; one that does not end is broken off.
        trust_sensors: Whether the device's sensors decide if a scan is tried at all.
    """

    device: _Word | None = None
    match: Match | None = None
    network: bool = False
    usb_id: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{4}:[0-9a-f]{4}$")] | None = None
    sysfs: str = "/sys/bus/usb/devices"
    config_dir: str | None = None
    page_file: str | None = None
    dpi: Dpi | None = None
    mode: _Word | None = None
    source: _Word | None = None
    duplex: bool = False
    page: Literal["A4", "A5", "A6", "ID-1"] | Size | None = None
    extra: dict[str, Setting] = {}
    profiles: dict[str, Profile] = {}
    busy_s: Annotated[float, msgspec.Meta(ge=0, le=60)] = 5.0
    look_s: Annotated[float, msgspec.Meta(ge=1, le=3600)] = 15.0
    most_pages: Annotated[int, msgspec.Meta(ge=1, le=1000)] = 30
    most_mb: Annotated[int, msgspec.Meta(ge=1, le=1024)] = 160
    trust_sensors: bool = True

    def __post_init__(self) -> None:
        """Refuse what names no device, or two."""
        if (self.device is None) == (self.match is None):
            raise ValueError("one of device and match must say which scanner")

    def profile(self, name: str | None, usual: str) -> Profile:
        """Return the settings of a profile.

        Args:
            name: As the program asks for it, or None.
            usual: Taken for None where there is a profile of that name, else the settings for all.

        Raises:
            KeyError: There is no profile of that name.
        """
        base = Profile(self.dpi, self.mode, self.source, self.duplex, self.page, self.extra)
        if name is not None:
            return self.profiles[name].over(base)
        return self.profiles[usual].over(base) if usual in self.profiles else base


def read_options(device: str, options: Mapping[str, Any]) -> Options:
    """Check the options of a device.

    Raises:
        DeviceError: ``device.bad-option`` (service), the detail naming the key.
    """
    return convert_options(device, options, Options)
