"""Signing on the screen, or by laying the card down once more."""

from dataclasses import replace

from kiosk.domain.identity import Holder, holder_from
from kiosk.session.base import Context, Step, go, stay
from kiosk.session.events import (
    CardReadWasRefused,
    CardWasRead,
    CardWasRemoved,
    Continued,
    Event,
    StrokeDrawn,
    StrokesCleared,
    WentBack,
)
from kiosk.session.filling import obstacle
from kiosk.session.states import Fault, Reviewing, Session, Signing
from kiosk.session.submitting import store

_STROKES_MAX = 200


def on_submit(session: Session, state: Reviewing, context: Context) -> Step:
    """Ask for the signature where the item wants one, else store, unless something is in the way."""
    blocked = obstacle(state)
    if blocked is not None:
        return go(session, blocked)
    visit = state.visit
    if visit.item.sign and visit.correction is None:
        # A card that still lies there says nothing: to confirm, it has to be laid down anew.
        return go(session, Signing(visit, lifted=not session.card_on_reader))
    return store(session, visit, context)


def on_signing(session: Session, state: Signing, event: Event, context: Context) -> Step:
    """Take strokes or the card; submit once it is a signature."""
    signature = state.signature
    match event:
        case StrokeDrawn(stroke) if len(signature.strokes) < _STROKES_MAX and len(stroke) > 1:
            drawn = replace(signature, strokes=(*signature.strokes, stroke), by_card=False)
            return go(session, replace(state, signature=drawn, fault=None))
        case StrokesCleared():
            return go(session, Signing(state.visit, lifted=state.lifted))
        case CardWasRemoved():
            return go(session, replace(state, lifted=True))
        case CardReadWasRefused(code) if state.lifted and state.by_card_too:
            return go(session, replace(state, fault=Fault(code)))
        case CardWasRead(record) if state.lifted and state.by_card_too:
            holder = holder_from(record, context.today)
            if not isinstance(holder, Holder) or holder.number != state.visit.signer.number:
                return go(session, replace(state, fault=Fault("signature.other-card")))
            confirmed = replace(signature, strokes=(), by_card=True)
            return go(session, replace(state, signature=confirmed, fault=None))
        case Continued() if signature.problem is not None:
            return go(session, replace(state, fault=Fault(signature.problem)))
        case Continued():
            return store(session, replace(state.visit, signature=signature), context)
        case WentBack():
            return go(session, Reviewing(state.visit, declared=True))
        case _:
            return stay(session)
