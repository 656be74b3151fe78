"""What the passing of time does to a visit: the warning, the end, and the bell."""

from dataclasses import replace

from kiosk.session.base import Context, Step, stay
from kiosk.session.bell import ring_for_card, waits_for_card
from kiosk.session.effects import Ring, Tone
from kiosk.session.hard_limit import is_over
from kiosk.session.leaving import expire
from kiosk.session.limits import Limit, limit_of
from kiosk.session.personal import has_personal_data
from kiosk.session.states import Session


def pass_time(session: Session, context: Context) -> Step:
    """Warn whoever gave no sign of life, end the visit of whoever does not answer, ring for a card."""
    rung, bell = ring_for_card(session, context)
    after, effects = _wait(rung, context)
    return after, (*bell, *effects)


def _wait(session: Session, context: Context) -> Step:
    if session.warning_until_s is not None:
        return expire(session) if context.now_s >= session.warning_until_s else stay(session)
    limit = limit_of(session.state, context.limits, session.access)
    if limit is None or waits_for_card(session):
        return stay(session)
    if is_over(session, context.limits):
        return _warn(session, context.limits.session.lasting(session.access))
    if context.now_s - session.touched_s < limit.idle_s:
        return stay(session)
    return expire(session) if limit.warning_s == 0 else _warn(session, limit)


def _warn(session: Session, limit: Limit) -> Step:
    ring = Ring(Tone.WARNING, words=has_personal_data(session.state))
    return replace(session, warning_until_s=session.now_s + limit.warning_s), (ring,)
