"""By what somebody can be identified now: card, one-ID code (一码通), both or neither."""

from dataclasses import dataclass
from typing import Final, Literal

from devices.health import ABSENT
from devices.model import Kind
from kiosk.catalogue.model import ONE_ID
from kiosk.catalogue.readiness import best_health, code_trouble
from kiosk.session.errand import Errand, Filing
from kiosk.session.states import Identifying, Session

OTHER_WAY_FROM: Final = 3
"""From this failed try of a card on, the other way stands first."""
_WORTH_TRYING: Final = frozenset(
    {
        "idcard.moved",
        "idcard.unreadable",
        "idcard.auth-failed",
        "idcard.data-invalid",
        "identity.name-missing",
        "identity.dates-invalid",
    }
)
"""The same card laid down once more may be read."""


@dataclass(frozen=True, slots=True)
class Ways:
    """What the screen offers.

    Args:
        card: Whether a card can be read.
        code: Whether a one-ID code is taken.
        why: Why no code is taken though this terminal has a scanner for it, as a code; or None.
        first: What stands first; ``"elsewhere"`` where it is better done at another place.
        hint: What to try with the card beside what the fault says, as a code; or None.
    """

    card: bool
    code: bool
    why: str | None
    first: Literal["card", "code", "elsewhere"]
    hint: str | None


def takes_code(session: Session) -> bool:
    """Tell whether a one-ID code held before the scanner would be taken now."""
    state = session.state
    return isinstance(state, Identifying) and _code_trouble(session, state.errand) is None


def ways(session: Session, state: Identifying) -> Ways:
    """Return what the identify screen offers."""
    card = _card_works(session)
    why_not = _code_trouble(session, state.errand)
    code = why_not is None
    tried = state.attempts >= OTHER_WAY_FROM
    first = "card" if card and not tried else "code" if code else "elsewhere"
    hinted = state.fault is not None and state.fault.code in _WORTH_TRYING
    hint = _hint(state.attempts, code=code) if hinted else None
    return Ways(card, code, None if why_not == ABSENT else why_not, first, hint)


def _card_works(session: Session) -> bool:
    """Tell whether a card can be read; of a reader that has not said anything yet it is believed."""
    reader = best_health(session.health, Kind.ID_CARD)
    return reader is None or reader.usable


def _code_trouble(session: Session, errand: Errand) -> str | None:
    if isinstance(errand, Filing) and ONE_ID not in errand.item.requires.identity:
        return ABSENT
    return code_trouble(session.health, online=session.online)


def _hint(attempts: int, *, code: bool) -> str:
    if attempts >= OTHER_WAY_FROM:
        return "idcard.try-code" if code else "idcard.try-elsewhere"
    return "idcard.try-again" if attempts == 1 else "idcard.try-otherwise"
