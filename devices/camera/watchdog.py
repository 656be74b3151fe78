"""Whether a camera still sees, judged from its frames; pure.

HARDWARE: a UVC camera that is pulled out or hangs may go on delivering its last frame for ever, and OpenCV
reports success for each of them.
"""

import zlib
from dataclasses import dataclass
from typing import Final

from devices.errors import Remedy
from devices.model import Pixels

NO_FRAMES: Final = "camera.no-frames"

_STEP_PX: Final = 8
"""Every eighth dot of every eighth line is enough: a sensor's noise changes all of them."""

_DARK_MEAN: Final = 14.0
_DARK_SPREAD: Final = 6.0
"""Mean and standard deviation of grey below which nothing is seen, not even a dim desk."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long each complaint has to last before it counts.

    Args:
        silent_s: Without any frame.
        frozen_s: With the same frame, or None where a picture may stand still.
        dark_s: With a dark frame.
    """

    silent_s: float = 2.0
    frozen_s: float | None = 3.0
    dark_s: float = 1.0


class Watchdog:
    """Remembers when the picture last arrived and moved, and since when it is dark.

    Args:
        limits: What to complain of when.
        now_s: Monotonic seconds at the start.
    """

    def __init__(self, limits: Limits, now_s: float) -> None:
        self._limits = limits
        self._digest: int | None = None
        self._arrived_s = self._moved_s = now_s
        self._dark_since_s: float | None = None

    def see(self, pixels: Pixels, now_s: float) -> None:
        """Take in one frame.

        Args:
            pixels: ``(height, width, 3)`` uint8 BGR.
            now_s: Monotonic seconds at which it came.
        """
        sample = pixels[::_STEP_PX, ::_STEP_PX]
        digest = zlib.crc32(sample.tobytes())
        self._arrived_s = now_s
        if digest != self._digest:
            self._digest = digest
            self._moved_s = now_s
        if sample.mean() > _DARK_MEAN or sample.std() > _DARK_SPREAD:
            self._dark_since_s = None
        elif self._dark_since_s is None:
            self._dark_since_s = now_s

    def complaint(self, now_s: float) -> tuple[str, Remedy] | None:
        """Return code and remedy of what is wrong with the picture, or None."""
        limits = self._limits
        if now_s - self._arrived_s > limits.silent_s:
            return NO_FRAMES, Remedy.SERVICE
        if limits.frozen_s is not None and now_s - self._moved_s > limits.frozen_s:
            return "camera.frozen", Remedy.SERVICE
        if self._dark_since_s is not None and now_s - self._dark_since_s > limits.dark_s:
            return "camera.covered", Remedy.RESIDENT
        return None
