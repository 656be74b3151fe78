"""The document scanner as the program uses it.

Commands ``scan`` → Frame, ``feed`` → stream of Frames, both with or without ``profile``, and ``abilities``.
"""

from collections.abc import Generator, Mapping
from typing import Any

import msgspec

from devices.facades.base import Facade, frame_of
from devices.model import Frame
from devices.values.scanner import ScannerAbilities


class DocumentScanner(Facade):
    """Scans what lies on the glass, and what lies in the feeder page by page."""

    def scan(self, timeout_s: float = 60.0, profile: str | None = None) -> Frame:
        """Scan one page.

        Args:
            timeout_s: After which the device's process is ended.
            profile: Name of settings in the terminal's profile, or None for the usual ones.

        Returns:
            Pixels as ``(height, width, 3)`` uint8 BGR, read-only, in memory that no file names.

        Raises:
            DeviceError: The driver's own, or as ``DeviceProcess.call`` tells.
        """
        return frame_of(self._process, "scan", timeout_s, _arguments(profile))

    def feed(self, profile: str | None = None, timeout_s: float = 60.0) -> Generator[Frame]:
        """Scan what lies in the feeder, page by page, until it is empty.

        The scanner goes on while a page is looked at, until two more wait. Where the feed ends with an error,
        every page before it was yielded, whole and once, and a new feed goes on with the page that the error
        names, or with the one behind it where that one was thrown out. Closing the generator breaks the feed
        off: pages that were scanned by then and not yielded have to be put in again.

        Args:
            profile: Name of settings in the terminal's profile, or None for those of the feeder.
            timeout_s: For each page, after which the device's process is ended.

        Yields:
            As ``scan`` returns.

        Raises:
            DeviceError: ``scanner.no-page`` when the feeder was empty from the beginning; the driver's own;
                or as ``DeviceProcess.call`` tells.
        """
        yield from self._process.stream("feed", _arguments(profile), timeout_s)

    def cancel(self) -> None:
        """Break off the scan or feed under way, which then raises ``scanner.cancelled``; never blocks."""
        self._process.cancel()

    def abilities(self, timeout_s: float = 10.0) -> ScannerAbilities:
        """Return what the scanner can do.

        Raises:
            DeviceError: The driver's own, or as ``DeviceProcess.call`` tells.
        """
        return msgspec.convert(self._process.call("abilities", {}, timeout_s), ScannerAbilities)


def _arguments(profile: str | None) -> Mapping[str, Any]:
    return {} if profile is None else {"profile": profile}
