"""我的: what fits the holder of a card, offered unasked; works without the network as well."""

from dataclasses import replace

from kiosk.catalogue.eligibility import known_of, offers
from kiosk.domain.identity import Holder
from kiosk.session.base import Context, Step, go, stay
from kiosk.session.card_asking import ask_for_card
from kiosk.session.errand import Mine
from kiosk.session.events import Continued, Event, ItemChosen, WentBack
from kiosk.session.mine_states import Presenting
from kiosk.session.side_effects import AskCircumstances
from kiosk.session.side_events import AskingFailed, CircumstancesTold
from kiosk.session.states import Finding, Guiding, Home, Session


def open_mine(session: Session) -> Step:
    """Ask for the card."""
    return ask_for_card(session, Mine())


def present(session: Session, holder: Holder, context: Context) -> Step:
    """Offer what the card alone decides, and ask the district for more."""
    fitting = offers(context.items(), known_of(holder), context.today)
    if session.online is False:
        return go(session, Presenting(holder, fitting))
    return go(session, Presenting(holder, fitting, asking=True), AskCircumstances(session.serial, holder))


def on_presenting(session: Session, state: Presenting, event: Event, context: Context) -> Step:
    """Choose one, or look for something else."""
    match event:
        case CircumstancesTold(_, facts) if state.asking:
            fitting = offers(context.items(), known_of(state.holder, facts), context.today)
            return go(session, Presenting(state.holder, fitting))
        case AskingFailed() if state.asking:
            return go(session, replace(state, asking=False))
        case ItemChosen(item):
            return go(session, Guiding(item))
        case Continued():
            return go(session, Finding())
        case WentBack():
            return go(session, Home())
        case _:
            return stay(session)
