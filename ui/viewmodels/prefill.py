"""What is already known about the resident, each datum with its source."""

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.domain.text import Language, Text
from kiosk.forms.display import display
from kiosk.forms.model import Datum
from kiosk.session.events import DatumDisputed, DatumToggled
from kiosk.session.filling import is_fixed
from kiosk.session.states import PrefillPhase, Previewing, Session, Visit
from ui.core import CoreView
from ui.messages import say
from ui.viewmodels.base import ScreenViewModel
from ui.viewmodels.formats import shown_date
from ui.viewmodels.reveal import SHOWN_MS, Reveal
from ui.viewmodels.rows import RowModel

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1

_AS_OF = Text("{source} · {day}更新", "{source} · as of {day}")
_JUST_NOW = Text("{source} · 刚刚读取", "{source} · read just now")
_TYPED = Text("{source}", "{source}")
_OWN_WORDS = frozenset({"prefill.mismatch", "prefill.typed-number"})


@dataclass(frozen=True, slots=True)
class DatumRow:
    """One datum."""

    field: str
    label: str
    value: str
    source: str
    choice: str
    fixed: bool

    def __repr__(self) -> str:
        """Hide the value."""
        return f"DatumRow({self.field!r})"


@QmlElement
class PrefillViewModel(ScreenViewModel):
    """The data, and whether the platform has answered yet.

    Args:
        core: Where intents go and sessions come from.
        parent: Qt owner.
        shown_ms: How long hidden numbers are shown whole when they are asked for.
    """

    changed = Signal()

    def __init__(self, core: CoreView, parent: QObject | None = None, shown_ms: int = SHOWN_MS) -> None:
        super().__init__(core, parent)
        self._state: Previewing | None = None
        self._language = Language.ZH
        self._rows = RowModel(DatumRow, self)
        self._reveal = Reveal(shown_ms, self)
        self._reveal.changed.connect(self._refresh)

    def show(self, session: Session) -> None:
        """Show the data of the visit."""
        state = session.state if isinstance(session.state, Previewing) else None
        if state is None or session.warning_until_s is not None:
            self._reveal.close()
        self._state, self._language = state, session.language
        self._refresh()

    def _refresh(self) -> None:
        visit = None if self._state is None else self._state.visit
        self._rows.show([] if visit is None else [self._row(visit, datum) for datum in visit.data])
        self.changed.emit()

    def _row(self, visit: Visit, datum: Datum) -> DatumRow:
        field = visit.form.field(datum.field)
        source = datum.source.in_(self._language)
        just_now = _TYPED if visit.holder.proof == "typed" else _JUST_NOW
        template = just_now if datum.as_of is None else _AS_OF
        day = "" if datum.as_of is None else shown_date(datum.as_of, self._language)
        return DatumRow(
            field=datum.field,
            label=field.label.in_(self._language),
            value=display(field, datum.value, self._language, masked=not self._reveal.open),
            source=template.in_(self._language).format(source=source, day=day),
            choice="use" if datum.used else "wrong" if datum.disputed else "skip",
            fixed=field.fixed or is_fixed(visit, datum.field),
        )

    @Property(str, notify=changed)
    def phase(self) -> str:
        """``loading``, ``ready`` or ``unavailable``."""
        return "" if self._state is None else self._state.phase.value

    @Property(bool, notify=changed)
    def revealed(self) -> bool:
        """Whether numbers are shown whole for the moment."""
        return self._reveal.open

    @Property(bool, notify=changed)
    def hides(self) -> bool:
        """Whether anything is hidden that could be shown."""
        if self._state is None:
            return False
        form = self._state.visit.form
        return any(form.field(datum.field).secret for datum in self._state.visit.data)

    @Property(RowModel, constant=True)
    def rows(self) -> RowModel:
        """The data."""
        return self._rows

    @Property(str, notify=changed)
    def fault(self) -> str:
        """Why the district's data are missing."""
        if self._state is None or self._state.phase is not PrefillPhase.UNAVAILABLE:
            return ""
        code = "prefill.unavailable" if self._state.fault is None else self._state.fault.code
        return say(code if code in _OWN_WORDS else "prefill.unavailable", self._language)

    @Slot(str, str)
    def choose(self, field: str, choice: str) -> None:
        """A datum is to be used (``use``), not to be used (``skip``), or is ``wrong``."""
        self._core.post(DatumDisputed(field) if choice == "wrong" else DatumToggled(field, choice == "use"))

    @Slot()
    def reveal(self) -> None:
        """Show hidden numbers whole for a moment."""
        self._reveal.start()
