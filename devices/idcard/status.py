"""SW3, the reader's third status byte: what it means and who acts (GA/T 467)."""

from dataclasses import dataclass

from devices.errors import Remedy

SUCCESS = 0x90
FOUND = 0x9F
NO_SUCH_ITEM = 0x91
"""The card has no such item, for example no later address."""
NO_CARD = 0x80
FRAME_CHECKSUM_WRONG = 0x10
FRAME_LENGTH_WRONG = 0x11


@dataclass(frozen=True, slots=True)
class Trouble:
    """One status that is not success.

    Args:
        code: Stable dotted code.
        remedy: Who can clear it.
        again: Whether finding and reading the card anew may help at once.
    """

    code: str
    remedy: Remedy
    again: bool = False


MOVED = Trouble("idcard.moved", Remedy.RESIDENT, again=True)
AUTH_FAILED = Trouble("idcard.auth-failed", Remedy.RESIDENT)
DATA_INVALID = Trouble("idcard.data-invalid", Remedy.ATTENDANT)
REFUSED = Trouble("idcard.refused", Remedy.RETRY, again=True)
SELFTEST_FAILED = Trouble("idcard.sam-selftest", Remedy.SERVICE)
LINE_ERROR = Trouble("idcard.line-error", Remedy.RETRY, again=True)

TROUBLES = {
    FRAME_CHECKSUM_WRONG: LINE_ERROR,
    FRAME_LENGTH_WRONG: LINE_ERROR,
    0x21: REFUSED,  # bad command or order
    0x23: REFUSED,  # no permission
    0x24: REFUSED,  # error that the reader cannot name
    0x31: AUTH_FAILED,  # the card refuses the security module
    0x32: AUTH_FAILED,  # the security module refuses the card
    0x33: DATA_INVALID,  # information verification failed
    0x37: DATA_INVALID,  # fingerprint verification failed
    0x3F: DATA_INVALID,  # length of the information wrong
    0x40: Trouble("idcard.wrong-card", Remedy.RESIDENT),
    0x41: MOVED,  # read failed
    0x47: MOVED,  # challenge failed
    0x60: SELFTEST_FAILED,
    0x66: Trouble("idcard.sam-unauthorised", Remedy.SERVICE),
    NO_CARD: MOVED,  # find failed; only a trouble where a card was there before
    0x81: MOVED,  # select failed
}


def trouble_of(sw3: int) -> Trouble:
    """Return what a status means that is none of success, found and no such item."""
    return TROUBLES.get(sw3, Trouble("idcard.unknown-status", Remedy.RETRY, again=True))
