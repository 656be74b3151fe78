"""Whether the screen goes on while devices are killed or hang, at rest and with a live picture."""

import os
import signal
from collections.abc import Sequence
from time import monotonic

from kiosk.demo.stage import PORTRAIT, Stage, open_stage
from kiosk.screen import Shown, settings_of, shown_terminal
from kiosk.session.states import Capturing
from tests.bench.row import Measured, Row
from tests.support.citizen import Citizen
from tests.support.visitor import Visitor
from ui.environment import Display
from ui.frames import FrameFigures
from ui.robot import Robot

HUNG_S = 2.0
QUIET_S = 8.0
_WAIT_S = 40.0
_LIMIT_MS = 16.0
_BASIS = "Qt's thread never blocked by a device"
_NOTES = (
    "In turn, every device's process is killed and, once it is back, made to hang for 2 s (SIGSTOP).",
    "The meter asks for a frame every 16 ms, so that each gap is a late frame. Drawn offscreen by software.",
    "What a device costs Qt's thread is the quiet screen's gap taken from the gap under faults.",
    "A process that is started again loads its libraries on the same two cores: that is part of the gap.",
)


class _Watch:
    def __init__(self, shown: Shown, robot: Robot) -> None:
        self._shown = shown
        self._robot = robot
        self._devices = shown.terminal.devices

    def quiet(self) -> FrameFigures:
        """Measure a while in which nothing happens."""
        self._shown.app.frames.start()
        self._pause(QUIET_S)
        return self._shown.app.frames.stop()

    def under_faults(self, names: Sequence[str]) -> FrameFigures:
        """Measure while each of the devices is killed and hangs."""
        self._shown.app.frames.start()
        for name in names:
            self._signal(name, signal.SIGKILL)
            self._comes_back(name)
            self._signal(name, signal.SIGSTOP)
            self._pause(HUNG_S)
            self._signal(name, signal.SIGCONT)
            self._comes_back(name)
        return self._shown.app.frames.stop()

    def _signal(self, name: str, number: signal.Signals) -> None:
        pid = self._devices.pid(name)
        if pid is not None:
            os.kill(pid, number)

    def _comes_back(self, name: str) -> None:
        self._pause(0.3)  # until the supervisor has noticed
        self._robot.wait(lambda: self._is_usable(name), f"{name} is usable again", _WAIT_S)

    def _is_usable(self, name: str) -> bool:
        return any(health.device == name and health.usable for health in self._devices.health())

    def _pause(self, for_s: float) -> None:
        end_s = monotonic() + for_s
        self._robot.wait(lambda: monotonic() >= end_s, "time to pass", for_s + _WAIT_S)


def measure() -> Measured:
    """Measure at rest, then with the camera's live picture."""
    with open_stage(PORTRAIT) as stage:
        settings = settings_of(stage.profile, Display.OFFSCREEN, fullscreen=False)
        with shown_terminal(stage.profile, settings) as shown:
            rows = _rows(shown, stage)
    return Measured(rows, _NOTES)


def _rows(shown: Shown, stage: Stage) -> tuple[Row, ...]:
    core = shown.terminal.core
    robot = Robot(shown.app.window, _WAIT_S, lambda: shown.host.bug)
    visitor = Visitor(Citizen(robot), stage.bench, lambda: core.session)
    watch = _Watch(shown, robot)
    names = shown.terminal.devices.names
    robot.wait(lambda: all(health.usable for health in shown.terminal.devices.health()), "all devices")
    visitor.to_attract()
    quiet = watch.quiet()
    resting = watch.under_faults(names)
    visitor.to_scanner()
    visitor.takes_page()
    visitor.citizen.taps("material-social-security-card")
    visitor.arrives(Capturing)
    robot.wait(lambda: robot.holds("preview", "live"), "the live picture")
    live = watch.quiet()
    filming = watch.under_faults(names)
    return (
        *_pair("at rest", quiet, resting),
        *_pair("with the live picture", live, filming),
    )


def _pair(where: str, quiet: FrameFigures, faults: FrameFigures) -> tuple[Row, ...]:
    peer = f"quiet {where}"
    added_ms = max(0.0, faults.p95_ms - quiet.p95_ms)
    return (
        Row(f"longest gap, faults {where}", faults.max_ms, "ms", peer=peer, peer_value=quiet.max_ms),
        Row(f"gap p95, faults {where}", faults.p95_ms, "ms", peer=peer, peer_value=quiet.p95_ms),
        Row(f"gap p95 added by faults {where}", added_ms, "ms", _LIMIT_MS, basis=_BASIS),
        Row(
            f"Qt's loop late at most, faults {where}",
            faults.lateness_max_ms,
            "ms",
            peer=peer,
            peer_value=quiet.lateness_max_ms,
        ),
    )
