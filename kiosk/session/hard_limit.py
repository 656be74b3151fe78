"""The whole visit has an end: a machine that is held by one resident serves nobody else."""

from dataclasses import replace

from kiosk.session.base import Context
from kiosk.session.states import Ending, Session


def is_over(session: Session) -> bool:
    """Tell whether the visit has lasted as long as it may."""
    if session.ends_s is None or isinstance(session.state, Ending):
        return False
    return session.now_s >= session.ends_s


def more_time(session: Session, context: Context) -> Session:
    """Take the warning back; at the end of the whole visit once, and then no more."""
    if not is_over(session):
        return replace(session, warning_until_s=None)
    if session.extended:
        return session
    ends_s = session.now_s + context.limits.extension_s
    return replace(session, warning_until_s=None, ends_s=ends_s, extended=True)
