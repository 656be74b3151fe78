"""Driver of any scanner that SANE knows."""

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Final

import msgspec

from devices.errors import DeviceError, Remedy
from devices.health import ABSENT
from devices.model import DeviceEvent, Frame
from devices.scanner.faults import NO_PAGE
from devices.scanner.sane_port import SanePort, Setting

_LOOK_S: Final = 15.0
"""Between two looks at the list of devices; asking a USB scanner more often wakes its lamp."""


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Options of the driver ``sane``.

    Args:
        device: SANE's name of the device, such as ``"pnm:0"``.
        config_dir: Folder whose ``dll.conf`` names the back ends, or None for the system's.
        page_file: The page that lies on the glass of the ``pnm`` back end: a PNM file, read at each scan.
        dpi: Resolution, or None for the device's own.
        mode: SANE's ``mode``, such as ``"Color"``, or None.
        source: SANE's ``source``, such as ``"Flatbed"``, or None.
        extra: Further SANE options by name.
    """

    device: Annotated[str, msgspec.Meta(min_length=1)]
    config_dir: str | None = None
    page_file: str | None = None
    dpi: Annotated[int, msgspec.Meta(ge=50, le=1200)] | None = None
    mode: str | None = None
    source: str | None = None
    extra: dict[str, Setting] = {}

    def settings(self) -> dict[str, Setting]:
        """Return the SANE options in the order in which they are set: the source decides the rest."""
        named = {
            "filename": self.page_file,
            "source": self.source,
            "mode": self.mode,
            "resolution": self.dpi,
        }
        return {name: value for name, value in named.items() if value is not None} | self.extra


def make(name: str, options: Mapping[str, Any]) -> "SaneScanner":
    """Return the driver, not yet open.

    Raises:
        DeviceError: ``device.bad-option`` (service).
    """
    try:
        return SaneScanner(name, msgspec.convert(dict(options), Options))
    except msgspec.ValidationError as error:
        raise DeviceError(name, "device.bad-option", Remedy.SERVICE, str(error)) from error


class SaneScanner:
    """One scanner; see ``devices.driver.Driver``.

    Args:
        name: Logical name from the profile.
        options: Which device, and how it is set.
    """

    def __init__(self, name: str, options: Options) -> None:
        self.tick_s = 1.0
        self._name = name
        self._options = options
        self._port: SanePort | None = None
        self._is_open = False
        self._look_s = 0.0

    def open(self) -> Mapping[str, str]:
        """Load SANE and open the device.

        Raises:
            DeviceError: ``scanner.sane-absent``, ``device.absent``, ``device.bad-option`` (service), or
                what SANE says.
        """
        port = self._sane()
        listed = port.listed()
        if listed is None:
            raise DeviceError(
                self._name, ABSENT, Remedy.SERVICE, f"SANE does not list {self._options.device}"
            )
        self._look_s = time.monotonic() + _LOOK_S
        self._opened()
        return {"vendor": listed.vendor, "model": listed.model}

    def tick(self) -> Sequence[DeviceEvent]:
        """Look, now and then, whether the scanner is still there.

        Raises:
            DeviceError: ``device.absent`` (service), or what SANE says.
        """
        now_s = time.monotonic()
        if self._is_open and now_s < self._look_s:
            return ()
        if self._sane().listed() is None:
            self._release()
            raise DeviceError(self._name, ABSENT, Remedy.SERVICE, "no longer in SANE's list")
        self._opened()
        self._look_s = now_s + _LOOK_S
        return ()

    def command(self, name: str, arguments: Mapping[str, Any]) -> Frame:
        """Carry out ``scan``, which takes no arguments and answers the page.

        Raises:
            DeviceError: One of the codes of ``devices.scanner.faults``.
        """
        return {"scan": self._scan}[name](**arguments)

    def close(self) -> None:
        """Let go of the scanner and of SANE."""
        self._is_open = False
        if self._port is not None:
            self._port.shut_down()
            self._port = None

    def _scan(self) -> Frame:
        page = self._options.page_file
        if page is not None and not Path(page).is_file():
            raise DeviceError(self._name, NO_PAGE, Remedy.RESIDENT, "the page file is not there")
        port = self._opened()
        try:
            return Frame(pixels=port.scan(), taken_s=time.monotonic())
        except DeviceError:
            # A jam or an open cover stays reported until the device is opened anew, even once cleared.
            self._release()
            raise

    def _opened(self) -> SanePort:
        port = self._sane()
        if not self._is_open:
            port.open(self._options.settings())
            self._is_open = True
        return port

    def _release(self) -> None:
        if self._port is not None:
            self._port.close()
        self._is_open = False

    def _sane(self) -> SanePort:
        if self._port is None:
            self._port = SanePort(self._name, self._options.device, self._options.config_dir)
        return self._port
