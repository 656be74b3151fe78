"""The identity card reader as the program uses it.

Commands ``arm`` and ``disarm``, without answer; ``chip-numbers`` → issue, serial, document, all bytes.
"""

from devices.facades.base import Facade
from devices.values.idcard import ChipNumbers


class IdCardReader(Facade):
    """Reads one card after another while it is armed, and tells what happens by events."""

    def arm(self) -> None:
        """Look for cards from now on: ``CardDetected``, then ``CardRead`` or ``CardReadFailed``.

        Returns at once and holds until ``disarm``, also over a restart of the device's process. A card
        that was read is not read again before it was lifted, which ``CardRemoved`` tells.
        """
        self._process.wish("armed", "arm")

    def disarm(self) -> None:
        """Look for no cards; the removal of one that was read is still told. Returns at once."""
        self._process.wish("armed", "disarm")

    def chip_numbers(self, timeout_s: float = 5.0) -> ChipNumbers:
        """Return the numbers of the chip of the card that was read and still lies there.

        Raises:
            DeviceError: ``idcard.moved`` (resident) when none lies there, ``idcard.refused`` (retry) when the
                reader does not know the command, the driver's own, or as ``DeviceProcess.call`` tells.
        """
        answer = self._process.call("chip-numbers", {}, timeout_s)
        if not isinstance(answer, dict):
            raise TypeError(f"{self._process.spec.driver} answers chip-numbers without numbers")
        return ChipNumbers(**answer)
