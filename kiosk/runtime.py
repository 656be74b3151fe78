"""The core: events from one mailbox → ``step`` → effects → subscribers. One thread, no device, no wait."""

from collections.abc import Callable
from typing import Protocol

from devices import (
    CardDetected,
    CardRead,
    CardReadFailed,
    CardRemoved,
    CodeScanned,
    DeviceEvent,
    Frame,
    HealthChanged,
    ReadingsChanged,
    SmartCardInserted,
    SmartCardRemoved,
)
from kiosk.catalogue.catalogue import Catalogue
from kiosk.catalogue.model import ServiceItem
from kiosk.clock import Clock
from kiosk.domain.local_time import local_time
from kiosk.domain.terminal import TerminalFacts
from kiosk.forms.loading import load_form
from kiosk.forms.model import Form
from kiosk.mailbox import Mailbox
from kiosk.session.base import Context
from kiosk.session.effects import Effect
from kiosk.session.events import (
    CardReadWasRefused,
    CardWasDetected,
    CardWasRead,
    CardWasRemoved,
    CodeWasScanned,
    DeviceHealthChanged,
    Event,
    Ticked,
)
from kiosk.session.limits import Limits
from kiosk.session.machine import step
from kiosk.session.states import Attract, Session

TICK_S = 0.5


class Runner(Protocol):
    """Runs effects, see ``kiosk.errands``."""

    def run(self, effect: Effect) -> None:
        """Start one errand; returns at once."""
        ...

    def live_picture(self) -> Frame | None:
        """Return the camera's newest picture, or None; never blocks."""
        ...


Listener = Callable[[Session], None]


class Core:
    """Holds the session and nothing else of a resident.

    Args:
        catalogue: Items on offer.
        facts: What the terminal says about itself.
        clock: Where the time comes from.
        limits: Time limits of the screens.
        mailbox: Where other threads leave events.
        cut_off: Whether the program ended in the middle of the visit before.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        facts: TerminalFacts,
        clock: Clock,
        limits: Limits,
        mailbox: Mailbox,
        *,
        cut_off: bool = False,
    ) -> None:
        self.catalogue = catalogue
        self.facts = facts
        self.session = Session(now_s=clock.monotonic_s(), touched_s=clock.monotonic_s(), cut_off=cut_off)
        self._clock = clock
        self._limits = limits
        self._mailbox = mailbox
        self._runner: Runner | None = None
        self._listeners: list[Listener] = []
        self._watchers: list[Callable[[Effect], None]] = []
        self._next_catalogue: Catalogue | None = None

    def attach(self, runner: Runner) -> None:
        """Say who runs effects; before the first event."""
        self._runner = runner

    def subscribe(self, listener: Listener) -> None:
        """Call ``listener`` on the core's thread after each change of the session."""
        self._listeners.append(listener)

    def watch_effects(self, watcher: Callable[[Effect], None]) -> None:
        """Call ``watcher`` on the core's thread with each effect, before it is run."""
        self._watchers.append(watcher)

    def post(self, event: Event) -> None:
        """Leave an event for the core's thread; any thread."""
        self._mailbox.post(lambda: self.handle(event))

    def post_device(self, event: DeviceEvent) -> None:
        """Leave what a device said for the core's thread; any thread."""
        translated = _translated(event)
        if translated is not None:
            self.post(translated)

    def tick(self) -> None:
        """Let time pass; the core's thread."""
        self.handle(Ticked())

    def offer(self, catalogue: Catalogue) -> None:
        """Take a newer catalogue into force as soon as nobody is at the terminal; the core's thread."""
        self._next_catalogue = catalogue
        self._adopt_catalogue()

    def live_picture(self) -> Frame | None:
        """Return the camera's newest picture, or None; never blocks."""
        return None if self._runner is None else self._runner.live_picture()

    def handle(self, event: Event) -> None:
        """Take one event; the core's thread only."""
        before = self.session
        self.session, effects = step(before, event, self._context())
        for effect in effects:
            for watcher in self._watchers:
                watcher(effect)
            if self._runner is not None:
                self._runner.run(effect)
        self._adopt_catalogue()
        if self.session is not before:
            for listener in self._listeners:
                listener(self.session)

    def form_of(self, item: ServiceItem) -> Form:
        """Return the form of an item that can be filed here.

        Raises:
            KeyError: The item is a guide only.
        """
        source = self.catalogue.form_source(item.code)
        if source is None:
            raise KeyError(item.code)
        return load_form(source)

    def _item_of(self, code: str) -> ServiceItem | None:
        return next((item for item in self.catalogue.items if item.code == code), None)

    def _context(self) -> Context:
        today = local_time(self._clock.now()).date()
        return Context(
            self._clock.monotonic_s(),
            today,
            self.form_of,
            self._limits,
            self._item_of,
            lambda: self.catalogue.items,
        )

    def _adopt_catalogue(self) -> None:
        if self._next_catalogue is not None and isinstance(self.session.state, Attract):
            self.catalogue, self._next_catalogue = self._next_catalogue, None


def _translated(event: DeviceEvent) -> Event | None:  # noqa: PLR0911 - one line for each event
    match event:
        case HealthChanged(health):
            return DeviceHealthChanged(health)
        case CardDetected():
            return CardWasDetected()
        case CardRead(_, record):
            return CardWasRead(record)
        case CardReadFailed(_, code):
            return CardReadWasRefused(code)
        case CardRemoved():
            return CardWasRemoved()
        case CodeScanned(_, text):
            return CodeWasScanned(text)
        case ReadingsChanged() | SmartCardInserted() | SmartCardRemoved():
            return None  # no screen of the visit uses these
