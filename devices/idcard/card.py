"""What is said with one card on the reader: find, select, read, is it still there."""

from devices.errors import Remedy
from devices.idcard.exchange import FIND, NEW_ADDRESS, READ, SELECT, STATUS, SdtLink
from devices.idcard.record import RecordError, decode, split_base
from devices.idcard.status import FOUND, MOVED, NO_CARD, NO_SUCH_ITEM, SUCCESS, TROUBLES, Trouble, trouble_of
from devices.model import CardRecord

UNREADABLE = Trouble("idcard.unreadable", Remedy.RESIDENT)
DATA_INVALID = TROUBLES[0x33]


class CardTroubleError(Exception):
    """The reader gave this instead of what was asked for."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.code)
        self.trouble = trouble


def module_trouble(link: SdtLink) -> Trouble | None:
    """Return what ails the reader's security module, or None."""
    answer = link.ask(STATUS)
    return None if answer.sw3 == SUCCESS else trouble_of(answer.sw3)


def find(link: SdtLink) -> bool:
    """Return whether a card lies there that was not read yet.

    Raises:
        CardTroubleError: The reader cannot look for one.
        DeviceError: The line's own.
    """
    answer = link.ask(FIND)
    if answer.sw3 not in {FOUND, NO_CARD}:
        raise CardTroubleError(trouble_of(answer.sw3))
    return answer.sw3 == FOUND


def is_lying(link: SdtLink) -> bool:
    """Return whether the card that was read is still there.

    Asking for a later address is the one question that readers answer for a card they have read; the
    address itself is not used.
    """
    return link.ask(NEW_ADDRESS).sw3 in {SUCCESS, NO_SUCH_ITEM}


def read(link: SdtLink) -> CardRecord:
    """Read the card that was found; where that may help, find and read it a second time.

    Raises:
        CardTroubleError: The card was moved, cannot be read, or is none.
        DeviceError: The line's own.
    """
    try:
        return _read_once(link)
    except CardTroubleError as error:
        if not error.trouble.again:
            raise
    if not find(link):
        raise CardTroubleError(MOVED)
    try:
        return _read_once(link)
    except CardTroubleError as error:
        if error.trouble == MOVED:
            raise CardTroubleError(UNREADABLE) from error
        raise


def _read_once(link: SdtLink) -> CardRecord:
    selected = link.ask(SELECT)
    if selected.sw3 != SUCCESS:
        raise CardTroubleError(trouble_of(selected.sw3))
    answer = link.ask(READ)
    if answer.sw3 != SUCCESS:
        raise CardTroubleError(trouble_of(answer.sw3))
    try:
        return decode(*split_base(answer.data))
    except RecordError as error:
        raise CardTroubleError(DATA_INVALID) from error
