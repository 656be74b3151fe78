"""By what somebody can be identified now: card, one-ID code (一码通), both or neither."""

from dataclasses import dataclass
from typing import Final, Literal

from devices.health import ABSENT
from devices.model import Kind
from kiosk.catalogue.model import ONE_ID
from kiosk.catalogue.readiness import best_health, code_trouble
from kiosk.session.errand import Errand, Filing
from kiosk.session.states import Guiding, Identifying, Session

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
        told: What is said of the last try, as codes: what went wrong, and how to try again.
    """

    card: bool
    code: bool
    why: str | None
    first: Literal["card", "code", "elsewhere"]
    told: tuple[str, ...]


def takes_code(session: Session) -> bool:
    """Tell whether a one-ID code held before the scanner would be taken now."""
    return isinstance(session.state, Identifying) and code_instead(session)


def code_instead(session: Session) -> bool:
    """Tell whether a one-ID code does instead of a card for what this screen is about."""
    match session.state:
        case Guiding(item):
            return _code_trouble(session, Filing(item)) is None
        case Identifying(errand):
            return _code_trouble(session, errand) is None
        case _:
            return False


def ways(session: Session, state: Identifying) -> Ways:
    """Return what the identify screen offers."""
    card = _card_works(session)
    why_not = _code_trouble(session, state.errand)
    code = why_not is None
    tried = state.attempts >= OTHER_WAY_FROM
    first = "card" if card and not tried else "code" if code else "elsewhere"
    return Ways(card, code, None if why_not == ABSENT else why_not, first, _told(state, code=code))


def _card_works(session: Session) -> bool:
    """Tell whether a card can be read; of a reader that has not said anything yet it is believed."""
    reader = best_health(session.health, Kind.ID_CARD)
    return reader is None or reader.usable


def _code_trouble(session: Session, errand: Errand) -> str | None:
    if isinstance(errand, Filing) and (
        errand.acting is not None or ONE_ID not in errand.item.requires.identity
    ):
        # For somebody else both cards are laid down: a code on a phone does not show who holds it.
        return ABSENT
    return code_trouble(session.health, online=session.online)


def _told(state: Identifying, *, code: bool) -> tuple[str, ...]:
    if state.fault is None:
        return ()
    if state.fault.code not in _WORTH_TRYING:
        return (state.fault.code,)
    if state.attempts >= OTHER_WAY_FROM:  # what went wrong was said before, and trying again did not help
        return ("idcard.try-code" if code else "idcard.try-elsewhere",)
    return (state.fault.code, "idcard.try-again" if state.attempts == 1 else "idcard.try-otherwise")
