"""Notes when what happens in a visit: touches, effects, and when a datum stood on the screen."""

from dataclasses import dataclass
from time import monotonic

from PySide6.QtCore import QEvent, QObject
from PySide6.QtQuick import QQuickItem, QQuickWindow

from kiosk.runtime import Core
from kiosk.session.effects import (
    AwaitDelivery,
    Effect,
    PrintReceipt,
    SealAndStore,
)
from kiosk.session.states import Previewing, Resulting, Session
from ui.scene import named_items, scrolling_ancestor, viewport_of

FROM_CARD = "datum-applicant_name"
FROM_DISTRICT = "datum-phone"


@dataclass(slots=True)
class Moments:
    """Monotonic seconds of what happened in one visit; zero is not yet.

    Args:
        laid_s: A hand lays the card.
        card_shown_s: A frame with the card's data stood on the screen.
        district_shown_s: A frame with the district's data stood there.
        submitted_s: The finger left the button that submits.
        stored_s: The application is committed.
        numbered_s: The district's number is known.
        print_s: The receipt is ordered from the printer.
        pages_bytes: Size of the pages submitted.
    """

    laid_s: float = 0.0
    card_shown_s: float = 0.0
    district_shown_s: float = 0.0
    submitted_s: float = 0.0
    stored_s: float = 0.0
    numbered_s: float = 0.0
    print_s: float = 0.0
    pages_bytes: int = 0


class NotSeenError(Exception):
    """Something that was to be timed did not happen."""


def took_s(begun_s: float, ended_s: float) -> float:
    """Return the seconds between two moments.

    Raises:
        NotSeenError: One of them was never seen, or they came in the wrong order.
    """
    if not 0 < begun_s <= ended_s:
        raise NotSeenError(f"from {begun_s:.3f} to {ended_s:.3f}")
    return ended_s - begun_s


class Stopwatch(QObject):
    """Watches one terminal through its screen and its core.

    Args:
        window: The terminal's.
        core: The terminal's.
    """

    def __init__(self, window: QQuickWindow, core: Core) -> None:
        super().__init__(window)
        self.moments = Moments()
        self._window = window
        self._core = core
        self._lifted_s = 0.0
        window.installEventFilter(self)
        window.frameSwapped.connect(self._on_frame)
        core.watch_effects(self._on_effect)
        core.subscribe(self._on_session)

    def begin(self) -> Moments:
        """Begin a visit; what happens in it is noted in what is returned."""
        self.moments = Moments()
        return self.moments

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002, N802  # signature given by Qt
        if event.type() == QEvent.Type.MouseButtonRelease:
            self._lifted_s = monotonic()
        return False

    def _on_frame(self) -> None:
        now_s = monotonic()
        if not isinstance(self._core.session.state, Previewing):
            return
        if not self.moments.card_shown_s and self._stands(FROM_CARD):
            self.moments.card_shown_s = now_s
        if not self.moments.district_shown_s and self._stands(FROM_DISTRICT):
            self.moments.district_shown_s = now_s

    def _stands(self, name: str) -> bool:
        return any(_is_in_view(item) for item in named_items(self._window, name))

    def _on_effect(self, effect: Effect) -> None:
        moments, now_s = self.moments, monotonic()
        match effect:
            case SealAndStore(visit=visit):
                moments.submitted_s = self._lifted_s
                moments.pages_bytes = sum(len(page.jpeg) for page in visit.pages)
            case AwaitDelivery():
                moments.stored_s = now_s
            case PrintReceipt():
                moments.print_s = now_s
            case _:
                pass

    def _on_session(self, session: Session) -> None:
        state = session.state
        if isinstance(state, Resulting) and state.outcome.case_no and not self.moments.numbered_s:
            self.moments.numbered_s = monotonic()


def _is_in_view(item: QQuickItem) -> bool:
    area = scrolling_ancestor(item)
    place = item.mapRectToScene(item.boundingRect())
    return area is None or viewport_of(area).contains(place)
