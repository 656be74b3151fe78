"""How soon a touch is seen, and how soon the next screen stands."""

from collections.abc import Iterator, Sequence
from itertools import cycle
from statistics import quantiles

from kiosk.demo.scenes.visits import states
from kiosk.demo.still_core import StillCore
from tests.bench.finger import AnsweringCore, Finger
from tests.bench.row import Measured, Row
from tests.support.strokes import across
from ui.app import KioskApp
from ui.environment import ScreenSettings
from ui.host import QtHost
from ui.robot import Robot
from ui.scene import let_events_pass, named_items

TOUCH_LIMIT_MS, CHANGE_LIMIT_MS = 100.0, 250.0
PRESSES_A_SCREEN = 4
_TOUCH, _CHANGE = "touch → visible response", "screen change"
_NOTES = (
    "Every screen in each of its states, drawn offscreen by the software renderer; the core answers at once.",
    "A touch is seen when a frame after it stands: the button looks pressed. A GPU's target would be 16 ms.",
    "A change counts from the finger leaving the button until a frame with the next screen stands.",
    "The ink is timed from each move of the finger on the writing pad, recognising on its own thread.",
)


def measure() -> Measured:
    """Touch every screen, then write."""
    panel = ScreenSettings()
    rows: list[Row] = []
    with QtHost(panel, _report) as host:
        core = AnsweringCore(cycle(state for _, state in states()))
        with KioskApp(host, core) as app:
            finger = Finger(app.window)
            let_events_pass(1500)  # the keyboard is loaded after the first frame
            presses, changes = _touches(core, finger)
            ink = _ink(app, core, finger)
        rows += [
            *_rows("touch → seen", presses, TOUCH_LIMIT_MS, _TOUCH),
            *_rows("finger moves → ink", ink, TOUCH_LIMIT_MS, _TOUCH),
            *_rows("finger lifted → next screen", changes, CHANGE_LIMIT_MS, _CHANGE),
        ]
    return Measured(tuple(rows), _NOTES)


def _report(code: str, detail: str) -> None:
    raise RuntimeError(f"{code}: {detail}")


def _touches(core: AnsweringCore, finger: Finger) -> tuple[list[float], list[float]]:
    presses: list[float] = []
    changes: list[float] = []
    for _ in states():
        finger.settle()
        for button in finger.buttons()[:PRESSES_A_SCREEN]:
            presses.append(finger.seen_after(lambda button=button: finger.press(button)))
            finger.slide_off()
            let_events_pass(20)
        way_on = finger.way_on()
        if way_on is None:
            core.go_on()
            continue
        finger.press(way_on)
        let_events_pass(60)
        changes.append(finger.seen_after(lambda way_on=way_on: finger.lift(way_on)))
    return presses, changes


def _ink(app: KioskApp, core: StillCore, finger: Finger) -> list[float]:
    """Write with a finger and time each of its moves."""
    core.show(dict(states())["question-text"])
    robot = Robot(app.window)
    robot.tap("answer")
    robot.keyboard.choose("writing")
    finger.settle()
    pad = named_items(app.window, "writingPad")[-1]
    return [seen_s for stroke in across("宝") for seen_s in finger.writes(pad, list(_between(stroke)))]


def _between(stroke: Sequence[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    (x, y), *rest = stroke
    yield x, y
    for to_x, to_y in rest:
        for part in (0.25, 0.5, 0.75, 1.0):
            yield x + (to_x - x) * part, y + (to_y - y) * part
        x, y = to_x, to_y


def _rows(name: str, samples_s: Sequence[float], limit_ms: float, basis: str) -> tuple[Row, Row]:
    samples_ms = [sample * 1000 for sample in samples_s]
    cuts = quantiles(samples_ms, n=100, method="inclusive")
    return (
        Row(f"{name}, p50 of {len(samples_ms)}", cuts[49], "ms", limit_ms, basis=basis),
        Row(f"{name}, p95", cuts[94], "ms", limit_ms, basis=basis, samples=tuple(samples_ms)),
    )
