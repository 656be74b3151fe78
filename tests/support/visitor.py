"""The ways of one visit, as a resident goes them; each stops on the screen it names."""

from collections.abc import Callable

from devices.sim.control import BenchClient
from kiosk.session.acting_states import Arranging
from kiosk.session.states import (
    Asking,
    Attract,
    Capturing,
    Ending,
    Finding,
    Gathering,
    Guiding,
    Home,
    Identifying,
    Notifying,
    PrefillPhase,
    Previewing,
    Rating,
    Receipting,
    ReceiptPhase,
    Resulting,
    Reviewing,
    Session,
    State,
)
from tests.support.citizen import Citizen

ITEM = "old-age-allowance"
CARD = "resident-chen"


class Visitor:
    """Goes through a visit screen by screen.

    Args:
        citizen: Eyes and hands.
        bench: Where cards are laid and pulled.
        session: Tells where the visit is, to wait for and never to change.
    """

    def __init__(self, citizen: Citizen, bench: BenchClient, session: Callable[[], Session]) -> None:
        self.citizen = citizen
        self.bench = bench
        self.session = session
        self.before_the_door: Callable[[], None] = lambda: None
        """What is done on the home screen first."""
        self.on_arrival: Callable[[], None] = lambda: None
        """What is looked at on every screen."""

    def is_at(self, kind: type[State]) -> bool:
        return isinstance(self.session().state, kind)

    def arrives(self, kind: type[State], timeout_s: float = 15.0) -> None:
        self.citizen.robot.wait(lambda: self.is_at(kind), f"the screen {kind.__name__}", timeout_s)
        if kind is not Attract:
            self.on_arrival()

    def to_attract(self) -> None:
        self.arrives(Attract)

    def to_home(self) -> None:
        self.to_attract()
        self.citizen.taps("start")
        self.arrives(Home)
        self.before_the_door()

    def to_find(self) -> None:
        self.to_home()
        self.citizen.taps("door-apply")
        self.arrives(Finding)

    def to_guide(self) -> None:
        self.to_find()
        self.citizen.taps(f"item-{ITEM}")
        self.arrives(Guiding)

    def to_notice(self) -> None:
        self.to_guide()
        self.citizen.taps("continue")
        self.arrives(Notifying)

    def to_identify(self) -> None:
        self.to_notice()
        self.citizen.taps("continue")
        self.arrives(Arranging)
        self.citizen.taps("pick-self")
        self.arrives(Identifying)

    def to_prefill(self) -> None:
        self.to_identify()
        self.bench.place_card(CARD)
        self.waits_for_prefill()

    def waits_for_prefill(self) -> None:
        def ready() -> bool:
            state = self.session().state
            return isinstance(state, Previewing) and state.phase is not PrefillPhase.LOADING

        self.citizen.robot.wait(ready, "the data are there", 15.0)

    def to_question(self) -> None:
        self.to_prefill()
        self.citizen.taps("continue")
        self.arrives(Asking)

    def to_typed_name(self) -> None:
        """The question about the contact, with a name typed on the Pinyin keyboard."""
        self.to_question()
        self.citizen.taps("choice-self", "continue", "answer")
        self.citizen.types("陈国强", pinyin="chenguoqiang")

    def to_materials(self) -> None:
        self.to_typed_name()
        self.citizen.taps("continue")
        self.citizen.robot.wait(self._is_asked_something_new, "an empty question")
        self.citizen.taps("answer")
        self.citizen.types("13800138000")
        self.citizen.taps("continue")
        self.arrives(Gathering)

    def _is_asked_something_new(self) -> bool:
        state = self.session().state
        return isinstance(state, Asking) and state.draft == ""

    def to_scanner(self) -> None:
        self.to_materials()
        self.citizen.taps("material-household-register")
        self.arrives(Capturing)

    def takes_page(self) -> None:
        self.citizen.taps("capture")
        self.citizen.sees("page")
        self.citizen.taps("continue")
        self.arrives(Gathering)

    def to_camera(self) -> None:
        self.to_scanner()
        self.takes_page()
        self.citizen.taps("material-social-security-card")
        self.arrives(Capturing)

    def to_review(self) -> None:
        self.to_camera()
        self.takes_page()
        self.citizen.taps("continue")
        self.arrives(Reviewing)

    def to_result(self) -> None:
        self.to_review()
        self.citizen.taps("declaration", "continue")
        self.arrives(Resulting, 20.0)

    def to_receipt(self) -> None:
        self.to_result()
        self.citizen.taps("continue")
        self.waits_for_paper()

    def waits_for_paper(self) -> None:
        def done() -> bool:
            state = self.session().state
            return isinstance(state, Receipting) and state.phase is not ReceiptPhase.PRINTING

        self.citizen.robot.wait(done, "the printer has said what became of it", 30.0)

    def to_rating(self) -> None:
        self.to_receipt()
        self.citizen.taps("continue")
        self.arrives(Rating)

    def to_end(self) -> None:
        self.to_rating()
        self.citizen.taps("continue")
        self.arrives(Ending)

    def leaves(self) -> None:
        """Takes everything along and goes, whichever of the last screens it is; rates nothing."""
        self.bench.pull_card()
        self.citizen.robot.wait(lambda: self.is_at(Rating) or self.is_at(Ending), "the last screens")
        if self.is_at(Rating):
            self.citizen.taps("continue")
            self.arrives(Ending)
        self.citizen.taps("continue")
        self.arrives(Attract)
