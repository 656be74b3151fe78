"""What stands on a screen in Chinese, whatever its language, because it is somebody's own."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import cast

from kiosk.catalogue.model import ServiceItem
from kiosk.domain.text import Text
from kiosk.forms.model import Form
from kiosk.session.states import State

_OURS = (ServiceItem, Form, Text)
"""What the terminal says exists in every language."""


def own_words(state: State) -> frozenset[str]:
    """Return every word in a state that came from the resident, a card, or a register."""
    return frozenset(_words(state))


def _words(value: object) -> Iterator[str]:
    if isinstance(value, str):
        if value:
            yield value
    elif isinstance(value, _OURS):
        return
    elif is_dataclass(value):
        for field in fields(value):
            yield from _words(getattr(value, field.name))
    elif isinstance(value, Mapping):
        for one in cast("Mapping[str, object]", value).values():
            yield from _words(one)
    elif isinstance(value, tuple):
        for one in cast("tuple[object, ...]", value):
            yield from _words(one)
