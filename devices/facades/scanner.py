"""The document scanner as the program uses it; command ``scan`` → Frame."""

from devices.facades.base import Facade, frame_of
from devices.model import Frame


class DocumentScanner(Facade):
    """Scans one page at a time."""

    def scan(self, timeout_s: float = 60.0) -> Frame:
        """Scan the page that lies on the glass.

        Returns:
            Pixels as ``(height, width, 3)`` uint8 BGR, read-only, in memory that no file names.

        Raises:
            DeviceError: The driver's own, or as ``DeviceProcess.call`` tells.
        """
        return frame_of(self._process, "scan", timeout_s)
