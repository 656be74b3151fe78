"""Scenes of what fits the holder of a card."""

from collections.abc import Iterator
from datetime import date

from kiosk.catalogue.eligibility import known_of, offers
from kiosk.catalogue.loader import load_builtin
from kiosk.domain.identity import Holder
from kiosk.session.errand import Mine
from kiosk.session.mine_states import Presenting
from kiosk.session.states import Identifying, State


def states(holder: Holder) -> Iterator[tuple[str, State]]:
    """Every state of it."""
    fitting = offers(load_builtin().items, known_of(holder), date(2026, 3, 15))
    yield "identify-mine", Identifying(Mine())
    yield "mine", Presenting(holder, fitting)
    yield "mine-asking", Presenting(holder, fitting[:1], asking=True)
    yield "mine-nothing", Presenting(holder)
