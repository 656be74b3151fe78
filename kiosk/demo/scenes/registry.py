"""All scenes: each state on its own, and what may stand around any of them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from devices.errors import Remedy
from devices.health import ABSENT, Health, Severity
from kiosk.demo.scenes import identities, visits
from kiosk.session.errand import Filing
from kiosk.session.left_card import LeftCard
from kiosk.session.states import Identifying, Session
from kiosk.session.submission import LeftSlip

NOW_S = 100.0


@dataclass(frozen=True, slots=True)
class Scene:
    """One screen in one state.

    Args:
        name: What it is called in the gallery, e.g. ``"identify-fault"``.
        session: What is shown.
    """

    name: str
    session: Session


def scenes() -> Iterator[Scene]:
    """Yield every scene there is, in the order of a visit."""
    states = dict(visits.states())
    for name, state in states.items():
        yield Scene(name, Session(state=state, now_s=NOW_S))
    plain = Session(now_s=NOW_S)
    yield Scene("find-offline", replace(plain, state=states["find"], online=False))
    yield Scene(
        "guide-device-absent",
        replace(plain, state=states["guide"], health=(_absent("scanner-1"),)),
    )
    yield Scene(
        "identify-device-restarting",
        replace(plain, state=states["identify"], health=(visits.broken("idcard-1"),), online=False),
    )
    for name, session in identities.sessions(plain, Identifying(Filing(visits.item()))):
        yield Scene(name, session)
    yield Scene("home-access", replace(plain, state=states["home"], panel=True))
    yield Scene("question-access", replace(plain, state=states["question-text"], panel=True))
    yield Scene("home-warning", replace(plain, state=states["home"], warning_until_s=NOW_S + 17))
    left = replace(plain, card_on_reader=True)
    yield Scene("review-warning", replace(left, state=states["review"], warning_until_s=NOW_S + 28))
    yield Scene("end-card", replace(left, state=states["end-reminders"]))
    left = replace(left, left=LeftCard(0.0, rings=12, told=True))
    yield Scene("end-card-forgotten", replace(left, state=states["end"]))
    yield Scene("attract-card-forgotten", replace(left, state=states["attract"]))
    yield Scene("attract-cut-off", replace(plain, state=states["attract"], cut_off=True))
    slip = LeftSlip(visits.left_outcome(), NOW_S + 300)
    yield Scene("attract-slip-left", replace(plain, state=states["attract"], slip=slip))


def _absent(device: str) -> Health:
    return Health(device, ABSENT, Severity.FAULT, Remedy.SERVICE, visits.broken(device).since)
