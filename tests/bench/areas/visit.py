"""What a resident waits for in a visit, and how even the screen is meanwhile."""

import os
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from time import monotonic

from kiosk.demo.stage import PORTRAIT, Stage, open_stage
from kiosk.screen import Shown, settings_of, shown_terminal
from tests.bench.card_bytes import BAUD, card_bytes, wire_s
from tests.bench.frame_watch import FrameWatch
from tests.bench.row import Measured, Row, of_median
from tests.bench.stopwatch import Moments, Stopwatch, took_s
from tests.support.citizen import Citizen
from tests.support.visitor import CARD, Visitor
from ui.environment import Display
from ui.robot import Robot

VISITS = 5
CARD_LIMIT_S = 1.5
SUBMIT_LIMIT_S = 10.0
FRAME_LIMIT_MS = 32.0
_CARD = "card → data shown"
_SUBMIT = "submit in the foreground"
_FRAME = "no frame over 32 ms"
_WAIT_S = 30.0
_NOTES = (
    f"Medians of {VISITS} visits in one running program, drawn offscreen by the software renderer.",
    "Data are shown when a frame with them stood on the screen. The reader looks for a card every 0.3 s.",
    f"Find, select and read are {card_bytes()} bytes in both directions, 10 bits each, at {BAUD} baud.",
    "Submit counts from the finger leaving the button; the receipt command includes the robot's next tap.",
    "Frames are measured in one more visit, from guide to result, so that no other figure suffers from it.",
    "The meter redraws every 16 ms all the time: a longer gap is a late frame, never an idle screen.",
    "Drawing is what a frame took by itself. A gap also has what the thread did between frames.",
    "The robot's hands are on that thread too; a resident's are not.",
)


class _TimedVisitor(Visitor):
    """A visitor who does not go on before the data stand on the screen."""

    def __init__(self, shown: Shown, stage: Stage) -> None:
        core = shown.terminal.core
        robot = Robot(shown.app.window, _WAIT_S, lambda: shown.host.bug)
        super().__init__(Citizen(robot), stage.bench, lambda: core.session)
        self.stopwatch = Stopwatch(shown.app.window, core)
        self._devices = len(stage.profile.devices)

    def to_prefill(self) -> None:
        self.to_identify()
        moments = self.stopwatch.moments
        moments.laid_s = monotonic()
        self.bench.place_card(CARD)
        self.citizen.robot.wait(lambda: moments.district_shown_s > 0, "the data stand on the screen")
        self.waits_for_prefill()

    def visits(self) -> Moments:
        """Play one visit from the start screen to the start screen."""
        self.citizen.robot.wait(self._finds_it_ready, "the terminal is ready")
        moments = self.stopwatch.begin()
        self.to_end()
        self.leaves()
        return moments

    def _finds_it_ready(self) -> bool:
        session = self.session()
        usable = [health.usable for health in session.health]
        return bool(session.online) and not session.card_on_reader and usable == [True] * self._devices


def measure() -> Measured:
    """Play the visits."""
    with open_stage(PORTRAIT) as stage:
        settings = settings_of(stage.profile, Display.OFFSCREEN, fullscreen=False)
        with shown_terminal(stage.profile, settings) as shown:
            visitor = _TimedVisitor(shown, stage)
            visits = [visitor.visits() for _ in range(VISITS)]
            frames = FrameWatch(shown.app, shown.terminal.core)
            visitor.visits()
            plain_s = [_plain_write_s(stage.folder, visit.pages_bytes) for visit in visits]
    return Measured((*_card_rows(visits), *_submit_rows(visits, plain_s), *_frame_rows(frames)), _NOTES)


def _card_rows(visits: Sequence[Moments]) -> tuple[Row, ...]:
    wire = (f"wire time of {card_bytes()} bytes", wire_s())
    card_s = [took_s(visit.laid_s, visit.card_shown_s) for visit in visits]
    all_s = [took_s(visit.laid_s, visit.district_shown_s) for visit in visits]
    return (
        of_median("card laid → its data shown", card_s, "s", limit=CARD_LIMIT_S, basis=_CARD, peer=wire),
        of_median("card laid → district's too", all_s, "s", limit=CARD_LIMIT_S, basis=_CARD, peer=wire),
    )


def _submit_rows(visits: Sequence[Moments], plain_s: Sequence[float]) -> tuple[Row, ...]:
    pages_kb = median(visit.pages_bytes for visit in visits) / 1000
    plain = (f"write and sync of {pages_kb:.0f} kB", median(plain_s))
    receipt_s = [took_s(visit.submitted_s, visit.print_s) for visit in visits]
    stored_s = [took_s(visit.submitted_s, visit.stored_s) for visit in visits]
    numbered_s = [took_s(visit.stored_s, visit.numbered_s) for visit in visits]
    return (
        of_median("submit → receipt command", receipt_s, "s", limit=SUBMIT_LIMIT_S, basis=_SUBMIT),
        of_median("submit → stored", stored_s, "s", peer=plain),
        of_median("stored → case number", numbered_s, "s"),
    )


def _frame_rows(frames: FrameWatch) -> tuple[Row, ...]:
    gaps, drawing = frames.gaps, frames.drawing
    return (
        Row("frame gap, p50", gaps.p50_ms, "ms", FRAME_LIMIT_MS, basis=_FRAME),
        Row("frame gap, p95", gaps.p95_ms, "ms", FRAME_LIMIT_MS, basis=_FRAME),
        Row(f"frame gap, max of {gaps.frames}", gaps.max_ms, "ms", FRAME_LIMIT_MS, basis=_FRAME),
        Row("drawing a frame, p50", drawing.p50_ms, "ms", FRAME_LIMIT_MS, basis=_FRAME),
        Row("drawing a frame, p95", drawing.p95_ms, "ms", FRAME_LIMIT_MS, basis=_FRAME),
        Row("drawing a frame, max", drawing.max_ms, "ms", FRAME_LIMIT_MS, basis=_FRAME),
        Row("event loop late, p95", gaps.lateness_p95_ms, "ms"),
        Row("event loop late, max", gaps.lateness_max_ms, "ms"),
    )


def _plain_write_s(folder: Path, size_bytes: int) -> float:
    """Return how long it takes to make so many bytes durable without sealing or recording them."""
    data, path = os.urandom(size_bytes), folder / "plain.part"
    begun_s = monotonic()
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    path.replace(folder / "plain")
    directory = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
    return monotonic() - begun_s
