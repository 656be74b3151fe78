"""From a fresh process to a start screen that answers."""

import json
import os
import subprocess
import sys
from time import monotonic
from typing import cast

from kiosk.demo.stage import PORTRAIT, open_stage
from tests.bench.row import Measured, of_median

STARTS = 3
FIRST_LIMIT_S, LIMIT_S = 1.0, 3.0
_FIRST_BASIS, _BASIS = "first frame", "usable start screen"
_BARE = "bare QML window"
_PROCESS_S = 60.0
_NOTES = (
    f"Medians of {STARTS} fresh processes, files in the page cache; after power-on they come from the disk.",
    "It loads what `kiosk run` loads, over simulated devices, drawn offscreen by the software renderer.",
    "The first frame says that the terminal is starting; most of it is loaded behind that frame.",
    "The bare window is one rectangle of the same size, started in turn with the terminal.",
    "A touch is answered when the next screen stands; the on-screen keyboard is loaded before that.",
)


def measure() -> Measured:
    """Start the screen and a bare window in turn."""
    first_s: list[float] = []
    screen_s: list[float] = []
    touch_s: list[float] = []
    devices_s: list[float] = []
    bare_s: list[float] = []
    with open_stage(PORTRAIT) as stage:
        for _ in range(STARTS):
            begun_s, said = _start("tests.bench.screen_start", str(stage.profile_path))
            told = cast("dict[str, float]", json.loads(said))
            first_s.append(told["first_frame_s"] - begun_s)
            screen_s.append(told["start_screen_s"] - begun_s)
            touch_s.append(told["touch_answered_s"] - begun_s)
            devices_s.append(told["devices_s"] - begun_s)
            begun_s, said = _start("tests.bench.bare_window", str(PORTRAIT.width_px), str(PORTRAIT.height_px))
            bare_s.append(float(said) - begun_s)
    bare = of_median(f"cold start → first frame of a {_BARE}", bare_s, "s")
    peer = (_BARE, bare.value)
    rows = (
        of_median(
            "cold start → first frame", first_s, "s", limit=FIRST_LIMIT_S, basis=_FIRST_BASIS, peer=peer
        ),
        of_median(
            "cold start → start screen in service", screen_s, "s", limit=LIMIT_S, basis=_BASIS, peer=peer
        ),
        of_median("cold start → first touch answered", touch_s, "s", limit=LIMIT_S, basis=_BASIS, peer=peer),
        of_median("cold start → every device answers", devices_s, "s", peer=peer),
        bare,
    )
    return Measured(rows, _NOTES)


def _start(*module: str) -> tuple[float, str]:
    """Run a program; returns when it was started, in monotonic seconds, and what it printed last."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software"}
    begun_s = monotonic()
    done = subprocess.run(
        [sys.executable, "-m", *module],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        env=environment,
        check=True,
        text=True,
        timeout=_PROCESS_S,
    )
    return begun_s, done.stdout.splitlines()[-1]
