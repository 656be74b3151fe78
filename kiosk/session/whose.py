"""Whose an answer is: a visit can see two cards, and what was asked for the first may be answered last."""

from kiosk.session.document_states import Documenting
from kiosk.session.events import Event, PrefillArrived, PrefillFailed
from kiosk.session.mine_states import Presenting
from kiosk.session.progress_states import Listing
from kiosk.session.side_events import AskingFailed, CasesTold, CircumstancesTold, DocumentsTold
from kiosk.session.states import Previewing, State


def is_of_another(state: State, event: Event) -> bool:
    """Tell whether an answer is about somebody, or some item, that the screen is not about."""
    match state, event:
        case Previewing(visit), PrefillArrived(item=item, of=of) | PrefillFailed(item=item, of=of):
            return of is not None and (item, of) != (visit.item.code, visit.holder)
        case (
            Listing() | Documenting() | Presenting(),
            CasesTold(of=of) | DocumentsTold(of=of) | CircumstancesTold(of=of) | AskingFailed(of=of),
        ):
            return of is not None and of != state.holder
        case _:
            return False
