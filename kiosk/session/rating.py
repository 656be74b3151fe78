"""好差评: five faces, once a case, and never in anybody's way."""

from dataclasses import replace

from kiosk.session.base import Step, go, stay
from kiosk.session.effects import SendRating
from kiosk.session.events import Continued, Event, Rated, RatingKnown
from kiosk.session.leaving import leave
from kiosk.session.states import Rating, RatingPhase, Session

BEST, WORST = 1, 5


def on_rating(session: Session, state: Rating, event: Event) -> Step:
    """Take one touch, tell the platform if it is there, and let go at any time."""
    match event:
        case Rated(score) if state.phase is RatingPhase.ASKING and BEST <= score <= WORST:
            if session.online is False:
                return go(session, replace(state, phase=RatingPhase.UNSENT))
            sending = replace(state, phase=RatingPhase.SENDING)
            return go(session, sending, SendRating(session.serial, state.outcome.receipt_no, score))
        case RatingKnown(_, sent) if state.phase is RatingPhase.SENDING:
            return go(session, replace(state, phase=RatingPhase.SENT if sent else RatingPhase.UNSENT))
        case Continued():
            return leave(session)
        case _:
            return stay(session)
