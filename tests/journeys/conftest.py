"""A terminal with everything around it, and a resident in front of it."""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from kiosk.clock import SystemClock
from kiosk.demo.stage import PORTRAIT, Stage, open_stage
from kiosk.screen import settings_of
from kiosk.session.events import Ended
from kiosk.session.states import Attract, Session
from kiosk.wiring import Terminal, build_terminal
from tests.support.citizen import Citizen
from tests.support.visitor import Visitor
from ui.app import KioskApp
from ui.environment import Display, ScreenSettings
from ui.host import QtHost
from ui.robot import Robot
from ui.speech.choice import Speech

DEVICES = 5


class TurnedClock:
    """The machine's clock, which a test may turn forward."""

    def __init__(self) -> None:
        self._true = SystemClock()
        self._ahead_s = 0.0

    def now(self) -> datetime:
        return self._true.now() + timedelta(seconds=self._ahead_s)

    def monotonic_s(self) -> float:
        return self._true.monotonic_s() + self._ahead_s

    def turn(self, seconds: float) -> None:
        self._ahead_s += seconds


def devices_work(session: Session) -> bool:
    return len(session.health) == DEVICES and all(health.usable for health in session.health)


@dataclass(frozen=True)
class Scene:
    """One terminal with its window, and who stands before it."""

    stage: Stage
    terminal: Terminal
    app: KioskApp
    clock: TurnedClock
    visitor: Visitor

    def is_ready(self) -> bool:
        session = self.terminal.core.session
        return bool(session.online) and not session.card_on_reader and devices_work(session)

    @property
    def citizen(self) -> Citizen:
        return self.visitor.citizen


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with open_stage(PORTRAIT) as stage:
        yield stage


@pytest.fixture(scope="session")
def host() -> Iterator[QtHost]:
    def bug(code: str, where: str) -> None:
        pytest.fail(f"{code}: {where}")

    with QtHost(ScreenSettings(display=Display.OFFSCREEN), bug) as host:
        yield host


@contextmanager
def open_scene(stage: Stage, host: QtHost, speech: Speech | None = None) -> Generator[Scene]:
    clock = TurnedClock()
    settings = settings_of(stage.profile, Display.OFFSCREEN, fullscreen=False)
    assert settings.width_px == host.settings.width_px
    with (
        build_terminal(stage.profile, host.mailbox, clock) as terminal,
        KioskApp(host, terminal.core, speech) as app,
    ):
        robot = Robot(app.window, 15.0, lambda: host.bug)
        robot.wait(lambda: devices_work(terminal.core.session), "the devices are ready")
        citizen = Citizen(robot, lambda: clock.turn(5.0))
        yield Scene(stage, terminal, app, clock, Visitor(citizen, stage.bench, lambda: terminal.core.session))


@pytest.fixture(scope="module")
def running_terminal(stage: Stage, host: QtHost) -> Iterator[Scene]:
    with open_scene(stage, host) as scene:
        yield scene


@pytest.fixture
def scene(running_terminal: Scene) -> Iterator[Scene]:
    """The terminal as the resident before left it: the next one must find it ready."""
    scene = running_terminal
    scene.visitor.arrives(Attract)
    yield scene
    bench = scene.stage.bench
    bench.pull_card()
    bench.recover_reader()
    bench.paper(out=False)
    bench.restore_network()
    while not scene.visitor.is_at(Attract):
        scene.terminal.core.handle(Ended())
    scene.citizen.robot.wait(scene.is_ready, "the terminal is ready for the next test")
