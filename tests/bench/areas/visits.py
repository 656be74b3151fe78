"""Whether a thousand visits cost memory."""

import gc
from pathlib import Path
from time import monotonic

from kiosk.demo.scenes.visits import states
from kiosk.demo.still_core import StillCore
from kiosk.session.states import State
from tests.bench.finger import Finger
from tests.bench.row import Measured, Row
from ui.app import KioskApp
from ui.environment import ScreenSettings
from ui.host import QtHost

LIMIT = 1.05
FEW, MANY = 50, 1000
_SMALL = ScreenSettings(width_px=432, height_px=768)
"""A panel of few pixels: memory is about what is kept, not about what is drawn."""
_VISIT = ("home", "guide", "prefill", "question-text", "review")
_BASIS = "memory after 1 000 visits"
_NOTES = (
    f"A visit is {len(_VISIT)} screens with an invented person, each built and drawn, ended by the wipe.",
    "The screens alone over a core held still: no device, no queue. Resident pages after collecting.",
)


def measure() -> Measured:
    """Play the visits."""
    known = dict(states())
    core = StillCore()
    with QtHost(_SMALL, _report) as host, KioskApp(host, core) as app:
        finger = Finger(app.window)
        begun_s = monotonic()
        for _ in range(FEW):
            _visit(core, finger, known)
        few_mb = _resident_mb()
        for _ in range(MANY - FEW):
            _visit(core, finger, known)
        many_mb = _resident_mb()
        took_s = monotonic() - begun_s
    return Measured(
        (
            Row(f"memory after {MANY} visits, × after {FEW}", many_mb / few_mb, "", LIMIT, basis=_BASIS),
            Row(f"memory after {FEW} visits", few_mb, "MB"),
            Row(f"memory after {MANY} visits", many_mb, "MB"),
            Row("one visit of screens alone", took_s / MANY * 1000, "ms"),
        ),
        _NOTES,
    )


def _report(code: str, detail: str) -> None:
    raise RuntimeError(f"{code}: {detail}")


def _visit(core: StillCore, finger: Finger, known: dict[str, State]) -> None:
    for name in _VISIT:
        state = known[name]
        finger.seen_after(lambda state=state: core.show(state))
    finger.seen_after(lambda: core.show(known["attract"], serial=core.session.serial + 1))


def _resident_mb() -> float:
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * 4096 / 1e6
