"""Identity cards of invented persons, as the bytes that a reader hands over."""

import hashlib
import struct
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec

from devices.idcard.record import FOREVER, LATIN_NAME, LAYOUT_AT, LETTERS, SPANS, TEXT_BYTES
from devices.model import CardRecord

RESIDENTS = Path(__file__).parent / "scenarios" / "residents.toml"
_WLT_HEAD = bytes.fromhex("574c66007e00320000ff")  # "WL", 102 × 126 pixels
_PHOTO_BYTES = 1024


@dataclass(frozen=True)
class SimulatedCard:
    """One card.

    Args:
        record: What it says; a foreigner's name in Latin letters goes to the field for those.
        later_address: What was written to it after it was issued, or ``""``.
    """

    record: CardRecord
    later_address: str = ""

    @cached_property
    def serial(self) -> bytes:
        """The 8 bytes that a select answers with."""
        return hashlib.sha256(self.record.number.encode()).digest()[:8]

    @cached_property
    def text(self) -> bytes:
        """The 256 bytes of text."""
        record = self.record
        spans = SPANS[record.layout]
        fields = {name: getattr(record, name) for name in spans if name not in LATIN_NAME}
        fields["valid_until"] = record.valid_until or FOREVER
        text = bytearray(" ".encode("utf-16-le") * (TEXT_BYTES // 2))
        if LATIN_NAME[0] in spans and record.name.isascii():
            fields["name"] = ""
            rest = record.name
            for part in (spans[name] for name in LATIN_NAME if name in spans):
                _put(text, part, rest[: part[1] // 2])
                rest = rest[part[1] // 2 :]
        for name, value in fields.items():
            _put(text, spans[name], value)
        for letter, layout in LETTERS.items():
            if layout == record.layout:
                _put(text, LAYOUT_AT, letter)
        return bytes(text)

    @property
    def base_data(self) -> bytes:
        """What a base read answers: two lengths, text, photo."""
        photo = self.record.photo_wlt
        return struct.pack(">HH", len(self.text), len(photo)) + self.text + photo

    @property
    def address_data(self) -> bytes:
        """The 70 bytes of the later address, or nothing."""
        if not self.later_address:
            return b""
        return self.later_address.ljust(35).encode("utf-16-le")

    def __repr__(self) -> str:
        """Name the layout only."""
        return f"SimulatedCard({self.record.layout})"


def photo_of(number: str) -> bytes:
    """Return 1024 bytes in the shape of an encoded photo: the right head, then noise."""
    noise = hashlib.shake_256(number.encode()).digest(_PHOTO_BYTES - len(_WLT_HEAD))
    return _WLT_HEAD + noise


def card_from(fields: Mapping[str, Any]) -> SimulatedCard:
    """Return the card that the fields of a ``CardRecord`` describe, with ``valid_until = "长期"`` for no end.

    Raises:
        msgspec.ValidationError: A field is missing or of the wrong type.
    """
    record = msgspec.convert(dict(fields), CardRecord)
    until = None if record.valid_until == FOREVER else record.valid_until
    return SimulatedCard(replace(record, valid_until=until, photo_wlt=photo_of(record.number)))


def load_cards(path: Path = RESIDENTS) -> dict[str, SimulatedCard]:
    """Return the cards of a scenario by their names."""
    return {name: card_from(fields) for name, fields in tomllib.loads(path.read_text("utf-8")).items()}


def _put(text: bytearray, span: tuple[int, int], value: str) -> None:
    start, size = span
    units = value.encode("utf-16-le")
    if len(units) > size:
        raise ValueError(f"{len(units)} bytes do not fit into {size}")
    text[start : start + len(units)] = units
