"""The streets and communities that a reported problem can be in, from the lists of addresses."""

from collections.abc import Iterable

from kiosk.catalogue.places import Place, load_places
from kiosk.domain.text import Text

DISTRICT = "宝安区"


def streets() -> tuple[Text, ...]:
    """Return the streets (街道) of the district."""
    return tuple(place.name for place in _district().places)


def communities(street: str) -> tuple[Text, ...]:
    """Return the communities (社区) of a street; empty for a street that there is not."""
    place = _named(_district().places, street)
    return () if place is None else tuple(one.name for one in place.places)


def picked(street: str, community: str = "") -> str:
    """Return the place as the district reads it."""
    return f"{load_places().prefix}{DISTRICT}{street}{community}"


def named(place: str) -> Text:
    """Return what a place of the lists is called, shortly; any other is called as it is written."""
    for street in streets():
        if place == picked(street.zh):
            return street
        for community in communities(street.zh):
            if place == picked(street.zh, community.zh):
                return Text(f"{street.zh}{community.zh}", f"{community.en}, {street.en}")
    return Text(place, place)


def _district() -> Place:
    places = load_places().places
    return _named(places, DISTRICT) or places[0]


def _named(places: Iterable[Place], name: str) -> Place | None:
    return next((place for place in places if place.name.zh == name), None)
