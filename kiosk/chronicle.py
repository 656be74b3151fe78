"""Writes the course of visits into the journal: which screen, which item, which number; never who or what."""

import re

from kiosk.catalogue.model import ServiceItem
from kiosk.journal import Journal
from kiosk.lanes import Lane
from kiosk.mailbox import Mailbox
from kiosk.session.states import Session, State

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

    def close(self) -> None:
        """Write what is left."""
        self._lane.close()

    def on_session(self, session: Session) -> None:
        """Note the screen, if it is another one than before."""
        code = f"session.{_WORDS.sub('-', type(session.state).__name__).lower()}"
        if (session.serial, code) == self._last:
            return
        self._last = (session.serial, code)
        ids = {"visit": str(session.serial), **_ids(session.state)}
        self._lane.do(lambda: self._journal.write(code, **ids))


def _ids(state: State) -> dict[str, str]:
    ids: dict[str, str] = {}
    outcome = getattr(state, "outcome", None)
    owner = getattr(state, "visit", None) or outcome or state
    item = getattr(owner, "item", None)
    if isinstance(item, ServiceItem):
        ids["item"] = item.code
    for name in ("receipt_no", "case_no"):
        number = getattr(outcome or state, name, None)
        if isinstance(number, str):
            ids[name] = number
    return ids
