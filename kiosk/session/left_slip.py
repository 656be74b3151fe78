"""The slip of a visit that the program's end cut off: stored, and nobody holds its receipt.

After the restart it is offered to whoever touches the screen first. That may be somebody else by now, so it
names nobody, and the offer ends soon.
"""

from dataclasses import replace
from typing import Final

from kiosk.catalogue.reports import load_reports
from kiosk.domain.report import SERVICE as REPORT_SERVICE
from kiosk.session.base import Context, Step, go
from kiosk.session.effects import AwaitDelivery
from kiosk.session.states import Attract, Outcome, Resulting, Session
from kiosk.session.submission import LeftSlip
from kiosk.session.world_events import LeftStored

OFFERED_S: Final = 300.0
"""Whoever waits out a restart stands before the screen yet; who is not back by then has gone home."""


def on_cut_off_known(session: Session, stored: LeftStored | None, context: Context) -> Session:
    """Tell that nothing was kept, or offer the slip of what was; once somebody has come, neither."""
    if not isinstance(session.state, Attract) or session.serial:
        return session
    if stored is None:
        return replace(session, cut_off=True)
    item = load_reports().item if stored.service == REPORT_SERVICE else context.item_of(stored.service)
    if item is None:
        return session
    outcome = Outcome(item, stored.receipt_no, stored.case_no, "", None, seal=stored.seal, left=True)
    return replace(session, slip=LeftSlip(outcome, session.now_s + OFFERED_S))


def offer(session: Session, slip: LeftSlip) -> Step:
    """Show what was stored, and ask what became of it meanwhile."""
    outcome = slip.outcome
    asked = () if outcome.case_no is not None else (AwaitDelivery(session.serial, outcome.receipt_no),)
    return go(session, Resulting(outcome), *asked)


def let_go(session: Session) -> Session:
    """Drop the offer when its time is over."""
    slip = session.slip
    return session if slip is None or session.now_s < slip.until_s else replace(session, slip=None)
