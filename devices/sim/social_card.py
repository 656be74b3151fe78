"""Social security cards of invented persons."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from devices.sim.vpcd_card import (
    DENIED,
    NO_RECORD,
    NOT_FOUND,
    OK,
    UNKNOWN_INS,
    WRONG_PARAMETERS,
    SimulatedCommand,
)
from devices.smartcard.social import CARD_FILE, ENVIRONMENT, NAME_EXTENSION, PERSON_FILE
from devices.smartcard.tlv import encode

_SELECT: Final = 0xA4
_READ_RECORD: Final = 0xB2
_BY_NUMBER: Final = 0x04
_NAME_BYTES: Final = 30
_EXTENSION_BYTES: Final = 20


@dataclass(frozen=True)
class SocialPerson:
    """What stands on one card.

    Args:
        name: Encoded in GBK, 30 bytes and 20 more where the card has an extension.
        number: Identity number.
        card_number: As printed.
        version: Of the specification.
        sex: ``"1"`` or ``"2"``.
        ethnic: Two digits.
        birthplace: Six digits.
        born: ``YYYYMMDD``.
        issued: ``YYYYMMDD``.
        valid_until: ``YYYYMMDD``.
        extension: Whether the card has the record for the rest of a long name.
    """

    name: str
    number: str
    card_number: str = "A12345678"
    version: str = "2.00"
    sex: str = "2"
    ethnic: str = "01"
    birthplace: str = "440306"
    born: str = "19870412"
    issued: str = "20210601"
    valid_until: str = "20310601"
    extension: bool = True

    def __repr__(self) -> str:
        """Name the version only."""
        return f"SocialPerson({self.version})"

    def files(self) -> dict[int, dict[int, bytes]]:
        """Return file → tag → value."""
        name = self.name.encode("gbk")
        card = {
            0x01: bytes.fromhex("440300D15600000500000000FFFFFFFF"),
            0x02: b"\x01",
            0x03: self.version.encode("ascii"),
            0x04: bytes.fromhex("915600000244030044030001"),
            0x05: bytes.fromhex(self.issued),
            0x06: bytes.fromhex(self.valid_until),
            0x07: self.card_number.encode("ascii"),
        }
        person = {
            0x08: self.number.encode("ascii"),
            0x09: name[:_NAME_BYTES].ljust(_NAME_BYTES, b"\0"),
            NAME_EXTENSION: name[_NAME_BYTES:][:_EXTENSION_BYTES].ljust(_EXTENSION_BYTES, b"\0"),
            0x0A: self.sex.encode("ascii"),
            0x0B: bytes.fromhex(self.ethnic),
            0x0C: bytes.fromhex(self.birthplace),
            0x0D: bytes.fromhex(self.born),
        }
        if not self.extension:
            del person[NAME_EXTENSION]
        return {CARD_FILE: card, PERSON_FILE: person}


LIN: Final = SocialPerson("林晓雯", "440306198704120025")
ZHAO: Final = SocialPerson("赵明轩", "440305199511080033", "B87654321", sex="1", born="19951108")
FIRST_GENERATION: Final = replace(LIN, version="1.00", extension=False)
THIRD_GENERATION: Final = replace(LIN, version="3.00")


@dataclass
class SocialApplet:
    """The application of one card.

    Args:
        person: Whose card it is.
        guarded: Whether EF06 wants a key first, as on the third generation; None: as the version has it.
        by_tag: Whether records are found by their tag; otherwise by their number only.
        selects: Second byte P1 by which files can be chosen; empty for a card that wants short file ids.
        algorithm: Number told when it is selected, or None to tell none.
        forced: (file, tag) → answered instead of the record, as it is.
    """

    person: SocialPerson
    guarded: bool | None = None
    by_tag: bool = True
    selects: tuple[int, ...] = (0x02,)
    algorithm: int | None = 3
    forced: Mapping[tuple[int, int], bytes] = field(default_factory=dict[tuple[int, int], bytes])

    def __post_init__(self) -> None:
        """Lay out the files."""
        self._files = self.person.files()
        self._guarded = self.person.version == "3.00" if self.guarded is None else self.guarded
        self._file: int | None = None

    @property
    def name(self) -> bytes:
        """By which it is selected."""
        return ENVIRONMENT

    def reset(self) -> None:
        """Forget which file was chosen."""
        self._file = None

    def select(self) -> bytes:
        """Answer with the name, and the algorithm where the card tells it."""
        self.reset()
        told = b"" if self.algorithm is None else encode(0x9F0C, encode(0x86, bytes([self.algorithm])))
        return encode(0x6F, encode(0x84, ENVIRONMENT) + encode(0xA5, told))

    def answer(self, command: SimulatedCommand) -> tuple[bytes, int]:
        """Choose a file or read a record."""
        if command.ins == _SELECT:
            if command.p1 not in self.selects:
                return b"", WRONG_PARAMETERS
            if command.data[:1] != b"\xef" or command.data[-1] not in self._files:
                return b"", NOT_FOUND
            self._file = command.data[-1]
            return b"", OK
        if command.ins == _READ_RECORD:
            file = command.p2 >> 3 or self._file
            return self._record(file, command.p1, by_number=bool(command.p2 & _BY_NUMBER))
        return b"", UNKNOWN_INS

    def _record(self, file: int | None, wanted: int, *, by_number: bool) -> tuple[bytes, int]:
        if file not in self._files:
            return b"", NOT_FOUND
        if file == PERSON_FILE and self._guarded:
            return b"", DENIED
        if not by_number and not self.by_tag:
            return b"", WRONG_PARAMETERS
        records = self._files[file]
        tags = list(records)
        tag = tags[wanted - 1] if by_number and 1 <= wanted <= len(tags) else None if by_number else wanted
        if tag is None or tag not in records:
            return b"", NO_RECORD
        value = records[tag]
        return self.forced.get((file, tag), bytes([tag, len(value)]) + value), OK
