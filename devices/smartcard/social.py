"""Records of a social security card (社保卡) → what they say; pure.

LD/T 32.2-2005 and its successors, as cards of the first three generations are read in public terminals:
EF05 says what the card is, EF06 whose it is. A record is a tag, a length and a value, one byte, one byte, and
so many.
"""

import codecs
from collections.abc import Mapping
from typing import Final

from devices.smartcard.tlv import TlvError, value_of
from devices.values.smartcard import SocialSecurityCard

ENVIRONMENT: Final = b"sx1.sh." + "社会保障".encode("gbk")
"""Name of the application."""
CARD_FILE: Final = 0x05
PERSON_FILE: Final = 0x06
NAME_EXTENSION: Final = 0x4E

SIZES: Final[Mapping[int, Mapping[int, int]]] = {
    CARD_FILE: {0x01: 16, 0x02: 1, 0x03: 4, 0x04: 12, 0x05: 4, 0x06: 4, 0x07: 9},
    PERSON_FILE: {0x08: 18, 0x09: 30, NAME_EXTENSION: 20, 0x0A: 1, 0x0B: 1, 0x0C: 3, 0x0D: 4},
}
"""File → tag → bytes of value."""

_TEXT_TAGS: Final = frozenset({0x07, 0x08, 0x09, NAME_EXTENSION})
"""Values that some cards shorten where others pad them."""
_HEAD_BYTES: Final = 2
_PADDING: Final = b"\x00\xff "
_ALGORITHM_PATHS: Final = ((0x6F, 0xA5, 0x9F0C, 0x86), (0x6F, 0x9F0C, 0x86), (0x9F0C, 0x86))
_USUAL_ALGORITHM: Final = 1
_SEXES: Final = frozenset("12")


class SocialRecordError(ValueError):
    """What the card gave is no such record; the text names the tag and never quotes the value."""


def record(data: bytes) -> tuple[int, bytes]:
    """Return tag and value of one record.

    Raises:
        SocialRecordError: It is none, or has a tag or a length that these cards have not.
    """
    if len(data) < _HEAD_BYTES or data[1] != len(data) - _HEAD_BYTES:
        raise SocialRecordError(f"{len(data)} bytes that are no record")
    tag, value = data[0], data[_HEAD_BYTES:]
    size = next((sizes[tag] for sizes in SIZES.values() if tag in sizes), None)
    if size is None:
        raise SocialRecordError(f"no record has the tag {tag:02X}")
    if len(value) > size or (len(value) < size and tag not in _TEXT_TAGS):
        raise SocialRecordError(f"record {tag:02X}: {len(value)} bytes instead of {size}")
    return tag, value


def algorithm(fci: bytes) -> int:
    """Return the number of the card's algorithm from the answer to its selection; 1 when it is not said."""
    for path in _ALGORITHM_PATHS:
        try:
            value = value_of(fci, *path)
        except TlvError:
            continue
        if value is not None and len(value) == 1:
            return value[0]
    return _USUAL_ALGORITHM


def decode(fci: bytes, card: Mapping[int, bytes], person: Mapping[int, bytes] | None) -> SocialSecurityCard:
    """Return what a card says.

    Args:
        fci: What the selection of the application answered.
        card: Tag → value of EF05.
        person: Tag → value of EF06, or None when the card keeps it to itself.

    Raises:
        SocialRecordError: A number or a name is missing, or a value is not of its kind.
    """
    name, name_cut = ("", False) if person is None else _name(person)
    values = person or {}
    found = SocialSecurityCard(
        protected=person is None,
        identification=_hex(card, 0x01),
        card_class=_hex(card, 0x02),
        version=_ascii(card, 0x03),
        issuer=_hex(card, 0x04),
        issued=_digits(card, 0x05),
        valid_until=_digits(card, 0x06),
        card_number=_ascii(card, 0x07),
        algorithm=algorithm(fci),
        number=_ascii(values, 0x08).upper(),
        name=name,
        name_cut=name_cut,
        sex=_sex(values),
        ethnic=_digits(values, 0x0B),
        birthplace=_digits(values, 0x0C),
        born=_digits(values, 0x0D),
    )
    if not found.card_number:
        raise SocialRecordError("no card number")
    if person is not None and not (found.number and found.name):
        raise SocialRecordError("no name or no number")
    return found


def _name(person: Mapping[int, bytes]) -> tuple[str, bool]:
    """Return the name, and whether its last character was cut in two.

    The field is filled byte by byte: a long name may end in the middle of a character, whose rest is the
    beginning of the extension where there is one.
    """
    raw = b"".join(person.get(tag, b"").rstrip(_PADDING) for tag in (0x09, NAME_EXTENSION))
    decoder = codecs.getincrementaldecoder("gb18030")()
    try:
        name = decoder.decode(raw)
    except UnicodeDecodeError:
        raise SocialRecordError("record 09 is no GBK") from None  # the original quotes the name
    if not all(character.isprintable() for character in name):
        raise SocialRecordError("record 09 is no name")
    return name.strip(), bool(decoder.getstate()[0])


def _hex(values: Mapping[int, bytes], tag: int) -> str:
    return values.get(tag, b"").hex().upper()


def _ascii(values: Mapping[int, bytes], tag: int) -> str:
    try:
        text = values.get(tag, b"").strip(_PADDING).decode("ascii")
    except UnicodeDecodeError:
        raise SocialRecordError(f"record {tag:02X} is no text") from None  # the original quotes the value
    if not text.isprintable():
        raise SocialRecordError(f"record {tag:02X} is no text")
    return text


def _digits(values: Mapping[int, bytes], tag: int) -> str:
    """Return packed decimal digits, or nothing for a field that was never filled."""
    value = values.get(tag, b"")
    if not value.strip(b"\xff") or (len(value) > 1 and not value.strip(b"\x00")):
        return ""
    if not value.hex().isdecimal():
        raise SocialRecordError(f"record {tag:02X} has no decimal digits")
    return value.hex()


def _sex(values: Mapping[int, bytes]) -> str:
    sex = _ascii(values, 0x0A)
    return sex if sex in _SEXES else "0"
