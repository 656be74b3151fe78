"""The 256 bytes of text on an identity card, UTF-16-LE, in four layouts (GA/T 490 and its kin)."""

import struct
from collections.abc import Mapping
from typing import Final, Literal

from devices.idcard.ethnic import ethnic_name
from devices.model import CardRecord

TEXT_BYTES = 256
FOREVER = "长期"

Layout = Literal["resident", "hmt", "foreign-2017", "foreign-2023"]
Span = tuple[int, int]

LAYOUT_AT: Final = (248, 2)
"""The letter that tells the layout apart; a resident's card has none."""
LETTERS: Final[Mapping[str, Layout]] = {"I": "foreign-2017", "J": "hmt", "Y": "foreign-2023"}

SPANS: Final[Mapping[Layout, Mapping[str, Span]]] = {
    "resident": {
        "name": (0, 30),
        "sex": (30, 2),
        "ethnic": (32, 4),
        "born": (36, 16),
        "address": (52, 70),
        "number": (122, 36),
        "issuer": (158, 30),
        "valid_from": (188, 16),
        "valid_until": (204, 16),
    },
    "hmt": {
        "name": (0, 30),
        "sex": (30, 2),
        "born": (36, 16),
        "address": (52, 70),
        "number": (122, 36),
        "issuer": (158, 30),
        "valid_from": (188, 16),
        "valid_until": (204, 16),
    },
    "foreign-2017": {
        "latin_name": (0, 120),
        "sex": (120, 2),
        "number": (122, 30),
        "name": (158, 30),
        "valid_from": (188, 16),
        "valid_until": (204, 16),
        "born": (220, 16),
    },
    "foreign-2023": {
        "name": (0, 30),
        "sex": (30, 2),
        "born": (36, 16),
        "latin_name": (52, 70),
        "number": (122, 36),
        "valid_from": (188, 16),
        "valid_until": (204, 16),
        "latin_name_rest": (220, 22),
    },
}
"""Offset and length in bytes of every field that the program uses."""
LATIN_NAME: Final = ("latin_name", "latin_name_rest")
"""The fields that hold, one after the other, the name of a foreigner who has no Chinese one."""


class RecordError(ValueError):
    """What the card gave is no record; the text never quotes it."""


def decode(text: bytes, photo: bytes = b"") -> CardRecord:
    """Return what a card says.

    Args:
        text: The 256 bytes; what a longer text has beyond them is ignored.
        photo: The encoded photo as it came.

    Raises:
        RecordError: The text is too short, or has no name or no number.
    """
    if len(text) < TEXT_BYTES:
        raise RecordError(f"{len(text)} bytes of text")
    letter = _field(text, LAYOUT_AT)
    layout: Layout = LETTERS.get(letter, "resident")
    spans = SPANS[layout]
    fields = {name: _field(text, span) for name, span in spans.items()}
    name = fields["name"] or _field(text, *(spans[part] for part in LATIN_NAME if part in spans))
    if not name or not fields["number"]:
        raise RecordError("no name or no number")
    until = fields["valid_until"]
    ethnic = fields.get("ethnic", "")
    return CardRecord(
        layout=layout,
        name=name,
        sex=fields["sex"] if fields["sex"] in {"1", "2", "9"} else "0",
        ethnic=ethnic if ethnic_name(ethnic) else "",
        born=fields["born"],
        address=fields.get("address", ""),
        number=fields["number"],
        issuer=fields.get("issuer", ""),
        valid_from=fields["valid_from"],
        valid_until=None if until == FOREVER else until,
        photo_wlt=photo,
    )


def split_base(data: bytes) -> tuple[bytes, bytes]:
    """Return text and photo from the data of a base read (command 30 01).

    Raises:
        RecordError: The two lengths at its head do not fit what follows.
    """
    head = struct.Struct(">HH")
    if len(data) < head.size:
        raise RecordError(f"{len(data)} bytes of data")
    text_bytes, photo_bytes = head.unpack_from(data)
    if head.size + text_bytes + photo_bytes != len(data):
        raise RecordError(f"{text_bytes} + {photo_bytes} bytes told, {len(data) - head.size} given")
    text_end = head.size + text_bytes
    return data[head.size : text_end], data[text_end:]


def _field(text: bytes, *spans: Span) -> str:
    """Return one field without its padding, which is spaces on most cards and NUL on some."""
    units = b"".join(text[start : start + size] for start, size in spans)
    # Rare characters outside the first plane take two units; half of one at a field's end is shown as �.
    return units.decode("utf-16-le", "replace").partition("\0")[0].strip()
