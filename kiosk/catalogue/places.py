"""The places an address is picked from: district, street, community, building, room.

The file that comes with the program holds the real districts of Shenzhen and the real streets (街道) of
Bao'an; communities, buildings and rooms in it are samples and marked so. A deployment puts the standard
address library of its district (标准地址库) in the same shape.
"""

from dataclasses import dataclass
from functools import cache
from typing import Annotated

from pydantic import Field, StringConstraints

from kiosk.catalogue.files import Strict
from kiosk.catalogue.shipped import read_shipped
from kiosk.domain.text import Text

_Name = Annotated[str, StringConstraints(min_length=1, max_length=80, strip_whitespace=True)]


class _PlaceFile(Strict):
    zh: _Name
    en: _Name
    sample: bool = False
    places: tuple["_PlaceFile", ...] = ()
    rooms: tuple[_Name, ...] = ()


class _PlacesFile(Strict):
    note: str
    prefix: _Name
    places: tuple[_PlaceFile, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a list.

    Args:
        name: What it is called; the Chinese name is the one that stands in an address.
        sample: Whether it is invented.
        places: What lies in it; empty where the rest is typed.
    """

    name: Text
    sample: bool = False
    places: tuple["Place", ...] = ()


@dataclass(frozen=True, slots=True)
class Places:
    """Everything an address can be picked from.

    Args:
        prefix: Stands in front of every address: province and city.
        places: The districts.
    """

    prefix: str
    places: tuple[Place, ...]


@cache
def load_places() -> Places:
    """Load the places that come with the program."""
    content = read_shipped("places.json", _PlacesFile)
    return Places(content.prefix, tuple(_place(place) for place in content.places))


def _place(place: _PlaceFile) -> Place:
    inside = tuple(_place(part) for part in place.places)
    rooms = tuple(Place(Text(room, room), place.sample) for room in place.rooms)
    return Place(Text(place.zh, place.en), place.sample, inside or rooms)
