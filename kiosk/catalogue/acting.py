"""Acting for somebody else (代办) and guardians, as data: who may, as what, and with which evidence."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Annotated, Final, Literal

from pydantic import Field

from kiosk.catalogue.files import Bilingual, Key, Strict
from kiosk.catalogue.model import Agency, Material
from kiosk.catalogue.reading_parts import text_of
from kiosk.catalogue.shipped import read_shipped
from kiosk.domain.text import Text

WayCode = Literal["agent", "guardian"]
_WAYS: Final[Mapping[Agency, tuple[WayCode, ...]]] = MappingProxyType(
    {"none": (), "allowed": ("agent",), "guardian": ("guardian",), "either": ("agent", "guardian")}
)


class _Relation(Strict):
    code: Key
    name: Bilingual
    title: Bilingual
    evidence: Annotated[tuple[Key, ...], Field(min_length=1)]


class _Way(Strict):
    code: WayCode
    title: Bilingual
    hint: Bilingual
    relations: Annotated[tuple[_Relation, ...], Field(min_length=1)]


class _Evidence(Strict):
    code: Key
    capture: Literal["scan", "photo"]
    pages_max: int = Field(default=1, ge=1, le=20)
    name: Bilingual
    how: Bilingual
    issuer: Bilingual


class _Book(Strict):
    note: str
    who: dict[Agency, Bilingual]
    ways: Annotated[tuple[_Way, ...], Field(min_length=1)]
    evidence: tuple[_Evidence, ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """What somebody who acts for another is to them.

    Args:
        code: Goes to the district.
        name: What somebody else calls it.
        title: What the resident chooses.
        evidence: What shows it, as documents of the application.
    """

    code: str
    name: Text
    title: Text
    evidence: tuple[Material, ...]


@dataclass(frozen=True, slots=True)
class ActingWay:
    """One way to act for somebody else.

    Args:
        code: For another adult, or for a child.
        title: What the resident reads.
        hint: What it takes.
        relations: What one can be to them.
    """

    code: WayCode
    title: Text
    hint: Text
    relations: tuple[Relation, ...]

    def relation(self, code: str) -> Relation | None:
        """Return the relation of a code, None for a code that is not offered."""
        return next((one for one in self.relations if one.code == code), None)


@dataclass(frozen=True, slots=True)
class ActingBook:
    """Everything about acting for somebody else.

    Args:
        who: Who may file an item, in one sentence for the guide.
        ways: All ways.
        evidence: All evidence.
    """

    who: Mapping[Agency, Text]
    ways: tuple[ActingWay, ...]
    evidence: tuple[Material, ...]

    def ways_of(self, agency: Agency) -> tuple[ActingWay, ...]:
        """Return the ways that an item allows."""
        return tuple(way for way in self.ways if way.code in _WAYS[agency])


@cache
def load_acting() -> ActingBook:
    """Load what comes with the program."""
    book = read_shipped("acting.json", _Book)
    evidence = {one.code: _material(one) for one in book.evidence}
    return ActingBook(
        MappingProxyType({agency: text_of(words) for agency, words in book.who.items()}),
        tuple(
            ActingWay(
                way.code,
                text_of(way.title),
                text_of(way.hint),
                tuple(_relation(one, evidence) for one in way.relations),
            )
            for way in book.ways
        ),
        tuple(evidence.values()),
    )


def _relation(one: _Relation, evidence: Mapping[str, Material]) -> Relation:
    shows = tuple(evidence[code] for code in one.evidence)
    return Relation(one.code, text_of(one.name), text_of(one.title), shows)


def _material(one: _Evidence) -> Material:
    return Material(
        code=one.code,
        name=text_of(one.name),
        how=text_of(one.how),
        capture=one.capture,
        pages_max=one.pages_max,
        issuer=text_of(one.issuer),
    )
