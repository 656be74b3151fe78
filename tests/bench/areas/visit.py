"""What a resident waits for in a visit, and how even the screen is meanwhile."""

import os
from pathlib import Path
from time import monotonic

from kiosk.demo.stage import PORTRAIT, Stage, open_stage
from kiosk.screen import Shown, settings_of, shown_terminal
from kiosk.session.states import Attract, Ending
from tests.bench.card_bytes import BAUD, card_bytes, wire_s
from tests.bench.frame_watch import FrameWatch
from tests.bench.row import Measured, Row, of_median
from tests.bench.stopwatch import Moments, Stopwatch
from tests.support.citizen import Citizen
from tests.support.visitor import Visitor
from ui.environment import Display
from ui.robot import Robot

VISITS = 5
CARD_LIMIT_S = 1.5
SUBMIT_LIMIT_S = 10.0
FRAME_LIMIT_MS = 32.0
_WAIT_S = 30.0


class _Bench:
    """One terminal, and a resident who comes again and again."""

    def __init__(self, stage: Stage, shown: Shown) -> None:
        core = shown.terminal.core
        self.core = core
        self.robot = Robot(shown.app.window, _WAIT_S, lambda: shown.host.bug)
        self.visitor = Visitor(Citizen(self.robot), stage.bench, lambda: core.session)
        self.stopwatch = Stopwatch(shown.app.window, core)
        self.frames = FrameWatch(shown.app, core)

    def visit(self) -> tuple[float, Moments]:
        """Play a visit; returns when the card was laid, and what happened when."""
        self.robot.wait(self._is_ready, "the terminal is ready")
        self.stopwatch.begin()
        visitor = self.visitor
        visitor.to_identify()
        laid_s = monotonic()
        visitor.bench.place_card(CARD)
        ...
