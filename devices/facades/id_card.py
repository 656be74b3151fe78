"""The identity card reader as the program uses it; commands ``arm`` and ``disarm``, without answer."""

from devices.facades.base import Facade


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
