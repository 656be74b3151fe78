"""Portraits of the cards that are read, from a decoder that may be missing or out of order."""

import time
from dataclasses import replace
from typing import Final

from devices.errors import DeviceError, Remedy, Severity
from devices.idcard.photo import NO_DECODER, UNDECODED, PhotoHelper
from devices.model import CardRecord

FAILED_LIMIT: Final = 3
"""Photos in a row that were not decoded, after which it is not the photos."""
REST_S: Final = 60.0
"""Residents are not made to wait for a helper that did not help more recently than this."""
DECODED: Final = "decoded"


class Portraits:
    """Adds portraits to records; a record without one is as good.

    Args:
        helper: Decodes them.

    Attributes:
        state: How it went last: a code, or ``DECODED``, also before the first.
    """

    def __init__(self, helper: PhotoHelper) -> None:
        self.state = DECODED if helper.command else NO_DECODER
        self._helper = helper
        self._failed = 0
        self._due_s = 0.0

    def add(self, record: CardRecord) -> CardRecord:
        """Return the record with its portrait, or as it is where there is none or no decoder."""
        if not self._helper.command or not record.photo_wlt or time.monotonic() < self._due_s:
            return record
        answer = self._helper.decode(record.photo_wlt)
        if isinstance(answer, str):
            self._failed += 1
            self.state = answer
            if self._broken:
                self._due_s = time.monotonic() + REST_S
            return record
        self._failed = 0
        self.state = DECODED
        return replace(record, photo=answer)

    def stir(self) -> None:
        """Try the next photo, whatever the pause says."""
        self._due_s = 0.0

    def complaint(self, device: str) -> DeviceError | None:
        """Return what somebody should put right some day, or None; cards are read as before."""
        if not self._broken:
            return None
        return DeviceError(device, self.state, Remedy.SERVICE, self._helper.command[0], Severity.INFO)

    @property
    def _broken(self) -> bool:
        return self._failed >= FAILED_LIMIT or (self._failed > 0 and self.state != UNDECODED)
