"""Residents at a real keyboard, in a process of their own; prints what was seen as one line of JSON.

Usage: python -m tests.support.keyboard_probe hinted|unhinted|portrait|landscape
"""

import json
import sys
from pathlib import Path

from PySide6.QtCore import QPointF
from PySide6.QtQuick import QQuickItem

from kiosk.demo.scenes.visits import asking
from kiosk.demo.still_core import StillCore
from kiosk.domain.text import Language
from kiosk.session.states import Attract
from ui.app import KioskApp
from ui.environment import ScreenSettings
from ui.host import QtHost
from ui.robot import Robot
from ui.scene import named_items, walk

PINYIN, NAME = "qiezhaolan", "锲朝斓"


def sit_down(core: StillCore, robot: Robot, *, hinted: bool) -> None:
    """The next resident comes to the question for a name and touches its field."""
    core.show(asking("emergency_name"), serial=core.session.serial + 1)
    robot.sees("answer")
    if not hinted:
        field = robot.window.findChild(QQuickItem, "answer")
        assert field is not None
        field.setProperty("inputMethodHints", 0)
    robot.tap("answer")


def leave(core: StillCore, robot: Robot) -> None:
    core.show(Attract(), serial=core.session.serial + 1)
    robot.sees("start")
    robot.wait(lambda: not robot.keyboard.is_open(), "the keyboard is closed")


def type_the_name(robot: Robot, *, to_the_end: bool = True) -> list[str]:
    """The resident types the rare name character by character; returns what was offered at first."""
    robot.types_pinyin(PINYIN)
    robot.wait(lambda: bool(robot.keyboard.candidates()), "candidates")
    offered = robot.keyboard.candidates()
    if to_the_end:
        robot.types_pinyin("", *NAME)
        robot.wait(lambda: NAME in robot.text("answer"), "the name stands in the field")
    return offered


def field_holds(robot: Robot) -> str:
    field = named_items(robot.window, "answer")[-1]
    return f"{field.property('text')}{field.property('preeditText') or ''}"


def visits(core: StillCore, robot: Robot, folder: Path, *, hinted: bool) -> dict[str, object]:
    sit_down(core, robot, hinted=hinted)
    first = type_the_name(robot)
    leave(core, robot)

    sit_down(core, robot, hinted=hinted)
    leftover = field_holds(robot)
    second = type_the_name(robot)

    # The engine looks its learned words up again at the latest when the same field is used once more.
    sit_down(core, robot, hinted=hinted)
    third = type_the_name(robot, to_the_end=False)
    leave(core, robot)

    sit_down(core, robot, hinted=hinted)
    dictionary = folder / "qtvirtualkeyboard" / "pinyin" / "usr_dict.dat"
    return {
        "first": first,
        "second": second,
        "third": third,
        "leftover": leftover,
        "half_typed": field_holds(robot),
        "candidates_left": robot.keyboard.candidates(),
        "dictionary_bytes": dictionary.stat().st_size,
        "folder": str(folder),
    }


def layout(core: StillCore, robot: Robot, mm: float) -> dict[str, object]:
    """The keyboard's measures in millimetres, and whether both languages can be typed."""
    sit_down(core, robot, hinted=True)
    robot.types_pinyin("wangfang")
    robot.wait(lambda: bool(robot.keyboard.candidates()), "candidates")
    keys = [(key.width() / mm, key.height() / mm) for key in robot.keyboard.shown_keys()]
    strip = named_items(robot.window, "wordCandidateView")[-1].height() / mm
    candidates = [item.width() / mm for item in named_items(robot.window, "candidate")]
    robot.types_pinyin("", "王芳")
    field = named_items(robot.window, "answer")[-1]
    panel = named_items(robot.window, "keyboardPanel")[-1]
    covered = field.mapRectToScene(field.boundingRect()).bottom() > panel.mapToScene(QPointF()).y()
    robot.wait(lambda: field_holds(robot) == "王芳", "the name stands in the field")
    name = field_holds(robot)

    core.show(asking("emergency_phone"), serial=core.session.serial + 1)
    robot.sees("digit-0")
    pad = [item for item in walk(robot.window.contentItem()) if item.objectName().startswith("digit-")]
    digits = [min(key.width(), key.height()) / mm for key in pad]
    robot.types_digits("0755")
    phone = field_holds(robot)

    core.show(asking("emergency_name"), serial=core.session.serial + 1, language=Language.EN)
    robot.tap("answer")
    robot.wait(lambda: robot.keyboard.locale() == "en_US", "the keyboard follows the screens")
    robot.types_latin("Lee")
    return {
        "narrowest_key_mm": min(width for width, _ in keys),
        "lowest_key_mm": min(height for _, height in keys),
        "smallest_digit_mm": min(digits),
        "strip_mm": strip,
        "narrowest_candidate_mm": min(candidates),
        "field_covered": covered,
        "texts": [name, phone, field_holds(robot)],
    }


def report(code: str, detail: str) -> None:
    sys.stderr.write(f"{code} {detail}\n")


def main(way: str) -> None:
    core = StillCore()
    size = (1920, 1080, 476.0) if way == "landscape" else (1080, 1920, 268.0)
    with QtHost(ScreenSettings(*size), report) as host, KioskApp(host, core) as app:
        robot = Robot(app.window, timeout_s=15, bug=lambda: host.bug)
        robot.sees("start")
        if way in ("hinted", "unhinted"):
            seen = visits(core, robot, host.folder, hinted=way == "hinted")
        else:
            seen = layout(core, robot, size[0] / size[2])
    sys.stdout.write(json.dumps(seen) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
