"""A patient resident without a screen: goes through visits by events, tries again, gives up honestly."""

import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, TypeVar

from kiosk.catalogue.model import ServiceItem
from kiosk.forms.entries import entries_of
from kiosk.forms.model import Field
from kiosk.session.acting_states import Arranging
from kiosk.session.events import (
    AnswerEdited,
    CaptureAsked,
    Continued,
    DeclarationToggled,
    Door,
    DoorOpened,
    Ended,
    EntryAdded,
    Event,
    ItemChosen,
    MaterialChosen,
    PlaceByHand,
    ReprintAsked,
    RetakeAsked,
    Started,
    StrokeDrawn,
    WayChosen,
    WentBack,
)
from kiosk.session.prechecking import question_of
from kiosk.session.side_events import Picked
from kiosk.session.states import (
    Asking,
    Attract,
    CapturePhase,
    Capturing,
    Checking,
    Failing,
    Finding,
    Gathering,
    Guiding,
    Home,
    Identifying,
    Notifying,
    Outcome,
    PrefillPhase,
    Previewing,
    Receipting,
    ReceiptPhase,
    Resulting,
    Reviewing,
    Signing,
    State,
    Submitting,
)
from kiosk.wiring import Terminal
from tests.soak.remote import Remote

_SAMPLES: Final = {"phone": "13800138000", "date": "20250101", "id-number": "440306194305179908"}
_STROKE: Final = ((100, 200), (900, 800), (100, 800), (900, 200))
_POLL_S: Final = 0.02
_TRIES: Final = 6
_REPRINTS: Final = 2
S = TypeVar("S", bound=State)


def _place(state: State) -> object:
    """Return what is asked now: field, column, and how long the list is."""
    if not isinstance(state, Asking):
        return None
    return state.name, state.entry and state.entry.column, len(entries_of(state.visit.answers, state.name))


class GivenUpError(Exception):
    """The resident leaves: the terminal said why, or did not get on in time."""


@dataclass(slots=True)
class Told:
    """What the terminal told of one visit.

    Args:
        card: Whose card was laid.
        token: What the page on the scanner says.
        name: The name that the terminal read.
        number: The number that the terminal read.
        outcome: What the receipt says, or None before the application was stored.
        printed: How often the terminal said that the receipt was printed.
        unknown: How often it did not know.
        given_up: Why the resident left, or ``""``.
        faults: Codes that the terminal showed on the way.
    """

    card: str
    token: str
    name: str = ""
    number: str = ""
    outcome: Outcome | None = None
    printed: int = 0
    unknown: int = 0
    given_up: str = ""
    faults: Counter[str] = field(default_factory=Counter[str])


class Resident:
    """Goes through visits.

    Args:
        terminal: The running terminal.
        bench: Where cards and pages are laid.
        dice: Decides what is left open.
        alive: Tells whether the terminal still runs.
    """

    def __init__(
        self, terminal: Terminal, bench: Remote, dice: random.Random, alive: Callable[[], bool]
    ) -> None:
        self._core = terminal.core
        self._bench = bench
        self._dice = dice
        self._alive = alive

    def visit(self, item: ServiceItem, card: str, token: str) -> Told:
        """Go through one visit, to the start screen at its end."""
        told = Told(card, token)
        self._bench.call("lay_page", card, token)
        try:
            self._go_through(item, told)
        except GivenUpError as reason:
            told.given_up = str(reason)
        self._leave()
        return told

    def _go_through(self, item: ServiceItem, told: Told) -> None:
        self._wait_for(Attract)
        self._post(Started())
        self._wait_for(Home)
        self._post(DoorOpened(Door.APPLY))
        self._wait_for(Finding)
        self._post(ItemChosen(item))
        self._wait_for(Guiding)
        self._start(told)
        self._identify(told)
        self._answer_all(told)
        self._take_pages(told)
        self._submit(told)
        self._take_receipt(told)

    def _start(self, told: Told) -> None:
        for _ in range(_TRIES * 4):
            self._post(Continued())
            self._until(lambda: isinstance(self._state, Checking | Notifying), 1.0)
            self._answer_situation()
            if self._until(lambda: isinstance(self._state, Notifying), 1.0):
                self._post(Continued())
                if self._until(lambda: isinstance(self._state, Arranging), 1.0):
                    self._post(Picked("self"))
                self._wait_for(Identifying)
                return
            self._note_fault(told)
        raise GivenUpError(f"not offered: {_last(told)}")

    def _answer_situation(self) -> None:
        for _ in range(_TRIES):
            state = self._state
            if not isinstance(state, Checking):
                return
            self._post(WayChosen(next(way.value for way in question_of(state).ways if way.stops is None)))
            self._post(Continued())
            self._until(lambda asked=state.question: getattr(self._state, "question", "") != asked, 2.0)

    def _identify(self, told: Told) -> None:
        for _ in range(_TRIES):
            self._bench.call("place_card", told.card)
            tried = self._attempts()
            if self._until(lambda before=tried: self._is_known_or_refused(before), 6.0):
                if isinstance(self._state, Previewing):
                    holder = self._state.visit.holder
                    told.name, told.number = holder.name, holder.number
                    return
                self._note_fault(told)
            self._bench.call("pull_card")
            time.sleep(0.8)
        raise GivenUpError(f"card not read: {_last(told)}")

    def _is_known_or_refused(self, attempts: int) -> bool:
        return isinstance(self._state, Previewing) or self._attempts() > attempts

    def _attempts(self) -> int:
        state = self._state
        return state.attempts if isinstance(state, Identifying) else 0

    def _answer_all(self, told: Told) -> None:
        self._until(
            lambda: isinstance(self._state, Previewing) and self._state.phase is not PrefillPhase.LOADING,
            20.0,
        )
        self._post(Continued())
        self._until(lambda: not isinstance(self._state, Previewing), 5.0)
        for _ in range(40):
            state = self._state
            if isinstance(state, (Gathering, Reviewing)):
                return
            if not isinstance(state, Asking):
                raise GivenUpError(f"asked nothing, but {type(state).__name__}: {_last(told)}")
            asked = _place(state)
            for event in self._replies(state):
                self._post(event)
            self._until(lambda asked=asked: _place(self._state) != asked, 2.0)
        raise GivenUpError("asked without end")

    def _replies(self, state: Asking) -> tuple[Event, ...]:
        asked = state.field
        match asked.kind:
            case "group":
                lacking = len(entries_of(state.visit.answers, state.name)) < (asked.limits.least or 0)
                return (EntryAdded(),) if lacking else (Continued(),)
            case "address":
                return PlaceByHand(), AnswerEdited("广东省深圳市宝安区示例路1号"), Continued()
            case _:
                return AnswerEdited(self._answer(asked)), Continued()

    def _answer(self, asked: Field) -> str:
        if asked.kind in {"choice", "choices"}:
            return self._dice.choice(asked.choices).value
        if asked.kind == "number":
            least = str(max(1, asked.limits.least or 1))
            return least if asked.limits.whole else "1" * max(1, asked.limits.length_min)
        return _SAMPLES.get(asked.kind, "示例回答甲乙丙丁")

    def _take_pages(self, told: Told) -> None:
        state = self._state
        if not isinstance(state, Gathering):
            return
        for material in state.visit.item.materials:
            if material.required:
                self._post(MaterialChosen(material.code))
                self._wait_for(Capturing)
                self._take_page(told)
                self._wait_for(Gathering)
        self._post(Continued())
        self._wait_for(Reviewing)

    def _take_page(self, told: Told) -> None:
        for attempt in range(_TRIES):
            self._post(CaptureAsked())
            self._until(self._has_answered, 90.0)
            state = self._state
            if isinstance(state, Capturing) and state.phase is CapturePhase.JUDGING:
                if not state.findings or attempt == _TRIES - 1:
                    self._post(Continued())
                    return
                self._post(RetakeAsked())
                self._until(lambda: getattr(self._state, "phase", None) is CapturePhase.READY, 5.0)
            else:
                self._note_fault(told)
            time.sleep(1.0)
        raise GivenUpError(f"page not taken: {_last(told)}")

    def _has_answered(self) -> bool:
        state = self._state
        if not isinstance(state, Capturing):
            return True
        return state.phase is CapturePhase.JUDGING or (
            state.phase is CapturePhase.READY and state.fault is not None
        )

    def _submit(self, told: Told) -> None:
        for _ in range(_TRIES):
            self._post(DeclarationToggled(declared=True))
            self._post(Continued())
            self._until(lambda: not isinstance(self._state, Reviewing), 2.0)
            if isinstance(self._state, Signing):
                self._post(StrokeDrawn(_STROKE))
                self._post(Continued())
            self._until(lambda: not isinstance(self._state, (Reviewing, Signing, Submitting)), 25.0)
            state = self._state
            if isinstance(state, Resulting):
                told.outcome = state.outcome
                return
            self._note_fault(told)
            if isinstance(state, Failing):
                self._post(WentBack())
                self._until(lambda: isinstance(self._state, Reviewing), 5.0)
        raise GivenUpError(f"not stored: {_last(told)}")

    def _take_receipt(self, told: Told) -> None:
        self._post(Continued())
        for attempt in range(_REPRINTS + 1):
            self._until(self._paper_is_known, 60.0)
            state = self._state
            if not isinstance(state, Receipting) or state.phase is ReceiptPhase.PRINTING:
                raise GivenUpError("the printer said nothing")
            told.outcome = state.outcome
            told.printed += state.phase is ReceiptPhase.PRINTED
            told.unknown += state.phase is ReceiptPhase.UNKNOWN
            self._note_fault(told)
            if state.phase is ReceiptPhase.PRINTED or attempt == _REPRINTS:
                return
            time.sleep(1.5)
            self._post(ReprintAsked())
            self._until(lambda seen=state: self._state is not seen, 5.0)

    def _paper_is_known(self) -> bool:
        state = self._state
        return isinstance(state, Receipting) and state.phase is not ReceiptPhase.PRINTING

    def _leave(self) -> None:
        self._bench.call("pull_card")
        for _ in range(60):
            if isinstance(self._state, Attract):
                return
            self._post(Ended() if not isinstance(self._state, Receipting) else Continued())
            self._until(lambda: isinstance(self._state, Attract), 0.5)
        raise AssertionError(f"no way back to the start screen from {type(self._state).__name__}")

    # Small moves ----------------------------------------------------------------------------------

    @property
    def _state(self) -> State:
        return self._core.session.state

    def _post(self, event: Event) -> None:
        self._core.post(event)

    def _until(self, ready: Callable[[], bool], timeout_s: float) -> bool:
        end_s = time.monotonic() + timeout_s
        while not ready():
            if not self._alive():
                raise GivenUpError("the terminal has ended")
            if time.monotonic() > end_s:
                return False
            time.sleep(_POLL_S)
        return True

    def _wait_for(self, kind: type[State], timeout_s: float = 20.0) -> None:
        if not self._until(lambda: isinstance(self._state, kind), timeout_s):
            raise GivenUpError(f"not at {kind.__name__} but at {type(self._state).__name__}")

    def _note_fault(self, told: Told) -> None:
        fault = getattr(self._state, "fault", None)
        if fault is not None:
            told.faults[fault.code] += 1


def _last(told: Told) -> str:
    return next(reversed(told.faults), "nothing said")
