"""A screen process as ``python -m kiosk run`` starts it; prints when it had come how far.

``python -m tests.bench.screen_start PROFILE`` prints a JSON object of monotonic seconds: ``first_frame_s``
(that it starts), ``start_screen_s`` (the start screen, in service), ``devices_s`` (every device answers) and
``touch_answered_s`` (a touch on the start screen led to the next).
"""

import json
import sys
from importlib import import_module
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from kiosk import log
from kiosk.screen import settings_of, shown_terminal
from provisioning.profile import load_profile
from ui.environment import Display
from ui.scene import let_events_pass

if TYPE_CHECKING:
    from kiosk.session.states import Session

_LOOK_MS = 5


def main(profile_path: Path) -> None:
    import_module("kiosk.__main__")  # what the command itself loads belongs to its start
    log.configure()
    profile = load_profile(profile_path)
    settings = settings_of(profile, Display.OFFSCREEN, fullscreen=False)
    told: dict[str, float] = {}

    def listen(session: "Session") -> None:
        if len(session.health) == len(profile.devices) and all(health.usable for health in session.health):
            told.setdefault("devices_s", monotonic())

    with shown_terminal(profile, settings) as shown:
        shown.terminal.core.subscribe(listen)
        while shown.app.first_frame_s is None:
            let_events_pass(_LOOK_MS)
        told["start_screen_s"] = shown.app.first_frame_s
        assert shown.opening.first_frame_s is not None
        told["first_frame_s"] = shown.opening.first_frame_s
        from ui.robot import Robot  # noqa: PLC0415  # the terminal itself loads no robot

        robot = Robot(shown.app.window, bug=lambda: shown.host.bug)
        robot.tap("start")
        robot.sees("door-apply")
        told["touch_answered_s"] = monotonic()
        robot.wait(lambda: "devices_s" in told, "every device answers")
    print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
