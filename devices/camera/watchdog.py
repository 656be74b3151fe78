"""Whether a camera still sees, judged from its frames; pure.

HARDWARE: a UVC camera that is pulled out or hangs may go on delivering its last frame for ever, and OpenCV
reports success for each of them.

A picture is dark when both its mean grey is at most ``Limits.dark_mean`` (14 of 255 unless told) and its
standard deviation at most 6: a desk in bad light has a darker half and a lighter one, the inside of a hand
has not. Something pale that covers the lens evenly cannot be told from a blank sheet; nothing is said of it.
"""

import zlib
from dataclasses import dataclass
from typing import Final

from devices.errors import Remedy
from devices.model import Pixels

NO_FRAMES: Final = "camera.no-frames"
FROZEN: Final = "camera.frozen"

_STEP_PX: Final = 8
"""Every eighth dot of every eighth line is enough: a sensor's noise changes all of them."""
_DARK_SPREAD: Final = 6.0
"""Standard deviation of grey below which there is nothing to see in a dark picture."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long each complaint has to last before it counts.

    Args:
        silent_s: Without any frame.
        frozen_s: With the same frame, or None where a picture may stand still.
        dark_s: With a dark frame.
        black_s: With a dark frame, after which nobody's hand is the cause any more.
        dark_mean: Mean grey up to which a frame without contrast is dark.
    """

    silent_s: float = 2.0
    frozen_s: float | None = 3.0
    dark_s: float = 1.0
    black_s: float = 120.0
    dark_mean: float = 14.0


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong with a picture.

    Args:
        code: Stable code.
        remedy: Who acts.
        reopen: Whether opening the camera anew may help.
    """

    code: str
    remedy: Remedy
    reopen: bool = False


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

    def see(self, pixels: Pixels, now_s: float) -> bool:
        """Take in one frame.

        Args:
            pixels: ``(height, width, 3)`` uint8 BGR.
            now_s: Monotonic seconds at which it came.

        Returns:
            Whether it is another picture than the one before, or too dark to tell.
        """
        sample = pixels[::_STEP_PX, ::_STEP_PX]
        digest = zlib.crc32(sample.tobytes())
        dark = bool(sample.mean() <= self._limits.dark_mean and sample.std() <= _DARK_SPREAD)
        # HARDWARE: cameras that smooth noise away send the same black again and again under a hand.
        moved = digest != self._digest or dark
        self._arrived_s = now_s
        if moved:
            self._digest = digest
            self._moved_s = now_s
        if not dark:
            self._dark_since_s = None
        elif self._dark_since_s is None:
            self._dark_since_s = now_s
        return moved

    def complaint(self, now_s: float) -> Complaint | None:
        """Return what is wrong with the picture, or None."""
        limits = self._limits
        if now_s - self._arrived_s > limits.silent_s:
            return Complaint(NO_FRAMES, Remedy.SERVICE, reopen=True)
        if limits.frozen_s is not None and now_s - self._moved_s > limits.frozen_s:
            return Complaint(FROZEN, Remedy.SERVICE, reopen=True)
        dark_s = 0.0 if self._dark_since_s is None else now_s - self._dark_since_s
        if dark_s > limits.black_s:
            return Complaint("camera.black", Remedy.SERVICE)
        return Complaint("camera.covered", Remedy.RESIDENT) if dark_s > limits.dark_s else None
