"""From the declaration to the receipt."""

from dataclasses import replace

from devices.model import Kind, PrintOutcome, PrintResult
from kiosk.domain.masking import mask_name
from kiosk.domain.report import SERVICE as REPORT_SERVICE
from kiosk.session.base import Context, Step, go, stay, trouble
from kiosk.session.effects import AwaitDelivery, PrintReceipt, SealAndStore
from kiosk.session.ending import also_for
from kiosk.session.events import (
    ApplicationStored,
    Continued,
    DeliveryKnown,
    Event,
    ReceiptChosen,
    ReceiptDone,
    ReprintAsked,
    StoreFailed,
    WentBack,
)
from kiosk.session.leaving import leave
from kiosk.session.side_effects import AskEarlier
from kiosk.session.side_events import EarlierKnown
from kiosk.session.states import (
    Failing,
    Fault,
    Home,
    Outcome,
    Rating,
    Receipting,
    ReceiptPhase,
    Resulting,
    Reviewing,
    Session,
    SubmitPhase,
    Submitting,
    Visit,
)


def on_failing(session: Session, state: Failing, event: Event, context: Context) -> Step:
    """Try again or go back to the review, while everything is still here."""
    match event:
        case Continued() if state.visit is not None:
            return store(session, state.visit, context)
        case ReceiptChosen("phone") if state.outcome is not None:
            return go(session, Receipting(state.outcome, ReceiptPhase.ON_PHONE, attempt=0))
        case WentBack() if state.visit is not None:
            return go(
                session, Reviewing(replace(state.visit, signature=None), declared=True, fault=state.fault)
            )
        case Continued():
            return leave(session)
        case _:
            return stay(session)


def store(session: Session, visit: Visit, context: Context) -> Step:
    """Freeze, seal and store what was declared, and signed where it has to be."""
    submitting = Submitting(
        visit,
        visit.item,
        masked_name=mask_name(visit.holder.name),
        pages=len(visit.pages),
        scanned=visit.scanned,
        also=also_for(visit, context),
        masked_agent="" if visit.acting is None else mask_name(visit.acting.agent.name),
    )
    return go(session, submitting, SealAndStore(session.serial, visit, session.language))


def on_submitting(session: Session, state: Submitting, event: Event) -> Step:
    """Wait for the store, then a little for the platform; the resident may stop waiting."""
    match event:
        case ApplicationStored(_, receipt_no, seal) if state.phase is SubmitPhase.STORING:
            # From here on the plain application is nobody's business on this machine.
            phase = SubmitPhase.SENDING
            sending = replace(state, visit=None, phase=phase, receipt_no=receipt_no, seal=seal)
            return go(session, sending, AwaitDelivery(session.serial, receipt_no))
        case StoreFailed(_, code) if state.visit is not None:
            return go(session, Failing(state.item, Fault(code), visit=state.visit))
        case DeliveryKnown(_, None, refusal) if state.receipt_no is not None and refusal is not None:
            outcome = _outcome(state, state.receipt_no, None)
            return go(session, Failing(state.item, Fault(refusal), outcome=outcome))
        case DeliveryKnown(_, case_no) if state.receipt_no is not None:
            return _result(session, _outcome(state, state.receipt_no, case_no))
        case Continued() | WentBack() if state.receipt_no is not None:
            return go(session, Resulting(_outcome(state, state.receipt_no, None)))
        case _:
            return stay(session)


def _result(session: Session, outcome: Outcome) -> Step:
    """Show what is true now; once there is a case, ask whether it is the first of its kind."""
    asked = outcome.case_no is not None and outcome.item.code != REPORT_SERVICE and not outcome.left
    effects = (AskEarlier(session.serial, outcome.receipt_no),) if asked else ()
    return go(session, Resulting(outcome), *effects)


def _outcome(state: Submitting, receipt_no: str, case_no: str | None) -> Outcome:
    return Outcome(
        state.item,
        receipt_no,
        case_no,
        state.masked_name,
        state.pages,
        state.scanned,
        state.seal,
        state.also,
        state.masked_agent,
    )


def on_resulting(session: Session, state: Resulting, event: Event) -> Step:
    """Print the receipt of what is true now."""
    match event:
        case DeliveryKnown(_, case_no) if case_no is not None:
            return _result(session, replace(state.outcome, case_no=case_no))
        case DeliveryKnown(_, None, refusal) if refusal is not None:
            return go(session, Failing(state.outcome.item, Fault(refusal), outcome=state.outcome))
        case EarlierKnown(_, earlier):
            return go(session, Resulting(replace(state.outcome, earlier=earlier)))
        case Continued():
            return _print(session, state.outcome, attempt=1)
        case ReceiptChosen("phone"):
            return go(session, Receipting(state.outcome, ReceiptPhase.ON_PHONE, attempt=0))
        case ReceiptChosen("none") if state.outcome.left:
            return go(session, Home())
        case ReceiptChosen("none"):
            return go(session, Rating(state.outcome))
        case _:
            return stay(session)


def _print(session: Session, outcome: Outcome, *, attempt: int) -> Step:
    code = trouble(session, Kind.PRINTER)
    if code is not None:
        not_printed = Receipting(outcome, ReceiptPhase.NOT_PRINTED, Fault(code), attempt)
        return go(session, not_printed)
    effect = PrintReceipt(session.serial, outcome, session.language, attempt)
    return go(session, Receipting(outcome, attempt=attempt), effect)


_MAY_PRINT = (ReceiptPhase.NOT_PRINTED, ReceiptPhase.UNKNOWN, ReceiptPhase.ON_PHONE)


def on_receipting(session: Session, state: Receipting, event: Event) -> Step:
    """Tell what became of the paper; a second print only when the resident asks for it."""
    match event:
        case ReceiptDone(_, result) if state.phase is ReceiptPhase.PRINTING:
            return go(session, _printed(state, result))
        case DeliveryKnown(_, case_no) if case_no is not None and state.phase is ReceiptPhase.ON_PHONE:
            # The code on the screen leads further from now on; a slip that is printed says what it said.
            return go(session, replace(state, outcome=replace(state.outcome, case_no=case_no)))
        case Continued() if state.phase is not ReceiptPhase.PRINTING:
            paper = state.phase in (ReceiptPhase.PRINTED, ReceiptPhase.UNKNOWN)
            return go(session, Rating(state.outcome, paper))
        case ReprintAsked() if state.phase in _MAY_PRINT:
            return _print(session, state.outcome, attempt=state.attempt + 1)
        case _:
            return stay(session)


def _printed(state: Receipting, result: PrintResult) -> Receipting:
    phases = {
        PrintOutcome.PRINTED: ReceiptPhase.PRINTED,
        PrintOutcome.NOT_PRINTED: ReceiptPhase.NOT_PRINTED,
        PrintOutcome.UNKNOWN: ReceiptPhase.UNKNOWN,
    }
    fault = None if result.code is None else Fault(result.code)
    return replace(state, phase=phases[result.outcome], fault=fault)
