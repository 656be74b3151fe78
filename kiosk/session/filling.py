"""From the questions on: the list of materials and the review."""

from dataclasses import replace

from kiosk.forms.address import start
from kiosk.forms.checking import check
from kiosk.forms.model import Field, Form, Problem
from kiosk.forms.parsing import draft_of
from kiosk.forms.questions import SKIPPED, asked, remaining, settled
from kiosk.session.acting import change_people
from kiosk.session.base import Step, go, stay
from kiosk.session.capturing import open_material
from kiosk.session.events import (
    ChangeAsked,
    Continued,
    DeclarationToggled,
    Event,
    MaterialChosen,
    WentBack,
)
from kiosk.session.paging import is_incomplete
from kiosk.session.progress_states import Telling
from kiosk.session.states import (
    Asking,
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
    draft = draft_of(visit.answers.get(field.name, SKIPPED))
    picking = start(draft) if field.kind == "address" else None
    return Asking(visit, field.name, draft, problem, changing, picking=picking)


def after_questions(visit: Visit) -> Asking | Gathering | Reviewing:
    """Go to the first question without an answer, then to the materials, then to the review."""
    open_questions = remaining(visit.form, visit.answers, visit.data)
    if open_questions:
        return ask(visit, open_questions[0])
    return Gathering(visit) if visit.materials else Reviewing(visit)


def missing_materials(visit: Visit) -> tuple[str, ...]:
    """Return the codes of required materials without a page, but for those that may be brought later.

    What was begun has to be whole, whether it is required or not.
    """
    taken = {page.material for page in visit.pages}
    return tuple(
        material.code
        for material in visit.materials
        if (material.required and not material.later and material.code not in taken)
        or is_incomplete(visit, material.code)
    )


def on_gathering(session: Session, state: Gathering, event: Event) -> Step:
    """Choose what to scan next; go on once nothing required is missing."""
    visit = state.visit
    match event:
        case MaterialChosen(material) if material in {known.code for known in visit.materials}:
            return go(session, open_material(visit, material))
        case Continued() if missing_materials(visit):
            return go(session, replace(state, fault=Fault("materials.missing")))
        case Continued():
            return go(session, Reviewing(visit))
        case WentBack() if visit.correction is not None:
            return go(session, Telling(visit.correction.case, visit.correction.origin))
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
        case ChangeAsked("applicant" | "agent" as who) if visit.acting is not None:
            return change_people(session, visit, visit.acting, applicant=who == "applicant")
        case ChangeAsked(target) if target in {material.code for material in visit.materials}:
            return go(session, open_material(visit, target, changing=True))
        case ChangeAsked(target) if _can_change(visit.form, visit, target):
            return go(session, ask(visit, visit.form.field(target), changing=True))
        case WentBack() if visit.materials:
            return go(session, Gathering(visit))
        case WentBack():
            return go(session, last_question(visit))
        case _:
            return stay(session)


def _can_change(form: Form, visit: Visit, target: str) -> bool:
    return any(field.name == target and field.computed is None for field in form.fields) and not is_fixed(
        visit, target
    )


def obstacle(state: Reviewing) -> Asking | Gathering | Reviewing | None:
    """Return where the resident has to go before this can be submitted, None when nothing is in the way."""
    visit = state.visit
    problems = check(visit.form, settled(visit.form, visit.answers))
    if problems:
        field = visit.form.field(problems[0].field)
        if field.computed is not None:  # nobody can put it right here
            return replace(state, fault=Fault("form.malformed"))
        return ask(visit, field, problem=problems[0], changing=True)
    if missing_materials(visit):
        return Gathering(visit, Fault("materials.missing"))
    if not state.declared:
        return replace(state, fault=Fault("review.declare-first"))
    return None
