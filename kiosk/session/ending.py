"""The goodbye: what must not be left behind, and what else fits whoever just filed something."""

from dataclasses import replace

from kiosk.catalogue.eligibility import known_of, offers
from kiosk.catalogue.model import ServiceItem
from kiosk.session.base import Context, Step, go, stay
from kiosk.session.events import Continued, Event, ItemChosen
from kiosk.session.leaving import forget
from kiosk.session.states import Ending, Guiding, Session, Visit

MOST = 3


def also_for(visit: Visit, context: Context) -> tuple[ServiceItem, ...]:
    """Return what else fits the holder by the card alone, so without the network as well.

    Items and no reasons: of whom they are for, nothing goes beyond the visit. Whoever files for somebody else
    is offered nothing: what fits the other is not theirs.
    """
    if visit.acting is not None:
        return ()
    fitting = offers(context.items(), known_of(visit.holder), context.today)
    return tuple(offer.item for offer in fitting if offer.item.code != visit.item.code)[:MOST]


def on_ending(session: Session, state: Ending, event: Event) -> Step:
    """Go, or go on with another service: nothing is known of anybody any more, so it begins at its guide."""
    match event:
        case Continued():
            return forget(session)
        case ItemChosen(item) if item in state.also:
            left = session.left if session.left is not None and session.left.told else None
            return go(replace(session, begun_s=session.now_s, left=left), Guiding(item))
        case _:
            return stay(session)
