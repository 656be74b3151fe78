"""The cameras as the program uses them.

Commands ``preview.start`` and ``preview.stop``, without answer, and ``still`` → Frame.
"""

from devices.facades.base import Facade, frame_of
from devices.model import Frame


class Camera(Facade):
    """Shows moving pictures, and takes stills."""

    def start_preview(self) -> None:
        """Have ``latest`` show moving pictures; holds until ``stop_preview``, also over a restart."""
        self._process.show(on=True)

    def stop_preview(self) -> None:
        """Have ``latest`` show nothing, from now on."""
        self._process.show(on=False)

    def latest(self) -> Frame | None:
        """Return the newest preview frame, or None while there is none. Never blocks; any thread.

        Returns:
            Pixels as ``(height, width, 3)`` uint8 BGR, read-only, possibly the same frame as before.
        """
        return self._process.latest()

    def still(self, timeout_s: float = 5.0) -> Frame:
        """Take one picture at full size.

        Returns:
            Pixels as ``(height, width, 3)`` uint8 BGR, read-only, in memory that no file names.

        Raises:
            DeviceError: The driver's own, or as ``DeviceProcess.call`` tells.
        """
        return frame_of(self._process, "still", timeout_s)


class DocumentCamera(Camera):
    """Sees what lies under it."""


class FaceCamera(Camera):
    """Sees who stands before the terminal."""
