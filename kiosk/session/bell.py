"""The bell: somebody's time runs out, or their card is left behind; then staff are called, once."""

from dataclasses import replace

from kiosk.session.base import Context, Step, stay
from kiosk.session.effects import CallStaff, Ring, Tone
from kiosk.session.states import Attract, Ending, Session

FORGOTTEN = "idcard.forgotten"


def ring_for_card(session: Session, context: Context) -> Step:
    """Ring while a card lies there whose visit is over; what was done is counted, so none comes twice."""
    left, limits = session.left, context.limits
    if left is None or left.told or not isinstance(session.state, Ending | Attract):
        return stay(session)
    lying_s = context.now_s - left.since_s
    if lying_s >= limits.card_staff_s:
        # The goodbye stays a moment longer, to say what becomes of the card.
        told = replace(session, left=replace(left, told=True), touched_s=context.now_s)
        return told, (CallStaff(session.serial, FORGOTTEN),)
    if lying_s < left.rings * limits.card_bell_s:
        return stay(session)
    ring = Ring(Tone.CARD, words=left.rings == 0)
    return replace(session, left=replace(left, rings=int(lying_s // limits.card_bell_s) + 1)), (ring,)


def waits_for_card(session: Session) -> bool:
    """Tell whether the goodbye stays until its card was lifted, or staff were called."""
    return isinstance(session.state, Ending) and session.left is not None and not session.left.told
