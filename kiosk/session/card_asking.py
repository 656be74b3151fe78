"""Asking for the identity card."""

from kiosk.session.base import Step, go
from kiosk.session.errand import Errand
from kiosk.session.fault import Fault
from kiosk.session.states import Identifying, Session

LIFT_FIRST = Fault("idcard.lift-first")


def ask_for_card(session: Session, errand: Errand) -> Step:
    """Ask for the card; one that still lies there has to be lifted first."""
    return go(session, Identifying(errand, fault=LIFT_FIRST if session.card_on_reader else None))
