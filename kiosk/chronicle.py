"""Writes the course of visits into the journal: which screen, which item, which number; never who or what.

What staff have to come for stands there as well, and in the log.
"""

import errno
import re

from kiosk.catalogue.model import ServiceItem
from kiosk.journal import Entry, Journal, is_id
from kiosk.lanes import Lane
from kiosk.log import logger
from kiosk.mailbox import Mailbox
from kiosk.session.effects import CallStaff, Effect
from kiosk.session.report_states import ReportReview
from kiosk.session.states import (
    Asking,
    Capturing,
    Failing,
    Gathering,
    Identifying,
    Paging,
    Previewing,
    Receipting,
    Resulting,
    Reviewing,
    Session,
    Signing,
    State,
    Submitting,
)

_UNSAVED: tuple[type[State], ...] = (
    Identifying,
    Previewing,
    Asking,
    Gathering,
    Capturing,
    Paging,
    Reviewing,
    Signing,
    Failing,
)
"""States whose resident has given something that is stored nowhere; a number says that it is after all."""
_STORING: tuple[type[State], ...] = (ReportReview, Submitting, Resulting, Receipting)
"""States whose resident may have an application stored, and no slip of it."""
_LOG = logger("chronicle")
_WORDS = re.compile(r"(?<!^)(?=[A-Z])")


class Chronicle:
    """Notes each change of screen, on a lane, since the disk may be slow.

    Args:
        journal: Where to write.
        mailbox: The core's; takes what goes wrong.
    """

    def __init__(self, journal: Journal, mailbox: Mailbox) -> None:
        self._journal = journal
        self._lane = Lane[None](
            "journal",
            mailbox,
            lambda _: None,
        )
        self._last: tuple[int, str] | None = None
        self._refused = False
        last = journal.last
        self.cut_off = last is not None and _is_one_of(last, _UNSAVED) and "receipt_no" not in last.ids
        """Whether the program ended in the middle of a visit of which nothing was stored."""
        self.storing = last if last is not None and _is_one_of(last, _STORING) else None
        """The entry at which the program ended in a visit of which something may be stored, or None."""

    def close(self) -> None:
        """Write what is left."""
        self._lane.close()

    def on_session(self, session: Session) -> None:
        """Note the screen, if it is another one than before."""
        code = _code(type(session.state))
        if (session.serial, code) == self._last:
            return
        self._last = (session.serial, code)
        ids = {"visit": str(session.serial), **_ids(session.state)}
        self._lane.do(lambda: self._write(code, **ids))

    def on_effect(self, effect: Effect) -> None:
        """Note that staff are called."""
        if isinstance(effect, CallStaff):
            _LOG.warning(effect.code)
            self._lane.do(lambda: self._write(effect.code, visit=str(effect.serial)))

    def _write(self, code: str, **ids: str) -> None:
        try:
            self._journal.write(code, **ids)
        except OSError as error:
            # A full disk ends no visit: guides, questions and what is printed go on without the journal.
            if not self._refused:
                _LOG.error("journal.not-written", reason=errno.errorcode.get(error.errno or 0, ""))
            self._refused = True
        else:
            self._refused = False


def _is_one_of(entry: Entry, states: tuple[type[State], ...]) -> bool:
    return entry.code in {_code(state) for state in states}


def _code(state: type[State]) -> str:
    return f"session.{_WORDS.sub('-', state.__name__).lower()}"


def _ids(state: State) -> dict[str, str]:
    ids: dict[str, str] = {}
    outcome = getattr(state, "outcome", None)
    owner = getattr(state, "visit", None) or outcome or state
    item = getattr(owner, "item", None)
    if isinstance(item, ServiceItem):
        ids["item"] = item.code
    for name in ("receipt_no", "case_no"):
        number = getattr(outcome or state, name, None)
        if isinstance(number, str) and is_id(number):
            ids[name] = number
    return ids
