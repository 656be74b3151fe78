"""An address picked step by step: district, street, community, building, room; or typed from any step on."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from kiosk.catalogue.places import Place, Places
from kiosk.forms.model import Field, Form, Problem, Value
from kiosk.forms.questions import visible

DEPTH = 5
"""Steps down to the room."""
_ON_THE_CARD = "card.address"
_BUILDING = 4
"""An address may end with its building: a house of one's own has no room number."""


@dataclass(frozen=True, slots=True)
class Picking:
    """How far an address is picked.

    Args:
        path: Chinese names of the places picked so far.
        typing: Whether the rest is typed.
        given: Whether what stands in the input is an earlier answer as a whole.
    """

    path: tuple[str, ...] = ()
    typing: bool = False
    given: bool = False

    @property
    def whole(self) -> bool:
        """Tell whether it was picked down to the room."""
        return len(self.path) == DEPTH and not self.typing


def start(answer: str) -> Picking:
    """Return where picking begins: at the first list, or at the earlier answer."""
    return Picking(typing=True, given=True) if answer else Picking()


def trail(places: Places, path: tuple[str, ...]) -> tuple[Place, ...]:
    """Return the places of ``path``, from the district down."""
    found: list[Place] = []
    inside = places.places
    for name in path:
        place = next((one for one in inside if one.name.zh == name), None)
        if place is None:
            break
        found.append(place)
        inside = place.places
    return tuple(found)


def offered(places: Places, path: tuple[str, ...]) -> tuple[Place, ...]:
    """Return what can be picked next; empty where the rest is typed, or nothing is left."""
    steps = trail(places, path)
    return steps[-1].places if steps else places.places


def pick(places: Places, picking: Picking, name: str) -> Picking:
    """Return the next step; a name that is not offered (a touch too many) changes nothing."""
    place = next((one for one in offered(places, picking.path) if one.name.zh == name), None)
    if place is None or picking.typing:
        return picking
    path = (*picking.path, name)
    return Picking(path, typing=not place.places and len(path) < DEPTH)


def by_hand(picking: Picking) -> Picking:
    """Return the step on which the rest is typed, since it is in no list."""
    return replace(picking, typing=True, given=False)


def step_back(places: Places, picking: Picking) -> Picking | None:
    """Return the step before, None when there is none and the question itself is left."""
    if picking.typing and not picking.given and (not picking.path or offered(places, picking.path)):
        return Picking(picking.path)
    return Picking(picking.path[:-1]) if picking.path else None


def known_addresses(form: Form, answers: Mapping[str, Value], asked: str) -> tuple[tuple[Field, str], ...]:
    """Return the addresses given in this form already, each with its field: nobody writes one twice."""
    found: dict[str, Field] = {}
    for field in visible(form, answers):
        value = answers.get(field.name)
        is_address = field.kind == "address" or field.prefill == _ON_THE_CARD
        own = field.name == asked or field.computed is not None
        if is_address and not own and isinstance(value, str) and value:
            found.setdefault(value, field)
    return tuple((field, value) for value, field in found.items())


def address_text(field: Field, picking: Picking, typed: str) -> str | Problem:
    """Return the address in one text for ``parse``, ``""`` when nothing was picked or typed.

    Returns:
        The text, or ``form.address-incomplete`` when it ends above the building.
    """
    typed = typed.strip()
    if not picking.path:
        return typed if picking.typing else ""
    if not typed and len(picking.path) < (_BUILDING if picking.typing else DEPTH):
        return Problem(field.name, "form.address-incomplete")
    prefix = "" if field.places is None else field.places.prefix
    return prefix + "".join(picking.path) + (typed if picking.typing else "")
