"""What the screen with one input shows for each state that is one. Pure."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kiosk.domain.text import Language, Text
from kiosk.session.acting_states import NamingWard, WardField
from kiosk.session.progress_states import Numbering, Numeral
from kiosk.session.report_states import ReportStep, ReportWriting
from ui.messages import said
from ui.words import acting, reporting

if TYPE_CHECKING:
    from kiosk.session.states import Session


@dataclass(frozen=True, slots=True)
class Writing:
    """One screen with one input.

    Args:
        key: Names the question; another one takes over ``draft``.
        title: The question.
        lead: One sentence below it.
        hint: What stands in the empty input.
        draft: What stands in it as the session knows it.
        keys: Which keys it needs: ``"words"``, ``"digits"`` or ``"code"`` (capitals and digits).
        fault: What is wrong, or ``""``.
        busy: Whether the answer is still awaited.
        primary: Words of the button that goes on.
    """

    key: str = ""
    title: str = ""
    lead: str = ""
    hint: str = ""
    draft: str = ""
    keys: str = "words"
    fault: str = ""
    busy: bool = False
    primary: str = ""


_GO_ON = Text("继续", "Continue")
_LOOK_UP = Text("查询", "Look up")
_NUMBER = (
    Text("请输入办件编号或回执编号", "Enter the case number or the receipt number"),
    Text(
        "在回执上，回执编号形如 T0421-000137-96。",
        "It is on the slip; a receipt number looks like T0421-000137-96.",
    ),
    Text("例如 T0421-000137-96", "For example T0421-000137-96"),
)
_LAST4 = (
    Text("请输入申请人证件号码的后四位", "Enter the last four of the applicant's ID number"),
    Text("只用来确认是申请人在查，不会保存。", "Only to see that the applicant asks; it is not kept."),
    Text("例如 123X", "For example 123X"),
)


_REPORT_HINTS = {ReportStep.PLACE_WORDS: reporting.PLACE_HINT, ReportStep.PHONE: reporting.PHONE_HINT}


def writing(session: "Session") -> Writing | None:
    """Return what the screen with one input shows now, None when the state is another screen's."""
    language = session.language
    match session.state:
        case Numbering(typing=Numeral.NUMBER) as state:
            return replace(
                _worded("number", _NUMBER, language),
                draft=state.number,
                keys="code",
                fault=said(state.fault, language),
                busy=state.asking,
                primary=_GO_ON.in_(language),
            )
        case Numbering() as state:
            return replace(
                _worded("last4", _LAST4, language),
                draft=state.last4,
                keys="code",
                fault=said(state.fault, language),
                busy=state.asking,
                primary=_LOOK_UP.in_(language),
            )
        case NamingWard() as state:
            by_name = state.typing is WardField.NAME
            asked = acting.WARD_NAME if by_name else acting.WARD_NUMBER
            return replace(
                _worded(f"ward-{state.typing.value}", asked, language),
                draft=state.name if by_name else state.number,
                keys="words" if by_name else "code",
                fault=said(state.fault, language),
                primary=_GO_ON.in_(language),
            )
        case ReportWriting() as state:
            title, lead = reporting.TITLES[state.step.value]
            hint = _REPORT_HINTS.get(state.step, reporting.WORDS_HINT)
            return replace(
                _worded(f"report-{state.step.value}", (title, lead, hint), language),
                draft=state.draft,
                keys="digits" if state.step is ReportStep.PHONE else "words",
                fault=said(state.fault, language),
                primary=_GO_ON.in_(language),
            )
        case _:
            return None


def _worded(key: str, words: tuple[Text, Text, Text], language: Language) -> Writing:
    title, lead, hint = words
    return Writing(key, title.in_(language), lead.in_(language), hint.in_(language))
