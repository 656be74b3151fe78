"""The questions, the list of materials and the review."""

from dataclasses import replace

from kiosk.forms.checking import check
from kiosk.forms.model import Field, Form, Problem
from kiosk.forms.parsing import parse
from kiosk.forms.questions import (
    SKIPPED,
    asked,
    next_question,
    previous_question,
    remaining,
    settled,
)
from kiosk.session.base import Context, Step, go, stay
from kiosk.session.events import (
    AnswerEdited,
    ChangeAsked,
    Continued,
    DeclarationToggled,
    Event,
    MaterialChosen,
    WentBack,
)
from kiosk.session.states import (
    Asking,
    Capturing,
    Fault,
    Gathering,
    PrefillPhase,
    Previewing,
    Reviewing,
    Session,
    Visit,
)


def is_fixed(visit: Visit, name: str) -> bool:
    """Tell whether an answer can be neither left out nor typed over: who applies is what the card says."""
    return visit.form.field(name).fixed and any(datum.field == name for datum in visit.data)


def ask(visit: Visit, field: Field, *, problem: Problem | None = None, changing: bool = False) -> Asking:
    """Put one question on the screen, with the answer it has so far."""
    value = visit.answers.get(field.name, SKIPPED)
    return Asking(visit, field.name, str(value), problem, changing)


def after_questions(visit: Visit) -> Asking | Gathering | Reviewing:
    """Go to the first question without an answer, then to the materials, then to the review."""
    open_questions = remaining(visit.form, visit.answers, visit.data)
    if open_questions:
        return ask(visit, open_questions[0])
    return Gathering(visit) if visit.item.materials else Reviewing(visit)


def missing_materials(visit: Visit) -> tuple[str, ...]:
    """Return the codes of required materials without a page."""
    taken = {page.material for page in visit.pages}
    return tuple(
        material.code for material in visit.item.materials if material.required and material.code not in taken
    )


def on_asking(session: Session, state: Asking, event: Event, context: Context) -> Step:
    """Take the answer to one question and go to the next."""
    match event:
        case AnswerEdited(text):
            return go(session, replace(state, draft=text, problem=None))
        case Continued():
            field = state.visit.form.field(state.name)
            value = parse(field, state.draft, context.today)
            if isinstance(value, Problem):
                return go(session, replace(state, problem=value))
            visit = replace(
                state.visit,
                answers=state.visit.answers.with_(state.name, value),
                data=tuple(
                    replace(datum, used=False)
                    if datum.field == state.name and datum.value != value
                    else datum
                    for datum in state.visit.data
                ),
            )
            return go(session, _after_answer(visit, state))
        case WentBack() if state.changing:
            return go(session, Reviewing(state.visit))
        case WentBack():
            before = previous_question(state.visit.form, state.visit.answers, state.name, state.visit.data)
            if before is None:
                return go(session, Previewing(state.visit, PrefillPhase.READY))
            return go(session, ask(state.visit, before))
        case _:
            return stay(session)


def _after_answer(visit: Visit, state: Asking) -> Asking | Gathering | Reviewing:
    if state.changing:
        # A changed answer may open questions that did not apply before.
        opened = remaining(visit.form, visit.answers, visit.data)
        return ask(visit, opened[0], changing=True) if opened else Reviewing(visit)
    following = next_question(visit.form, visit.answers, state.name, visit.data)
    return ask(visit, following) if following is not None else after_questions(visit)


def on_gathering(session: Session, state: Gathering, event: Event) -> Step:
    """Choose what to scan next; go on once nothing required is missing."""
    visit = state.visit
    match event:
        case MaterialChosen(material) if material in {known.code for known in visit.item.materials}:
            return go(session, Capturing(visit, material))
        case Continued() if missing_materials(visit):
            return go(session, replace(state, fault=Fault("materials.missing")))
        case Continued():
            return go(session, Reviewing(visit))
        case WentBack():
            return go(session, last_question(visit))
        case _:
            return stay(session)


def last_question(visit: Visit) -> Asking | Previewing:
    """Go back from behind the questions to the last of them."""
    fields = asked(visit.form, visit.answers, visit.data)
    return ask(visit, fields[-1]) if fields else Previewing(visit, PrefillPhase.READY)


def on_reviewing(session: Session, state: Reviewing, event: Event) -> Step:
    """Change a line, or tick the declaration; submitting is the business of ``submitting``."""
    visit = state.visit
    match event:
        case DeclarationToggled(declared):
            return go(session, Reviewing(visit, declared))
        case ChangeAsked(target) if target in {material.code for material in visit.item.materials}:
            return go(session, Capturing(visit, target, changing=True))
        case ChangeAsked(target) if _can_change(visit.form, visit, target):
            return go(session, ask(visit, visit.form.field(target), changing=True))
        case WentBack() if visit.item.materials:
            return go(session, Gathering(visit))
        case WentBack():
            return go(session, last_question(visit))
        case _:
            return stay(session)


def _can_change(form: Form, visit: Visit, target: str) -> bool:
    return any(field.name == target for field in form.fields) and not is_fixed(visit, target)


def obstacle(state: Reviewing) -> Asking | Gathering | Reviewing | None:
    """Return where the resident has to go before this can be submitted, None when nothing is in the way."""
    visit = state.visit
    problems = check(visit.form, settled(visit.form, visit.answers))
    if problems:
        field = visit.form.field(problems[0].field)
        return ask(visit, field, problem=problems[0], changing=True)
    if missing_materials(visit):
        return Gathering(visit, Fault("materials.missing"))
    if not state.declared:
        return replace(state, fault=Fault("review.declare-first"))
    return None
