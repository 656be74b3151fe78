"""An open scanner with the settings of one profile: lays pages out, feeds them, asks the sensors."""

import time
from collections.abc import Iterator
from typing import Final

from devices.errors import DeviceError, Remedy
from devices.model import Frame
from devices.options import bad_option
from devices.scanner.faults import BUSY, COVER_OPEN, NO_PAGE, refined_jam
from devices.scanner.offer import TOPICS, Choice, Offers, UnfitError, source_kind
from devices.scanner.options import Options, Profile
from devices.scanner.sane_port import SanePort
from devices.scanner.sensors import Sensed, Sensors, sense

_AGAIN_S: Final = 0.25
"""Between two attempts with a device that is busy, or whose feeder has not drawn the next page in yet."""
_EARLY: Final = 8
"""Attempts while the sensor sees a page that the feeder does not: two seconds."""


class Desk:
    """One open scanner.

    Args:
        device: Logical name, for errors.
        port: With the device open.
        options: Of the driver.
    """

    def __init__(self, device: str, port: SanePort, options: Options) -> None:
        self._device = device
        self._port = port
        self._options = options
        self._profile: Profile | None = None
        self._feeds = False
        self.offers: Offers = port.offers()
        self.sensors = Sensors.of(self.offers) if options.trust_sensors else Sensors()
        self.seen = Sensed()

    def suits(self, profile: Profile) -> bool:
        """Return whether the device has had no other settings since it was opened."""
        return self._profile in (None, profile)

    def lay_out(self, profile: Profile, key: str = "") -> None:
        """Set the device as a profile says; nothing happens where it is set so already.

        Args:
            profile: Complete.
            key: What stands before the keys in the detail of a mistake, such as ``"profiles.feeder."``.

        Raises:
            DeviceError: ``device.bad-option`` (service) naming the key; ``scanner.no-page`` (resident) when
                the page file cannot be read; or what SANE says.
        """
        if profile == self._profile:
            return
        self._profile = profile
        if self._options.page_file is not None:
            self._lay_page(self._options.page_file)
        for topic in TOPICS:
            for choice in self._choices(topic(self.offers, profile), key):
                self._port.set(*choice)
            self.offers = self._port.offers()
        source = self._port.value("source")
        self._feeds = source_kind(source).feeds if isinstance(source, str) else bool(self.sensors.feeder)

    def sense(self) -> Sensed:
        """Ask the sensors and remember what they say.

        Raises:
            DeviceError: What SANE says.
        """
        self.seen = sense(self._port, self.sensors)
        return self.seen

    def page(self, number: int = 0) -> Frame | None:
        """Scan a page of a feed, or the only one.

        Args:
            number: Of the pages that came before it in this feed.

        Returns:
            None when the feeder is empty and was not at the beginning; after the one page of the glass.

        Raises:
            DeviceError: One of the codes of ``devices.scanner.faults``; the detail tells the page.
        """
        if number and not self._feeds:
            return None
        try:
            if self._feeds and not number:
                self._refuse()
            if not self._start(number):
                return None
            pixels = self._port.read(self._options.most_mb * 2**20)
        except DeviceError as error:
            raise self._explained(error, number) from error
        return Frame(pixels, time.monotonic())

    def end(self) -> None:
        """Tell the device that no further page is wanted."""
        self._port.end_batch()

    def _refuse(self) -> None:
        """Refuse what the sensors know to be in vain: some devices make a jam of an empty feeder."""
        seen = self.sense()
        if seen.cover_open:
            raise DeviceError(self._device, COVER_OPEN, Remedy.RESIDENT, "says the sensor")
        if seen.loaded is False:
            raise DeviceError(self._device, NO_PAGE, Remedy.RESIDENT, "says the sensor")

    def _start(self, number: int) -> bool:
        """Begin with a page; False when there is none and was one before."""
        busy_until_s = time.monotonic() + self._options.busy_s
        early = 0
        while True:
            try:
                self._port.start()
            except DeviceError as error:
                if error.code == NO_PAGE and early < _EARLY and self._feeds and self.sense().loaded:
                    early += 1
                elif error.code == NO_PAGE and number:
                    return False
                elif error.code != BUSY or time.monotonic() >= busy_until_s:
                    raise
            else:
                return True
            self._port.end_batch()
            self._port.wait_cancelled(_AGAIN_S)

    def _explained(self, error: DeviceError, number: int) -> DeviceError:
        try:
            seen = self.sense()
        except DeviceError:
            seen = Sensed()  # what went wrong first is what is told
        refined = refined_jam(error, double_feed=bool(seen.double_feed), cover_open=bool(seen.cover_open))
        if not self._feeds:
            return refined
        detail = f"page {number + 1}: {refined.detail}"
        return DeviceError(self._device, refined.code, refined.remedy, detail)

    def _choices(self, choices: Iterator[Choice], key: str) -> Iterator[Choice]:
        try:
            yield from choices
        except UnfitError as error:
            raise bad_option(self._device, f"{key}{error}") from error

    def _lay_page(self, page_file: str) -> None:
        if "filename" not in self.offers:
            raise bad_option(self._device, "page_file: the scanner reads no files")
        try:
            self._port.set("filename", page_file)
        except DeviceError as error:
            raise DeviceError(self._device, NO_PAGE, Remedy.RESIDENT, error.detail) from error
