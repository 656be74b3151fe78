"""What the screen of choices shows for each state that is one: title, choices, fault. Pure."""

from typing import TYPE_CHECKING

from kiosk.domain.local_time import local_time
from kiosk.domain.text import Language, Text
from kiosk.session.acting_states import Arranging
from kiosk.session.document_states import Documenting
from kiosk.session.progress import AGAIN, BY_CARD, BY_NUMBER
from kiosk.session.progress_states import Listing, Tracking
from kiosk.session.report_states import ReportNear, ReportPicking, ReportReview
from ui.messages import said
from ui.viewmodels.acting_choices import acting_choosing
from ui.viewmodels.choices import ChoiceLine, Choosing, choice
from ui.viewmodels.formats import shown_date
from ui.viewmodels.report_choices import report_choosing
from ui.words import documents
from ui.words.progress import STATUS, UNKNOWN

if TYPE_CHECKING:
    from kiosk.domain.cases import CaseProgress
    from kiosk.session.states import Session
    from ui.core import CatalogueView

_TRACKING = (
    Text("查办理进度", "See how an application stands"),
    Text(
        "查自己的，用身份证最快。也可以凭编号查。",
        "For your own, the ID card is quickest. A number works too.",
    ),
)
_LISTING = (
    Text("您的办件", "Your applications"),
    Text("点一件，看办到哪一步。", "Touch one to see where it stands."),
)
_LOOKING = Text("正在查询您的办件…", "Looking for your applications…")
_NONE = Text(
    "没有查到您的办件。也可以返回，凭编号再查。",
    "None of yours were found. You can go back and use a number.",
)
_CARD = (Text("用身份证", "With the ID card"), Text("看自己的全部办件", "See all of your applications"))
_NUMBER = (
    Text("用编号", "With a number"),
    Text("办件编号或回执编号，加证件号码后四位", "Case or receipt number, and the last four of the ID"),
)
_AGAIN = Text("再查一次", "Ask again")


def choosing(session: "Session", catalogue: "CatalogueView") -> Choosing | None:
    """Return what the screen of choices shows now, None when the state is another screen's.

    Args:
        session: Now.
        catalogue: Knows the names of services in the language of the screen.
    """
    language = session.language
    match session.state:
        case Tracking():
            return Choosing(
                _TRACKING[0].in_(language),
                _TRACKING[1].in_(language),
                (choice(BY_CARD, *_CARD, "card", language), choice(BY_NUMBER, *_NUMBER, "receipt", language)),
            )
        case Listing() as state:
            return _listing(state, language, catalogue)
        case ReportPicking() | ReportReview() | ReportNear() as state:
            return report_choosing(state, language)
        case Arranging() as state:
            return acting_choosing(state, language)
        case Documenting() as state:
            return _documents(state, language)
        case _:
            return None


def _documents(state: Documenting, language: Language) -> Choosing:
    title, lead = (words.in_(language) for words in documents.LIST)
    if state.fault is not None:
        again = (ChoiceLine(AGAIN, documents.AGAIN.in_(language), symbol="repeat"),)
        return Choosing(title, lines=again, fault=said(state.fault, language))
    if state.documents is None:
        return Choosing(title, documents.LOOKING.in_(language), busy=True)
    if not state.documents:
        return Choosing(title, documents.NONE.in_(language))
    lines = tuple(
        ChoiceLine(
            one.kind,
            one.title.in_(language),
            documents.PAGES.in_(language).format(source=one.department.in_(language), pages=one.pages),
            "certificate",
        )
        for one in state.documents
    )
    return Choosing(title, lead, lines)


def service_name(case: "CaseProgress", catalogue: "CatalogueView", language: Language) -> str:
    """Return what the case is about, as the catalogue names it, or else as the platform does."""
    known = (item.name.in_(language) for item in catalogue.items if item.code == case.item)
    return next(known, case.item_name)


def _listing(state: Listing, language: Language, catalogue: "CatalogueView") -> Choosing:
    title = _LISTING[0].in_(language)
    if state.fault is not None:
        again = (ChoiceLine(AGAIN, _AGAIN.in_(language), symbol="repeat"),)
        return Choosing(title, lines=again, fault=said(state.fault, language))
    if state.cases is None:
        return Choosing(title, _LOOKING.in_(language), busy=True)
    if not state.cases:
        return Choosing(title, _NONE.in_(language))
    lines = tuple(
        ChoiceLine(
            case.number,
            service_name(case, catalogue, language),
            f"{STATUS.get(case.latest.status, UNKNOWN).in_(language)} · "
            f"{shown_date(local_time(case.latest.at).date(), language)}",
            "attention" if case.latest.status == "correction-required" else "document",
        )
        for case in state.cases
    )
    return Choosing(title, _LISTING[1].in_(language), lines, private=True)
