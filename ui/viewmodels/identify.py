"""Laying the identity card on the reader, or holding a one-ID code before the scanner."""

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement

from kiosk.domain.text import Language
from kiosk.session.errand import Filing
from kiosk.session.states import Identifying, Session
from kiosk.session.ways import Ways, ways
from ui.core import CoreView
from ui.messages import say
from ui.viewmodels.base import ScreenViewModel

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class IdentifyViewModel(ScreenViewModel):
    """What the terminal waits for, what else it takes, and why the last try failed."""

    changed = Signal()

    def __init__(self, core: CoreView, parent: QObject | None = None) -> None:
        super().__init__(core, parent)
        self._state: Identifying | None = None
        self._ways: Ways | None = None
        self._language = Language.ZH

    def show(self, session: Session) -> None:
        """Show what the reader does and which ways there are."""
        state = session.state if isinstance(session.state, Identifying) else None
        now = None if state is None else ways(session, state)
        if (state, now, session.language) == (self._state, self._ways, self._language):
            return
        self._state, self._ways, self._language = state, now, session.language
        self.changed.emit()

    @Property(str, notify=changed)
    def phase(self) -> str:
        """``waiting``, ``reading`` a card or ``checking`` a code."""
        if self._state is None:
            return ""
        waits = self._state.phase.value
        return "checking" if self._state.checking and waits == "waiting" else waits

    @Property(str, notify=changed)
    def first(self) -> str:
        """What stands first: ``card``, ``code`` or ``elsewhere``."""
        return "" if self._ways is None else self._ways.first

    @Property(bool, notify=changed)
    def byCard(self) -> bool:
        """Whether a card can be read."""
        return self._ways is not None and self._ways.card

    @Property(bool, notify=changed)
    def byCode(self) -> bool:
        """Whether a one-ID code is taken."""
        return self._ways is not None and self._ways.code

    @Property(str, notify=changed)
    def whyNoCode(self) -> str:
        """Why no code is taken though this terminal has a scanner for it, or ``""``."""
        if self._ways is None or self._ways.why is None:
            return ""
        return say(self._ways.why, self._language, device="codes-1")

    @Property(str, notify=changed)
    def whose(self) -> str:
        """Whose card it is about: ``""`` one's own, ``applicant``, or ``agent`` after the applicant's."""
        errand = None if self._state is None else self._state.errand
        acting = errand.acting if isinstance(errand, Filing) else None
        if acting is None:
            return ""
        return "applicant" if acting.applicant is None else "agent"

    @Property(str, notify=changed)
    def fault(self) -> str:
        """Why the last try failed and what to do, and what else to try."""
        told = () if self._ways is None else self._ways.told
        return "\n".join(say(code, self._language, device="idcard-1") for code in told)

    @Property(list, notify=changed)
    def elsewhere(self) -> list[str]:
        """Where it can be done instead: the window of the item, then the neighbours, nearest first."""
        errand = None if self._state is None else self._state.errand
        window = [errand.item.guide.window] if isinstance(errand, Filing) else []
        return [place.in_(self._language) for place in (*window, *self._core.facts.neighbours)]
