"""What is said with one card on the reader: find, select, read, is it still there."""

from dataclasses import replace

from devices.errors import Remedy
from devices.idcard.exchange import SdtLink
from devices.idcard.frame import Answer
from devices.idcard.questions import (
    CHIP_NUMBERS,
    FIND,
    NEW_ADDRESS,
    READ,
    READ_WITH_FINGERPRINTS,
    SELECT,
    STATUS,
    Question,
)
from devices.idcard.record import RecordError, decode, decode_address, split_parts
from devices.idcard.sam import chip_numbers
from devices.idcard.status import (
    DATA_INVALID,
    FOUND,
    MOVED,
    NO_CARD,
    NO_SUCH_ITEM,
    REFUSED,
    SUCCESS,
    Trouble,
    trouble_of,
)
from devices.model import CardRecord
from devices.values.idcard import ChipNumbers

UNREADABLE = Trouble("idcard.unreadable", Remedy.RESIDENT)


class CardTroubleError(Exception):
    """The reader gave this instead of what was asked for.

    Args:
        trouble: What it gave.
        chip: Serial number of the card's chip where it was told, else ``b""``; never to be shown.
        status: The answer's three bytes of status in hexadecimal, ``""`` where no answer says so.
    """

    def __init__(self, trouble: Trouble, chip: bytes = b"", status: str = "") -> None:
        super().__init__(trouble.code)
        self.trouble = trouble
        self.chip = chip
        self.status = status

    @classmethod
    def of(cls, answer: Answer, chip: bytes = b"") -> "CardTroubleError":
        """Return what an answer says that is not the one asked for."""
        return cls(trouble_of(answer.sw3), chip, answer.status)


def module_trouble(link: SdtLink) -> CardTroubleError | None:
    """Return what ails the reader's security module, or None."""
    answer = link.ask(STATUS)
    return None if answer.sw3 == SUCCESS else CardTroubleError.of(answer)


def find(link: SdtLink) -> bool:
    """Return whether a card lies there that was not read yet.

    Raises:
        CardTroubleError: The reader cannot look for one.
        DeviceError: The line's own.
    """
    answer = link.ask(FIND)
    if answer.sw3 not in {FOUND, NO_CARD}:
        raise CardTroubleError.of(answer)
    return answer.sw3 == FOUND


def is_lying(link: SdtLink) -> bool:
    """Return whether the card that was read is still there.

    Asking for a later address is the one question that readers answer for a card they have read.
    """
    return link.ask(NEW_ADDRESS).sw3 in {SUCCESS, NO_SUCH_ITEM}


def read_chip_numbers(link: SdtLink) -> ChipNumbers:
    """Return the numbers of the chip of the card that was read.

    Raises:
        CardTroubleError: The reader does not know the command, or the card is gone.
        DeviceError: The line's own.
    """
    return chip_numbers(_ask(link, CHIP_NUMBERS).data)


def read(link: SdtLink, *, with_fingerprints: bool = False) -> CardRecord:
    """Read the card that was found; where that may help, find and read it a second time.

    Raises:
        CardTroubleError: The card was moved, cannot be read, or is none.
        DeviceError: The line's own.
    """
    try:
        return _read_once(link, with_fingerprints=with_fingerprints)
    except CardTroubleError as error:
        if not error.trouble.again:
            raise
        first = error
    if not find(link):
        raise CardTroubleError(MOVED, first.chip, first.status) from first
    try:
        return _read_once(link, with_fingerprints=with_fingerprints)
    except CardTroubleError as error:
        if error.trouble == MOVED:
            raise CardTroubleError(UNREADABLE, error.chip, error.status) from error
        raise


def _ask(link: SdtLink, question: Question, chip: bytes = b"") -> Answer:
    answer = link.ask(question)
    if answer.sw3 != SUCCESS:
        raise CardTroubleError.of(answer, chip)
    return answer


def _read_once(link: SdtLink, *, with_fingerprints: bool) -> CardRecord:
    chip = _ask(link, SELECT).data
    parts = _read_parts(link, chip, with_fingerprints=with_fingerprints)
    try:
        record = decode(*parts)
    except RecordError as error:
        raise CardTroubleError(DATA_INVALID, chip) from error
    return replace(record, later_address=_read_later_address(link, chip))


def _read_parts(link: SdtLink, chip: bytes, *, with_fingerprints: bool) -> tuple[bytes, ...]:
    try:
        if with_fingerprints:
            answer = link.ask(READ_WITH_FINGERPRINTS)
            if answer.sw3 == SUCCESS:
                return split_parts(answer.data, 3)
            if trouble_of(answer.sw3) != REFUSED:
                raise CardTroubleError.of(answer, chip)
            # Not every module knows the command: the card is read without them.
        return split_parts(_ask(link, READ, chip).data, 2)
    except RecordError as error:
        raise CardTroubleError(DATA_INVALID, chip) from error


def _read_later_address(link: SdtLink, chip: bytes) -> str:
    """Ask at once after the card was read, when no find and select are needed before it.

    A card that is gone before it could say where its holder lives now was not read whole.
    """
    answer = link.ask(NEW_ADDRESS)
    if answer.sw3 == SUCCESS:
        return decode_address(answer.data)
    if answer.sw3 == NO_SUCH_ITEM:
        return ""
    if trouble_of(answer.sw3) == REFUSED:
        # Not every module knows the command. One that does refuses it for a card it has not read: another
        # one, laid down since.
        if find(link):
            raise CardTroubleError(MOVED, chip, answer.status)
        return ""
    raise CardTroubleError.of(answer, chip)
