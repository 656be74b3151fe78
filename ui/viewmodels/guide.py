"""An item's guide, and the notice before any personal data is read."""

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.catalogue.acting import load_acting
from kiosk.catalogue.guide_code import guide_code
from kiosk.catalogue.model import Guide, Material, ServiceItem, Withdrawn
from kiosk.domain.text import Language, Text
from kiosk.session.document_states import PaperPhase
from kiosk.session.events import ItemChosen, NoticeDeclined
from kiosk.session.side_events import GuidePhoneAsked, GuidePrintAsked
from kiosk.session.states import Guiding, Notifying, Session
from ui.codes import qr_png
from ui.core import CoreView, PageShelf
from ui.messages import say
from ui.viewmodels.base import ScreenViewModel
from ui.viewmodels.item_rows import ItemRow, item_row
from ui.viewmodels.rows import RowModel

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class TextRow:
    """One line of a list."""

    text: str


@dataclass(frozen=True, slots=True)
class FactRow:
    """A fact with its name."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class GuideMaterialRow:
    """One document to have at hand; ``mark`` says when it need not be, or ``""``."""

    name: str
    how: str
    mark: str


@QmlElement
class GuideViewModel(ScreenViewModel):
    """Everything a resident should know before starting.

    Args:
        core: Where intents go and sessions come from.
        pages: Gives the code an address.
        parent: Qt owner.
    """

    changed = Signal()

    def __init__(self, core: CoreView, pages: PageShelf, parent: QObject | None = None) -> None:
        super().__init__(core, parent)
        self._pages = pages
        self._qr = ""
        self._item: ServiceItem | None = None
        self._language = Language.ZH
        self._code: str | None = None
        self._paper = PaperPhase.READY
        self._shown: object = None
        self._successors = RowModel(ItemRow, self)
        self._facts = RowModel(FactRow, self)
        self._conditions = RowModel(TextRow, self)
        self._steps = RowModel(TextRow, self)
        self._materials = RowModel(GuideMaterialRow, self)
        self._places = RowModel(FactRow, self)
        self._faq = RowModel(FactRow, self)
        self._basis = RowModel(TextRow, self)

    def show(self, session: Session) -> None:
        """Show the guide of the item."""
        state = session.state if isinstance(session.state, Guiding) else None
        item = None if state is None else state.item
        code = None if state is None or state.fault is None else state.fault.code
        if item is not None and item.requires.network == "required" and session.online is False:
            code = code or "item.needs-network"
        paper = PaperPhase.READY if state is None else state.paper
        phone = state is not None and state.on_phone
        now = (item, session.language, code, paper, phone)
        if now == self._shown:
            return
        self._shown = now
        self._item, self._language, self._code, self._paper, _ = now
        self._qr = "" if item is None or not phone else self._pages.url(self._drawn(item))
        successor = None if item is None else self._core.catalogue.successor(item)
        self._successors.show([] if successor is None else [item_row(successor, self._language)])
        self._facts.show(_facts(item, self._language))
        guide = None if item is None else item.guide
        self._conditions.show([] if guide is None else self._lines(guide.conditions))
        self._steps.show([] if guide is None else self._lines(guide.steps))
        self._materials.show([] if item is None else [self._material(one) for one in item.materials])
        self._places.show([] if guide is None else _places(guide, self._language))
        self._faq.show([] if guide is None else _faq(guide, self._language))
        self._basis.show([] if guide is None else self._lines(guide.basis))
        self.changed.emit()

    def _drawn(self, item: ServiceItem) -> bytes:
        return qr_png(guide_code(item, self._language, self._core.facts.guides_url))

    def _lines(self, texts: tuple[Text, ...]) -> list[TextRow]:
        return [TextRow(text.in_(self._language)) for text in texts]

    def _material(self, material: Material) -> GuideMaterialRow:
        return GuideMaterialRow(
            material.name.in_(self._language),
            material.how.in_(self._language),
            _mark(material, self._language),
        )

    @Property(bool, notify=changed)
    def printing(self) -> bool:
        """Whether the guide is being printed."""
        return self._paper is PaperPhase.PRINTING

    @Property(bool, notify=changed)
    def printed(self) -> bool:
        """Whether the guide lies in the paper slot."""
        return self._paper is PaperPhase.PRINTED

    @Property(str, notify=changed)
    def code(self) -> str:
        """Address of the code that takes the guide to the phone, while it is shown."""
        return self._qr

    @Property(bool, constant=True)
    def onTheWeb(self) -> bool:
        """Whether the code leads to a page; otherwise it holds the words itself."""
        return self._core.facts.guides_url is not None

    @Slot()
    def takeOnPhone(self) -> None:
        """The guide is wanted on the phone."""
        self._core.post(GuidePhoneAsked())

    @Slot()
    def printGuide(self) -> None:
        """The guide is wanted on paper."""
        self._core.post(GuidePrintAsked())

    @Property(str, notify=changed)
    def name(self) -> str:
        """What the item is called."""
        return "" if self._item is None else self._item.name.in_(self._language)

    @Property(str, notify=changed)
    def department(self) -> str:
        """Who decides on it."""
        return "" if self._item is None else self._item.department.in_(self._language)

    @Property(str, notify=changed)
    def summary(self) -> str:
        """What it is, in a sentence or two."""
        return "" if self._item is None else self._item.guide.summary.in_(self._language)

    @Property(str, notify=changed)
    def window(self) -> str:
        """Where a person helps with it."""
        return "" if self._item is None else self._item.guide.window.in_(self._language)

    @Property(str, notify=changed)
    def phone(self) -> str:
        """Whom to ring about it."""
        return "" if self._item is None else self._item.guide.phone

    @Property(str, notify=changed)
    def asOf(self) -> str:
        """Date of the guide's data."""
        return "" if self._item is None else self._item.guide.as_of

    @Property(bool, notify=changed)
    def sample(self) -> bool:
        """Whether the content is sample content."""
        return self._item is not None and self._item.sample

    @Property(bool, notify=changed)
    def here(self) -> bool:
        """Whether it can be filed at the terminal at all."""
        return self._item is not None and self._item.filing == "here"

    @Property(str, notify=changed)
    def fault(self) -> str:
        """Why it cannot be filed here now."""
        return "" if self._code is None else say(self._code, self._language)

    @Property(str, notify=changed)
    def elsewhere(self) -> str:
        """Why it is not filed here: at which window it is, or that it is no longer offered; or ``""``."""
        item = self._item
        if item is None or item.filing == "here":
            return ""
        if item.withdrawn is None:
            text = Text(
                f"这个事项请到窗口办理：{item.guide.window.zh}",
                f"This is done at a counter: {item.guide.window.en}",
            )
        else:
            text = _withdrawn(item.withdrawn, replaced=self._core.catalogue.successor(item) is not None)
        return text.in_(self._language)

    @Property(RowModel, constant=True)
    def successors(self) -> RowModel:
        """The item that took the place of one that is no longer offered, or none."""
        return self._successors

    @Slot()
    def chooseSuccessor(self) -> None:
        """The item that took its place is wanted."""
        successor = None if self._item is None else self._core.catalogue.successor(self._item)
        if successor is not None:
            self._core.post(ItemChosen(successor))

    @Property(RowModel, constant=True)
    def places(self) -> RowModel:
        """Where a person helps with it, with address and hours."""
        return self._places

    @Property(RowModel, constant=True)
    def faq(self) -> RowModel:
        """What people ask, with the answers."""
        return self._faq

    @Property(RowModel, constant=True)
    def basis(self) -> RowModel:
        """The rules it rests on."""
        return self._basis

    @Property(RowModel, constant=True)
    def facts(self) -> RowModel:
        """Who it is for, time limits, fee, result, codes."""
        return self._facts

    @Property(RowModel, constant=True)
    def conditions(self) -> RowModel:
        """What must be fulfilled."""
        return self._conditions

    @Property(RowModel, constant=True)
    def steps(self) -> RowModel:
        """What happens after the application."""
        return self._steps

    @Property(RowModel, constant=True)
    def materials(self) -> RowModel:
        """What to have at hand."""
        return self._materials


@QmlElement
class NoticeViewModel(ScreenViewModel):
    """Who processes which data, what for, how long, and what the resident's rights are."""

    changed = Signal()

    def __init__(self, core: CoreView, parent: QObject | None = None) -> None:
        super().__init__(core, parent)
        self._item: ServiceItem | None = None
        self._language = Language.ZH
        self._rows = RowModel(FactRow, self)

    def show(self, session: Session) -> None:
        """Show the item's notice."""
        item = session.state.item if isinstance(session.state, Notifying) else None
        if (item, session.language) == (self._item, self._language):
            return
        self._item, self._language = item, session.language
        self._rows.show([] if item is None else _notice(item, self._language))
        self.changed.emit()

    @Property(str, notify=changed)
    def name(self) -> str:
        """What the item is called."""
        return "" if self._item is None else self._item.name.in_(self._language)

    @Slot()
    def decline(self) -> None:
        """The resident does not agree."""
        self._core.post(NoticeDeclined())

    @Property(RowModel, constant=True)
    def rows(self) -> RowModel:
        """The notice, point by point."""
        return self._rows


def _facts(item: ServiceItem | None, language: Language) -> list[FactRow]:
    if item is None:
        return []
    guide = item.guide
    pairs = (
        (Text("办理对象", "Who it is for"), guide.who),
        *([(Text("谁来办", "Who may file"), load_acting().who[item.agent])] if item.filing == "here" else []),
        (Text("办理时限", "Time needed"), _time(guide)),
        (Text("收费", "Fee"), guide.fee),
        (Text("办理结果", "Result"), guide.result),
    )
    return [FactRow(label.in_(language), value.in_(language)) for label, value in pairs]


def _time(guide: Guide) -> Text:
    if guide.promised_days == 0:
        return Text("当场办结", "At once")
    return Text(
        f"承诺 {guide.promised_days} 个工作日（法定 {guide.legal_days} 个工作日）",
        f"{guide.promised_days} working {_days(guide.promised_days)} promised ({guide.legal_days} by law)",
    )


def _mark(material: Material, language: Language) -> str:
    if material.source == "e-licence":
        return Text("不用带", "Not to be brought").in_(language)
    if material.when is not None:
        return Text("有的情况才要", "In some cases").in_(language)
    if material.later:
        return Text("可以以后补", "May follow later").in_(language)
    return "" if material.required else Text("没有可以不交", "If you have it").in_(language)


def _places(guide: Guide, language: Language) -> list[FactRow]:
    return [
        FactRow(place.name.in_(language), f"{place.address.in_(language)}\n{place.hours.in_(language)}")
        for place in guide.places
    ]


def _faq(guide: Guide, language: Language) -> list[FactRow]:
    return [FactRow(one.asked.in_(language), one.answer.in_(language)) for one in guide.faq]


def _withdrawn(gone: Withdrawn, *, replaced: bool) -> Text:
    on = gone.on
    since = Text(
        f"这个事项从 {on.year} 年 {on.month} 月 {on.day} 日起不再办理。",
        f"This service has not been offered since {on:%-d %B %Y}.",
    )
    if not replaced:
        return since
    return Text(f"{since.zh}现在改办这一项：", f"{since.en} This one took its place:")


def _days(count: int) -> str:
    return "day" if count == 1 else "days"


def _notice(item: ServiceItem, language: Language) -> list[FactRow]:
    notice = item.notice
    pairs = (
        (Text("谁来处理", "Who processes it"), notice.handler),
        (Text("用来做什么", "What for"), notice.purpose),
        (Text("哪些信息", "Which data"), notice.data),
        (Text("保存多久", "How long it is kept"), notice.retention),
        (Text("法律依据", "Legal basis"), notice.basis),
        (Text("您的权利", "Your rights"), notice.rights),
    )
    return [FactRow(label.in_(language), value.in_(language)) for label, value in pairs]
