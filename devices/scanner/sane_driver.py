"""Driver of any scanner that SANE knows."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from devices.driver import Result
from devices.errors import DeviceError, Remedy, Severity
from devices.model import DeviceEvent, Frame, Reading
from devices.options import bad_option
from devices.scanner.desk import Desk
from devices.scanner.faults import COVER_OPEN, NO_PAGE
from devices.scanner.link import ScannerLink
from devices.scanner.offer import can_duplex, names, source_kind
from devices.scanner.options import DOCUMENT, FEEDER, Options, Profile, read_options
from devices.values.scanner import SourceKind

_T = TypeVar("_T")


def make(name: str, options: Mapping[str, Any]) -> "SaneScanner":
    """Return the driver, not yet open.

    Raises:
        DeviceError: ``device.bad-option`` (service).
    """
    return SaneScanner(name, read_options(name, options))


class SaneScanner:
    """One scanner; see ``devices.driver.Driver``.

    Args:
        name: Logical name from the profile.
        options: Which device, and how it is set.
    """

    def __init__(self, name: str, options: Options) -> None:
        self.tick_s = 0.5
        self._name = name
        self._options = options
        self._link = ScannerLink(name, options)
        self._stirred = False
        self._pages = 0
        self._fault = "none"

    def open(self) -> Mapping[str, str]:
        """Load SANE, find the device, open it, and check every profile against what it offers.

        Raises:
            DeviceError: ``scanner.sane-absent``, ``device.absent``, ``device.bad-option`` (service), or
                what SANE says.
        """
        desk = self._link.opened()
        try:
            for name in self._options.profiles:
                desk.lay_out(self._options.profile(name, DOCUMENT), _key(name))
            desk.lay_out(self._options.profile(None, DOCUMENT))
        except DeviceError:
            self._link.release()
            raise
        return self._link.identity

    def tick(self) -> Sequence[DeviceEvent]:
        """Look whether the scanner is still there, as cheaply as this device allows, and ask its sensors.

        Raises:
            DeviceError: ``device.absent`` (service), what SANE says, or ``scanner.cover-open`` (resident),
                which only warns: whoever draws a page out opens a cover.
        """
        stirred, self._stirred = self._stirred, False
        desk = self._link.look(stirred=stirred)
        try:
            seen = desk.sense()
        except DeviceError:
            self._link.release()
            raise
        if seen.cover_open:
            raise DeviceError(self._name, COVER_OPEN, Remedy.RESIDENT, "says the sensor", Severity.WARN)
        return ()

    def readings(self) -> Mapping[str, Reading]:
        """Return ``feeder``, ``cover``, ``pages`` since the process began, and the last scan's ``fault``."""
        seen = None if self._link.desk is None else self._link.desk.seen
        return {
            "feeder": _said(None if seen is None else seen.loaded, "loaded", "empty"),
            "cover": _said(None if seen is None else seen.cover_open, "open", "closed"),
            "pages": self._pages,
            "fault": self._fault,
        }

    def stir(self) -> None:
        """Look into SANE's list at the next tick, whatever the pauses say."""
        self._stirred = True

    def allow(self) -> None:
        """A scan or a feed begins."""
        if self._link.port is not None:
            self._link.port.allow()

    def cancel(self) -> None:
        """Break off the scan or the feed; called from another thread."""
        port = self._link.port
        if port is not None:
            port.cancel()

    def command(self, name: str, arguments: Mapping[str, Any]) -> Result | Frame | Iterator[Frame]:
        """Carry out a command.

        ``scan``, with or without ``profile``, answers one page. ``feed``, likewise, answers pages until the
        feeder is empty. ``abilities`` answers the fields of ``devices.values.scanner.ScannerAbilities``.

        Raises:
            DeviceError: One of the codes of ``devices.scanner.faults``; ``device.bad-option`` for a profile
                that there is not.
        """
        commands: Mapping[str, Callable[..., Result | Frame | Iterator[Frame]]] = {
            "scan": self._scan,
            "feed": self._feed,
            "abilities": self._abilities,
        }
        return commands[name](**arguments)

    def close(self) -> None:
        """Let go of the scanner and of SANE."""
        self._link.close()

    def _scan(self, profile: str | None = None) -> Frame:
        wanted = self._profile(profile, DOCUMENT)
        batch = self._batch(wanted, profile, most=1)
        return next(frame for frame in batch)

    def _feed(self, profile: str | None = None) -> Iterator[Frame]:
        wanted = self._profile(profile, FEEDER)
        if profile is None and wanted.source is None:
            offers = self._guarded(self._link.opened).offers
            wanted = Profile(source=SourceKind.FEEDER).over(wanted) if "source" in offers else wanted
        return self._batch(wanted, profile, most=self._options.most_pages)

    def _batch(self, profile: Profile, name: str | None, most: int) -> Iterator[Frame]:
        desk = self._guarded(lambda: self._laid_out(profile, name))
        try:
            for number in range(most):
                frame = self._guarded(lambda number=number: desk.page(number))
                if frame is None:
                    return
                self._pages += 1
                self._fault = "none"
                yield frame
        finally:
            desk.end()

    def _abilities(self) -> Result:
        desk = self._guarded(self._link.opened)
        sources = names(desk.offers, "source")
        return {
            "sources": list(sources),
            "feeder": any(source_kind(source).feeds for source in sources) or bool(desk.sensors.feeder),
            "duplex": can_duplex(desk.offers),
            "modes": list(names(desk.offers, "mode")),
            "profiles": list(self._options.profiles),
            "sensors": list(desk.sensors.names),
        }

    def _profile(self, name: str | None, usual: str) -> Profile:
        try:
            return self._options.profile(name, usual)
        except KeyError as error:
            known = ", ".join(self._options.profiles) or "none"
            raise bad_option(self._name, f"profiles: {name!r} is none of {known}") from error

    def _laid_out(self, profile: Profile, name: str | None) -> Desk:
        page = self._options.page_file
        if page is not None and not Path(page).is_file():
            raise DeviceError(self._name, NO_PAGE, Remedy.RESIDENT, "the page file is not there")
        if not self._link.opened().suits(profile):
            # HARDWARE: some devices refuse the glass while they still have the feeder in mind.
            self._link.release()
        desk = self._link.opened()
        desk.lay_out(profile, _key(name))
        return desk

    def _guarded(self, work: Callable[[], _T]) -> _T:
        try:
            return work()
        except DeviceError as error:
            self._fault = error.code
            # A jam or an open cover stays reported until the device is opened anew, even once cleared.
            self._link.release()
            raise


def _key(profile: str | None) -> str:
    return "" if profile is None else "profiles." + profile + "."


def _said(value: bool | None, yes: str, no: str) -> str:  # noqa: FBT001  # a value, not a switch
    return "unknown" if value is None else yes if value else no
