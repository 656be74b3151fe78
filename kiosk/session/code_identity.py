"""Being identified by a one-ID code (一码通): shown to the scanner, verified by the platform."""

from dataclasses import replace

from kiosk.domain.identity import Holder, holder_of_code
from kiosk.session.base import Context, Step, go, stay
from kiosk.session.effects import VerifyCode
from kiosk.session.events import CodeRefused, CodeVerified, CodeWasScanned
from kiosk.session.states import CardPhase, Fault, Identifying, Session
from kiosk.session.ways import takes_code

CodeEvent = CodeWasScanned | CodeVerified | CodeRefused


def on_code(session: Session, state: Identifying, event: CodeEvent, context: Context) -> Step | Holder:
    """Ask the platform about a code that was shown, and take its answer.

    Cards go on being read meanwhile. An answer about another code than the one that is asked about now
    belongs to a screen that was left since.

    Returns:
        The person, once the platform said who it is; else the next step.
    """
    match event:
        case CodeWasScanned(text) if state.checking == "" and takes_code(session):
            asked = replace(state, checking=text, fault=None)
            return go(session, asked, VerifyCode(session.serial, text))
        case CodeVerified(_, code, record) if code == state.checking:
            known = holder_of_code(record, context.today)
            return known if isinstance(known, Holder) else _refused(session, state, known.code)
        case CodeRefused(_, code, why) if code == state.checking:
            return _refused(session, state, why)
        case _:
            return stay(session)


def _refused(session: Session, state: Identifying, why: str) -> Step:
    # While a card is being read, what became of the code is no longer what matters.
    fault = state.fault if state.phase is CardPhase.READING else Fault(why)
    return go(session, replace(state, checking="", fault=fault))
