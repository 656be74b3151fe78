"""The 256 bytes of text on an identity card, UTF-16-LE, in four layouts (GA/T 490 and its kin)."""

import struct
from collections.abc import Mapping
from itertools import accumulate, pairwise
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

LATIN_NAME_REST: Final = "latin_name_rest"
"""Where ``latin_name`` goes on when it is longer than its field."""

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
        "permit_number": (220, 18),
        "issue_count": (238, 4),
    },
    "foreign-2017": {
        "latin_name": (0, 120),
        "sex": (120, 2),
        "number": (122, 30),
        "nationality": (152, 6),
        "name": (158, 30),
        "valid_from": (188, 16),
        "valid_until": (204, 16),
        "born": (220, 16),
        "version": (236, 4),
        "authority": (240, 8),
    },
    "foreign-2023": {
        "name": (0, 30),
        "sex": (30, 2),
        "issue_count": (32, 4),
        "born": (36, 16),
        "latin_name": (52, 70),
        "number": (122, 36),
        "valid_from": (188, 16),
        "valid_until": (204, 16),
        LATIN_NAME_REST: (220, 22),
        "nationality": (242, 6),
        "old_number": (250, 6),
    },
}
"""Offset and length in bytes of every field."""
ADDRESS_BYTES: Final = 70
"""What a later address (command 30 03) takes."""


class RecordError(ValueError):
    """What the card gave is no record; the text never quotes it."""


def decode(text: bytes, photo: bytes = b"", fingerprints: bytes = b"") -> CardRecord:
    """Return what a card says.

    Args:
        text: The 256 bytes; what a longer text has beyond them is ignored.
        photo: The encoded photo as it came.
        fingerprints: As they came.

    Raises:
        RecordError: The text is too short, or has no name or no number.
    """
    if len(text) < TEXT_BYTES:
        raise RecordError(f"{len(text)} bytes of text")
    layout: Layout = LETTERS.get(_field(text, LAYOUT_AT), "resident")
    spans = SPANS[layout]
    fields = {name: _field(text, span) for name, span in spans.items() if name != LATIN_NAME_REST}
    if LATIN_NAME_REST in spans:
        fields["latin_name"] = _field(text, spans["latin_name"], spans[LATIN_NAME_REST])
    fields["name"] = fields["name"] or fields.get("latin_name", "")
    if not fields["name"] or not fields["number"]:
        raise RecordError("no name or no number")
    if fields["sex"] not in {"1", "2", "9"}:
        fields["sex"] = "0"
    ethnic = fields.pop("ethnic", "")
    until = fields.pop("valid_until")
    return CardRecord(
        layout=layout,
        ethnic=ethnic if ethnic_name(ethnic) else "",
        address=fields.pop("address", ""),
        issuer=fields.pop("issuer", ""),
        valid_until=None if until == FOREVER else until,
        photo_wlt=photo,
        photo=None,
        fingerprints=fingerprints,
        **fields,
    )


def decode_address(data: bytes) -> str:
    """Return the later address that a card answers the command 30 03 with."""
    return _field(data, (0, ADDRESS_BYTES))


def split_parts(data: bytes, count: int) -> tuple[bytes, ...]:
    """Return the parts of a base read: text and photo (30 01), or text, photo and fingerprints (30 10).

    Args:
        data: One length of two bytes for each part, then the parts.
        count: How many there are.

    Raises:
        RecordError: The lengths do not fit what follows.
    """
    head = struct.Struct(f">{count}H")
    if len(data) < head.size:
        raise RecordError(f"{len(data)} bytes of data")
    sizes = head.unpack_from(data)
    if head.size + sum(sizes) != len(data):
        raise RecordError(f"{' + '.join(map(str, sizes))} bytes told, {len(data) - head.size} given")
    ends = tuple(accumulate(sizes, initial=head.size))
    return tuple(data[start:end] for start, end in pairwise(ends))


def _field(text: bytes, *spans: Span) -> str:
    """Return one field without its padding, which is spaces on most cards and NUL on some."""
    units = b"".join(text[start : start + size] for start, size in spans)
    # Rare characters outside the first plane take two units; half of one at a field's end is shown as �.
    return units.decode("utf-16-le", "replace").partition("\0")[0].strip()
