"""What the question screen lists: choices, places, entries; pure."""

from dataclasses import dataclass

from kiosk.domain.text import Language, Text
from kiosk.forms.address import known_addresses, offered, trail
from kiosk.forms.display import display, display_entry
from kiosk.forms.entries import entries_of, is_full
from kiosk.forms.parsing import CHOICE_END
from kiosk.session.states import Asking

_STEPS = (
    Text("请选择区", "Choose the district"),
    Text("请选择街道", "Choose the subdistrict"),
    Text("请选择社区", "Choose the community"),
    Text("请选择楼栋", "Choose the building"),
    Text("请选择房号", "Choose the room"),
)
_REST = (
    Text("请填写完整地址", "Write the whole address"),
    Text("请填写街道以后的地址", "Write the rest, from the subdistrict on"),
    Text("请填写社区以后的地址", "Write the rest, from the community on"),
    Text("请填写楼栋和房号", "Write the building and the room"),
    Text("请填写房号，没有可以不填", "Write the room; leave it empty if there is none"),
)
_GIVEN = Text("现在填的地址是", "The address is now")
_WHOLE = Text("地址选好了", "The address is complete")
_ENTRY = Text("{group} · 第 {n} 项", "{group} · no. {n}")
_MOST = Text("最多 {most} 项，已经填满。", "{most} at most; the list is full.")
_SAME = Text("与“{label}”相同", "Same as: {label}")
_SHORT = 5
_NONE = Text("还没有添加。", "Nothing added yet.")


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """One answer to choose."""

    value: str
    title: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One place to pick."""

    name: str
    title: str
    sample: bool = False
    detail: str = ""

    def __repr__(self) -> str:
        """Hide what may be somebody's address."""
        return f"PlaceRow({self.name!r})"


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry of a repeated group."""

    number: int
    title: str
    detail: str

    def __repr__(self) -> str:
        """Hide the entry."""
        return f"EntryRow({self.number})"


def choice_rows(state: Asking, language: Language) -> list[ChoiceRow]:
    """Return the choices; ticked are those in the draft."""
    ticked = state.draft.split(CHOICE_END)
    return [
        ChoiceRow(choice.value, choice.title.in_(language), choice.value in ticked)
        for choice in state.field.choices
    ]


def place_rows(state: Asking, language: Language) -> list[PlaceRow]:
    """Return the places that can be picked next."""
    places, picking = state.field.places, state.picking
    if places is None or picking is None or picking.typing:
        return []
    return [
        PlaceRow(place.name.zh, place.name.in_(language), place.sample)
        for place in offered(places, picking.path)
    ]


def are_short(places: list[PlaceRow]) -> bool:
    """Tell whether every place has a short name, such as a room's."""
    return all(len(place.title) <= _SHORT for place in places)


def known_rows(state: Asking, language: Language) -> list[PlaceRow]:
    """Return the addresses that can be taken over, while no place is picked yet."""
    if state.picking is None or state.picking.typing or state.picking.path:
        return []
    return [
        PlaceRow(field.name, _SAME.in_(language).format(label=field.label.in_(language)), detail=value)
        for field, value in known_addresses(state.visit.form, state.visit.answers, state.name)
    ]


def picked_words(state: Asking, language: Language) -> str:
    """Return the places picked so far, from the district down."""
    if state.field.places is None or state.picking is None:
        return ""
    steps = trail(state.field.places, state.picking.path)
    return " › ".join(place.name.in_(language) for place in steps)


def step_words(state: Asking, language: Language) -> str:
    """Say what is to be picked or written next."""
    picking = state.picking
    if picking is None:
        return ""
    if picking.given:
        return _GIVEN.in_(language)
    if picking.whole:
        return _WHOLE.in_(language)
    return (_REST if picking.typing else _STEPS)[len(picking.path)].in_(language)


def entry_rows(state: Asking, language: Language) -> list[EntryRow]:
    """Return the entries of the group whose list is shown."""
    field = state.field
    if field.kind != "group":
        return []
    first, *_ = field.columns
    return [
        EntryRow(
            number,
            display(first, entry[first.name], language) if first.name in entry else "",
            display_entry(field, entry.without(first.name), language),
        )
        for number, entry in enumerate(entries_of(state.visit.answers, state.name), 1)
    ]


def list_words(state: Asking, language: Language) -> str:
    """Say that a list is empty, or that nothing more fits."""
    field, entries = state.field, entries_of(state.visit.answers, state.name)
    if field.kind != "group":
        return ""
    if is_full(field, entries):
        return _MOST.in_(language).format(most=field.limits.most)
    return "" if entries else _NONE.in_(language)


def entry_words(state: Asking, language: Language) -> str:
    """Say which entry is asked, ``""`` when it is none."""
    if state.entry is None:
        return ""
    group = state.visit.form.field(state.name).label.in_(language)
    return _ENTRY.in_(language).format(group=group, n=state.entry.index + 1)
