"""Reading a social security card: which commands, in which order, and what their refusals mean."""

from typing import Final

from devices.errors import Remedy
from devices.smartcard.apdu import DATA_INVALID, DENIED, REFUSED, WHOLE, Answer, Apdu, CardChannel
from devices.smartcard.social import (
    CARD_FILE,
    ENVIRONMENT,
    PERSON_FILE,
    SIZES,
    SocialRecordError,
    decode,
    record,
)
from devices.values.smartcard import SocialSecurityCard

_NO_RECORD: Final = frozenset({0x6A82, 0x6A83})
_NOT_THIS_WAY: Final = frozenset({0x6981, 0x6A81, 0x6A86, 0x6B00})
"""What cards answer that number their records and do not look for tags."""
_READ_RECORD: Final = 0xB2
_BY_TAG: Final = 0x00
_BY_NUMBER: Final = 0x04
_HEAD_BYTES: Final = 2


class _DeniedError(Exception):
    """The card shows this file to terminals with a security module only."""


def read_social(channel: CardChannel) -> SocialSecurityCard:
    """Read the card; of one that keeps the person to itself, what it does say.

    A card of the third generation wants to see a key that only a security module or the platform has, before
    it opens EF06. Without one its number still tells which card it is.

    Raises:
        DeviceError: ``smartcard.wrong-card`` (resident), ``smartcard.refused`` (resident),
            ``smartcard.data-invalid`` (attendant), or the channel's own.
    """
    chosen = channel.choose(ENVIRONMENT, "no social security application")
    try:
        card = _read_file(channel, CARD_FILE)
    except _DeniedError as error:
        raise channel.error(REFUSED, Remedy.RESIDENT, f"EF{CARD_FILE:02X}: {DENIED:04X}") from error
    try:
        person = _read_file(channel, PERSON_FILE)
    except _DeniedError:
        person = None
    try:
        return decode(chosen.data, card, person)
    except SocialRecordError as error:
        raise channel.error(DATA_INVALID, Remedy.ATTENDANT, str(error)) from error


def _read_file(channel: CardChannel, file: int) -> dict[int, bytes]:
    short_id = 0 if _select_file(channel, file) else file << 3
    sizes = SIZES[file]
    values: dict[int, bytes] = {}
    for tag, size in sizes.items():
        answer = channel.ask(Apdu(_READ_RECORD, tag, short_id | _BY_TAG, le=size + _HEAD_BYTES))
        if answer.status in _NOT_THIS_WAY and not values:
            return _read_by_number(channel, file, short_id)
        if answer.status not in _NO_RECORD:
            _put(channel, values, answer, file, tag)
    return values or _read_by_number(channel, file, short_id)


def _read_by_number(channel: CardChannel, file: int, short_id: int) -> dict[int, bytes]:
    """Records say themselves what they are, so their order does not matter."""
    values: dict[int, bytes] = {}
    for number in range(1, len(SIZES[file]) + 1):
        answer = channel.ask(Apdu(_READ_RECORD, number, short_id | _BY_NUMBER, le=WHOLE))
        if answer.status in _NO_RECORD:
            break
        _put(channel, values, answer, file)
    return values


def _select_file(channel: CardChannel, file: int) -> bool:
    """Choose a file in one of the two ways that cards know; False leaves naming it in every read."""
    for p1 in (0x02, 0x00):
        answer = channel.ask(Apdu(0xA4, p1, 0x00, bytes([0xEF, file])))
        if answer.status == DENIED:
            raise _DeniedError
        if answer.ok:
            return True
    return False


def _put(
    channel: CardChannel, values: dict[int, bytes], answer: Answer, file: int, tag: int | None = None
) -> None:
    if answer.status == DENIED:
        raise _DeniedError
    if not answer.ok:
        raise channel.refused(f"EF{file:02X}", answer)
    try:
        found, value = record(answer.data)
    except SocialRecordError as error:
        raise channel.error(DATA_INVALID, Remedy.ATTENDANT, str(error)) from error
    if found not in SIZES[file] or tag not in {None, found} or found in values:
        raise channel.error(DATA_INVALID, Remedy.ATTENDANT, f"EF{file:02X} gives record {found:02X}")
    values[found] = value
