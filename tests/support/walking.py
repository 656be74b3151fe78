"""One resident's way through the real screens over the real state machine; the world answers by hand.

What is touched goes through ``kiosk.session.machine`` at once; what devices, platform, queue and time do is
told with :meth:`Walk.hears` and :meth:`Walk.waits`, as the errands would post it.
"""

import os
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Self

import pytest
from PySide6.QtCore import Qt

from devices.errors import Severity
from devices.health import OK, Health
from devices.model import CardRecord
from kiosk.catalogue.loader import load_builtin
from kiosk.catalogue.model import ServiceItem
from kiosk.demo.scenes import visits
from kiosk.demo.still_core import StillCore
from kiosk.domain.text import Language
from kiosk.forms.loading import load_form
from kiosk.forms.model import Form
from kiosk.session.base import Context
from kiosk.session.effects import Effect
from kiosk.session.events import CardWasDetected, CardWasRead, DeviceHealthChanged, Event, Ticked
from kiosk.session.machine import step
from kiosk.session.states import Attract, Session, State, Visit
from tests.support.panel import PANELS, Panel
from ui.app import KioskApp
from ui.host import QtHost
from ui.messages import say

SINCE = datetime(2026, 11, 1, tzinfo=UTC)
TODAY = date(2026, 11, 25)
DEVICES = ("idcard-1", "scanner-1", "camera-1", "printer-1")
SERIAL = 0
"""Of the one visit that is walked."""
CARD = CardRecord(
    layout="resident",
    name=visits.NAME,
    sex="2",
    ethnic="01",
    born="19430517",
    address="广东省深圳市宝安区新安街道织网路7号3栋502",
    number=visits.NUMBER,
    issuer="深圳市公安局宝安分局",
    valid_from="20180611",
    valid_until=None,
)

REST = {"social_card_number": "A12345678", "payout_bank": "样本银行", "payout_account_tail": "6217"}
"""What the sample's resident has not answered."""


def whole_visit(*pages: str) -> Visit:
    """Return a visit that has every answer, and pages of these documents."""
    visit = visits.visit(filled=True, pages=tuple(visits.page(material) for material in pages))
    answers = visit.answers
    for name, value in REST.items():
        answers = answers.with_(name, value)
    return replace(visit, answers=answers)


def healthy(device: str) -> DeviceHealthChanged:
    """Return the word that a device works."""
    return DeviceHealthChanged(Health(device, OK, Severity.OK, None, SINCE))


def broken(device: str, code: str = "device.restarting") -> DeviceHealthChanged:
    """Return the word that a device cannot be used."""
    return DeviceHealthChanged(Health(device, code, Severity.FAULT, None, SINCE))


def _form_of(item: ServiceItem) -> Form:
    source = load_builtin().form_source(item.code)
    assert source is not None
    return load_form(source)


def _item_of(code: str) -> ServiceItem | None:
    return next((one for one in load_builtin().items if one.code == code), None)


class Walk:
    """One way through the screens.

    Args:
        panel: The screens.
    """

    def __init__(self, panel: Panel) -> None:
        self.panel, self.core = panel, panel.core
        self.now_s = 100.0
        self.effects: tuple[Effect, ...] = ()

    def begins(self, state: State | str | None = None, *, online: bool = True) -> Self:
        """Stand before a screen, by its state or by the name of its scene; all devices work."""
        found = SCENES[state] if isinstance(state, str) else Attract() if state is None else state
        self.now_s, self.effects = 100.0, ()
        self.core.session = Session(now_s=self.now_s, touched_s=self.now_s, online=online)
        self.core.posted.clear()
        self.core.show(found, health=tuple(healthy(device).health for device in DEVICES))
        if state is not None:
            self.panel.robot.sees("title")
        return self

    def taps(self, *names: str) -> Self:
        """Touch one thing after another."""
        for name in names:
            self.panel.robot.tap(name)
            self.answers()
        return self

    def hears(self, *events: Event) -> Self:
        """Let the world say something."""
        for event in events:
            self._step(event)
        return self

    def lays(self, record: CardRecord = CARD) -> Self:
        """Lay a card on the reader until it is read."""
        return self.hears(CardWasDetected(), CardWasRead(record))

    def waits(self, seconds: float) -> Self:
        """Let time pass without a touch."""
        self.now_s += seconds
        return self.hears(Ticked())

    def presses(self, digits: str) -> Self:
        """Type on the number pad of the screen."""
        return self.taps(*(f"digit-{digit}" for digit in digits))

    def keys(self, text: str) -> Self:
        """Type into the field that has the focus."""
        for letter in text:
            self.panel.press_key(Qt.Key(ord(letter.upper())), letter)
            self.answers()
        return self

    def sees(self, name: str, text: str | None = None) -> Self:
        """Wait until something stands there, with these words."""
        self.panel.robot.sees(name, text)
        return self

    def is_told(self, code: str, device: str = "", **parameters: int | str) -> Self:
        """Wait until the words of a code stand where faults are told."""
        return self.sees("fault", say(code, self.core.session.language, parameters, device=device))

    def is_at(self, kind: type[State]) -> Self:
        """Check where the visit is, and that its screen shows."""
        assert isinstance(self.state, kind), self.state
        return self.sees("title")

    def shows(self, name: str) -> bool:
        """Tell whether something stands there."""
        return self.panel.robot.shows(name)

    def says(self, text: str) -> bool:
        """Tell whether these words stand anywhere."""
        return self.panel.robot.says(text)

    @property
    def state(self) -> State:
        """Return where the visit is."""
        return self.core.session.state

    def asked(self, kind: type[Effect]) -> bool:
        """Tell whether the last event asked this of the world."""
        return any(isinstance(effect, kind) for effect in self.effects)

    def answers(self) -> None:
        """Let the state machine answer what the screens posted."""
        while self.core.posted:
            self._step(self.core.posted.pop(0))

    def _step(self, event: Event) -> None:
        context = Context(self.now_s, TODAY, _form_of, item_of=_item_of, items=lambda: load_builtin().items)
        session, self.effects = step(self.core.session, event, context)
        self.core.session = session
        self.core.show()


SCENES: dict[str, State] = dict(visits.states())
LANGUAGES = tuple(Language)


@contextmanager
def one_panel() -> Generator[Panel]:
    """One window for a whole file of walks."""
    core = StillCore()
    core.picture = visits.StillPicture(visits.sheet())
    settings = PANELS["upright"]
    with pytest.MonkeyPatch.context() as patch:
        for name in ("QT_IM_MODULE", "XDG_CONFIG_HOME", "QT_QPA_PLATFORM", "QT_QUICK_BACKEND"):
            patch.setenv(name, os.environ.get(name, ""))  # put back afterwards
        with QtHost(settings, lambda _code, _detail: None) as host, KioskApp(host, core) as app:
            yield Panel(app, core, settings)
