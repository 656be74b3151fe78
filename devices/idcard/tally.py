"""How reading went lately; says when somebody should look at the reader though it still works."""

from collections import deque
from typing import Final

from devices.errors import DeviceError, Remedy, Severity
from devices.idcard.status import AUTH_FAILED, Trouble

LOOK_BACK: Final = 20
"""Cards."""
MOST_FAILED: Final = 6
"""Of them: more than 30 % is more than residents' hands explain."""
AUTH_LIMIT: Final = 3
"""Different cards in a row that refused the security module or were refused, after which it is reset."""

_NOT_THE_READER: Final = frozenset({"idcard.wrong-card"})


class Tally:
    """Counts the reads of one reader.

    Attributes:
        reads_ok: Cards read since the driver's process began.
        reads_failed: Cards not read.
    """

    def __init__(self) -> None:
        self.reads_ok = 0
        self.reads_failed = 0
        self._lately: deque[bool] = deque(maxlen=LOOK_BACK)
        self._refused: set[object] = set()
        self._reset_in_vain = False

    def succeeded(self) -> None:
        """Count a card that was read."""
        self.reads_ok += 1
        self._lately.append(True)
        self._refused.clear()
        self._reset_in_vain = False

    def failed(self, code: str) -> None:
        """Count a card that was not read."""
        self.reads_failed += 1
        if code not in _NOT_THE_READER:
            self._lately.append(False)

    def wants_reset(self, trouble: Trouble, chip: bytes) -> bool:
        """Return whether so many different cards in a row were refused that the module is to be reset.

        Args:
            trouble: Of the card that could not be read.
            chip: Serial number of its chip, or ``b""``: then it is taken for one not seen before.
        """
        if trouble != AUTH_FAILED:
            self._refused.clear()
            return False
        if len(self._refused) < LOOK_BACK:
            self._refused.add(hash(chip) if chip else object())
        return len(self._refused) >= AUTH_LIMIT

    def was_reset(self) -> None:
        """Note that the module was reset, whatever for."""
        if len(self._refused) >= AUTH_LIMIT and not self._reset_in_vain:
            self._refused.clear()
            self._reset_in_vain = True

    def complaint(self, device: str) -> DeviceError | None:
        """Return what somebody should look at, or None."""
        if self._reset_in_vain and len(self._refused) >= AUTH_LIMIT:
            detail = f"{len(self._refused)} different cards in a row, also after a reset"
            return DeviceError(device, "idcard.auth-failing", Remedy.SERVICE, detail, Severity.WARN)
        failed = self._lately.count(False)
        if len(self._lately) == LOOK_BACK and failed > MOST_FAILED:
            detail = f"{failed} of the last {LOOK_BACK} cards"
            return DeviceError(device, "idcard.failing-often", Remedy.SERVICE, detail, Severity.WARN)
        return None
