"""Keeps a camera open that is pulled out, plugged in, and fails now and then."""

import time
from collections.abc import Callable
from typing import Final, TypeVar

from devices.camera.source import VideoSource
from devices.errors import DeviceError, Remedy
from devices.health import ABSENT

LOOK_S: Final = 0.2
"""Between two looks whether an open camera is still plugged in."""
REOPEN_S: Final = (0.5, 1.0, 2.0)
"""Pauses between attempts to open a camera that is plugged in and fails."""

_T = TypeVar("_T")


class Grip:
    """Holds a source.

    Args:
        device: Logical name, for errors.
        source: What is held.
    """

    def __init__(self, device: str, source: VideoSource) -> None:
        self._device = device
        self._source = source
        self._lost: DeviceError | None = None
        self._look_s = 0.0
        self._reopen_s = 0.0
        self._failures = 0

    def hold(self) -> DeviceError | None:
        """Have the source open.

        Returns:
            Why it had to be opened anew, or None when it was open or was opened for the first time.

        Raises:
            DeviceError: ``device.absent`` (service) at once when it is pulled out; while it fails, what it
                failed with; what opening it came to.
        """
        now_s = time.monotonic()
        if self._source.is_open and now_s < self._look_s:
            return None
        self._look_s = now_s + LOOK_S
        there = self._source.is_there()
        if self._source.is_open:
            if there:
                return None
            error = DeviceError(self._device, ABSENT, Remedy.SERVICE, "it was pulled out")
            self.lose(error)
            raise error
        # What was plugged in anew is tried at once; what stayed and failed, at intervals.
        if there and self._lost is not None and now_s < self._reopen_s:
            raise self._lost.with_traceback(None)
        self.ask(self._source.open)
        why, self._lost = self._lost, None
        return why

    def ask(self, question: Callable[[], _T]) -> _T:
        """Return what the source answers.

        Raises:
            DeviceError: It failed, and is let go of.
        """
        try:
            return question()
        except DeviceError as error:
            self.lose(error)
            raise

    def lose(self, error: DeviceError) -> None:
        """Let go of a source that has failed; ``hold`` opens it anew."""
        self._source.close()
        self._lost = error
        self._reopen_s = time.monotonic() + REOPEN_S[min(self._failures, len(REOPEN_S) - 1)]
        self._failures += 1

    def hurry(self) -> None:
        """Have no pause now."""
        self._look_s = self._reopen_s = 0.0

    def rely(self) -> None:
        """Note that all is well: the next failure is the first."""
        self._failures = 0
