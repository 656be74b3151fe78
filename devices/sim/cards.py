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

from devices.idcard.record import FOREVER, LATIN_NAME_REST, LAYOUT_AT, LETTERS, SPANS, TEXT_BYTES
from devices.model import CardRecord

RESIDENTS = Path(__file__).parent / "scenarios" / "residents.toml"
_WLT_HEAD = bytes.fromhex("574c66007e00320000ff")  # "WL", 102 × 126 pixels
_PHOTO_BYTES = 1024


@dataclass(frozen=True)
class SimulatedCard:
    """One card.

    Args:
        record: What it says, also the later address and the fingerprints. A name that is the one in Latin
            letters is not written a second time.
    """

    record: CardRecord

    @property
    def issue(self) -> bytes:
        """The 4 bytes that a find answers with; 0 on some cards."""
        return self.serial[:4]

    @cached_property
    def serial(self) -> bytes:
        """The 8 bytes that a select answers with."""
        return hashlib.sha256(self.record.number.encode()).digest()[:8]

    @cached_property
    def text(self) -> bytes:
        """The 256 bytes of text."""
        record = self.record
        spans = SPANS[record.layout]
        fields = {name: getattr(record, name) for name in spans if name != LATIN_NAME_REST}
        fields["valid_until"] = record.valid_until or FOREVER
        if record.name == record.latin_name:
            fields["name"] = ""
        if LATIN_NAME_REST in spans:
            fits = spans["latin_name"][1] // 2
            fields["latin_name"] = record.latin_name[:fits]
            fields[LATIN_NAME_REST] = record.latin_name[fits:]
        text = bytearray(" ".encode("utf-16-le") * (TEXT_BYTES // 2))
        for name, value in fields.items():
            _put(text, spans[name], value)
        for letter, layout in LETTERS.items():
            if layout == record.layout:
                _put(text, LAYOUT_AT, letter)
        return bytes(text)

    @property
    def base_data(self) -> bytes:
        """What a base read answers: two lengths, text, photo."""
        return _parts(self.text, self.record.photo_wlt)

    @property
    def data_with_fingerprints(self) -> bytes:
        """What a read with fingerprints answers: three lengths, text, photo, fingerprints."""
        return _parts(self.text, self.record.photo_wlt, self.record.fingerprints)

    @property
    def chip_data(self) -> bytes:
        """The 28 bytes of the chip's numbers."""
        return self.issue + self.serial + hashlib.md5(self.serial, usedforsecurity=False).digest()

    @property
    def address_data(self) -> bytes:
        """The 70 bytes of the later address, or nothing."""
        if not self.record.later_address:
            return b""
        return self.record.later_address.ljust(35).encode("utf-16-le")

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


def _parts(*parts: bytes) -> bytes:
    return struct.pack(f">{len(parts)}H", *map(len, parts)) + b"".join(parts)


def _put(text: bytearray, span: tuple[int, int], value: str) -> None:
    start, size = span
    units = value.encode("utf-16-le")
    if len(units) > size:
        raise ValueError(f"{len(units)} bytes do not fit into {size}")
    text[start : start + len(units)] = units
