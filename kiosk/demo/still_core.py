"""The core as the screens see it, held still: a session to look at, and what was posted to it."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from kiosk.catalogue.loader import load_builtin
from kiosk.domain.text import Text
from kiosk.session.effects import Effect
from kiosk.session.events import Event, Touched
from kiosk.session.states import Session, State
from ui.core import Picture


@dataclass(frozen=True, slots=True)
class StillFacts:
    """An invented terminal."""

    number: str = "T0421"
    place: Text = field(default_factory=lambda: Text("新安街道便民服务点", "Xin'an Service Point"))
    hotline: str = "12345"
    progress_url: str = "https://progress.example.cn"
    guides_url: str | None = None
    neighbours: tuple[Text, ...] = (
        Text(
            "新安街道党群服务中心，样例路 8 号，步行 6 分钟",
            "Xin'an community centre, 8 Sample Road, 6 minutes on foot",
        ),
        Text(
            "宝安区政务服务大厅，周一至周五 9:00–18:00", "District service hall, Monday to Friday 9:00–18:00"
        ),
    )


class StillCore:
    """Shows whatever session it is given, and remembers what the screens post."""

    def __init__(self) -> None:
        self.session = Session()
        self.catalogue = load_builtin()
        self.facts = StillFacts()
        self.posted: list[Event] = []
        self.picture: Picture | None = None
        self._listeners: list[Callable[[Session], None]] = []
        self._watchers: list[Callable[[Effect], None]] = []

    def subscribe(self, listener: Callable[[Session], None]) -> None:
        """Call ``listener`` after each change."""
        self._listeners.append(listener)

    def watch_effects(self, watcher: Callable[[Effect], None]) -> None:
        """Call ``watcher`` with each effect."""
        self._watchers.append(watcher)

    def ask(self, effect: Effect) -> None:
        """Ask something of the world, as the session does."""
        for watcher in self._watchers:
            watcher(effect)

    def post(self, event: Event) -> None:
        """Remember what a screen posted; signs of life do not count."""
        if not isinstance(event, Touched):
            self.posted.append(event)

    def live_picture(self) -> Picture | None:
        """Return the picture that was set."""
        return self.picture

    def show(self, state: State | None = None, **changes: Any) -> None:  # noqa: ANN401  # fields of the session
        """Move to another state, or change what stands around it."""
        if state is not None:
            changes["state"] = state
        self.stand(replace(self.session, **changes))

    def stand(self, session: Session) -> None:
        """Move to another session."""
        self.session = session
        for listener in self._listeners:
            listener(self.session)
