"""The whole visit has an end: a machine that is held by one resident serves nobody else."""

from dataclasses import replace

from kiosk.session.base import Context
from kiosk.session.limits import Limits
from kiosk.session.states import Ending, Session


def is_over(session: Session, limits: Limits) -> bool:
    """Tell whether the visit has lasted as long as it may; longer for whoever needs time or listens."""
    if session.begun_s is None or isinstance(session.state, Ending):
        return False
    extension_s = limits.extension_s if session.extended else 0.0
    return session.now_s - session.begun_s >= limits.session.lasting(session.access).idle_s + extension_s


def more_time(session: Session, context: Context) -> Session:
    """Take the warning back; at the end of the whole visit once, and then no more."""
    if not is_over(session, context.limits):
        return replace(session, warning_until_s=None)
    return session if session.extended else replace(session, warning_until_s=None, extended=True)
