"""Residents who write with a finger, in a process of their own; prints what was seen as one line of JSON.

Usage: python -m tests.support.writing_probe visit|hant|no-model|measure WAY SIZE [low] [left]
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, cast

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage
from PySide6.QtQuick import QQuickItem

from kiosk.demo.scenes.visits import asking
from kiosk.demo.still_core import StillCore
from kiosk.domain.text import Language
from kiosk.session.access import Access
from kiosk.session.states import Attract
from tests.support.strokes import across
from ui.app import KioskApp
from ui.environment import ScreenSettings
from ui.host import QtHost
from ui.robot import Robot
from ui.scene import named_items, walk

PORTRAIT, LANDSCAPE = (1080, 1920, 268.0), (1920, 1080, 476.0)


class Writer:
    """Somebody in front of the question for a name, and what the panel shows to them."""

    def __init__(self, core: StillCore, app: KioskApp, mm: float) -> None:
        self.core = core
        self.handwriting = app.handwriting
        self.robot = Robot(app.window, timeout_s=15)
        self.mm = mm
        self.robot.sees("start")

    def sit_down(self, **around: object) -> None:
        """The next resident comes to the question for a name and touches its field."""
        self.core.show(asking("emergency_name"), serial=self.core.session.serial + 1, **around)
        self.robot.tap("answer")
        self.robot.wait(self.robot.keyboard.is_open, "the keyboard is open")

    def asks_for_digits(self) -> None:
        """Make the field one that takes digits only."""
        hints = Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhDigitsOnly
        named_items(self.robot.window, "answer")[-1].setProperty("inputMethodHints", hints)
        self.robot.wait(lambda: not self.robot.shows("mode-pinyin"), "digits are all there is")

    def leave(self) -> None:
        """The visit ends and is wiped."""
        self.core.show(Attract(), serial=self.core.session.serial + 1)
        self.robot.sees("start")
        self.robot.wait(lambda: not self.robot.keyboard.is_open(), "the keyboard is closed")

    def field(self) -> str:
        """Return what stands in the field."""
        return str(named_items(self.robot.window, "answer")[-1].property("text"))

    def remains(self) -> list[int]:
        """Return how many strokes, candidates and characters of the field are still known."""
        known = [self.handwriting.property(name) for name in ("candidates", "before")]
        return [len(self.handwriting.strokes), *(len(cast("Sequence[str]", part)) for part in known)]

    def pad(self) -> QImage:
        """Return the picture of the pad."""
        place = self.place(named_items(self.robot.window, "writingPad")[-1]).toAlignedRect()
        return self.robot.window.grabWindow().copy(place)

    def place(self, item: QQuickItem) -> QRectF:
        """Return where an item is on the panel."""
        return item.mapRectToScene(QRectF(0, 0, item.width(), item.height()))

    def sizes(self, *names: str) -> list[float]:
        """Return the shorter sides in millimetres of everything shown whose name begins so."""
        items = [
            item
            for item in walk(named_items(self.robot.window, "keyboardPlace")[-1])
            if item.objectName().startswith(names)
        ]
        return [round(min(item.width(), item.height()) / self.mm, 2) for item in items]

    def key_sizes(self) -> list[float]:
        """Return the shorter sides in millimetres of the keys shown, once they have their places."""
        self.robot.wait(lambda: bool(self.robot.keyboard.shown_keys()), "the layout is loaded")
        self.robot.window.grabWindow()
        return [
            round(min(key.width(), key.height()) / self.mm, 2) for key in self.robot.keyboard.shown_keys()
        ]

    def covered(self) -> bool:
        """Return whether the keyboard lies over the field, or the field is off the panel."""
        field = self.place(named_items(self.robot.window, "answer")[-1])
        panel = named_items(self.robot.window, "keyboardPanel")[-1]
        return field.bottom() > panel.mapToScene(QPointF()).y() or field.top() < 0


def visit(writer: Writer, folder: Path) -> dict[str, object]:
    """One resident writes a name and leaves; the next one looks for what is left."""
    robot, keyboard = writer.robot, writer.robot.keyboard
    writer.sit_down()
    keyboard.choose("writing")
    blank, files = writer.pad(), sorted(str(path) for path in folder.rglob("*"))
    robot.writes(("王", across("王")), ("安", across("安")))
    name = writer.field()
    keyboard.write(across("宝"))
    robot.wait(lambda: "宝" in keyboard.written(), "宝 is offered")
    inked = writer.pad()
    robot.tap("writingUndo")
    undone = writer.pad() not in (inked, blank)
    robot.tap("writingClear")
    robot.wait(lambda: not keyboard.written(), "nothing is offered")
    cleared = writer.pad() == blank
    robot.tap("writingBackspace")
    robot.tap("writingSpace")
    edited = writer.field()
    keyboard.write(across("张")[:3])
    robot.wait(lambda: bool(keyboard.written()), "something is offered")
    writer.leave()
    remains = writer.remains()

    writer.sit_down()
    mode = keyboard.mode()
    keyboard.choose("writing")
    found: dict[str, object] = {
        "name": name,
        "inked": inked != blank,
        "undone": undone,
        "cleared": cleared,
        "edited": edited,
        "remains": remains,
        "next_mode": mode,
        "next_field": writer.field(),
        "next_pad_empty": writer.pad() == blank,
        "next_written": keyboard.written(),
        "new_files": sorted({str(path) for path in folder.rglob("*")} - set(files)),
    }
    robot.tap("writingDone")
    robot.wait(lambda: not keyboard.is_open(), "the keyboard is closed")
    return found


def traditional(writer: Writer) -> dict[str, object]:
    """Somebody who reads traditional characters is offered both forms."""
    writer.sit_down(language=Language.ZH_HANT)
    writer.robot.keyboard.write(across("张"))
    writer.robot.wait(lambda: "张" in writer.robot.keyboard.written(), "张 is offered")
    offered = writer.robot.keyboard.written()
    writer.robot.keyboard.pick_written("張")
    return {"offered": offered, "name": writer.field()}


def without(writer: Writer, reports: Sequence[str]) -> dict[str, object]:
    """There is no model: the other ways serve, and the way that does not is not shown."""
    writer.sit_down()
    shown = writer.robot.shows("mode-writing")
    writer.robot.types_pinyin("wangfang", "王芳")
    return {"shown": shown, "name": writer.field(), "reports": list(reports)}


def measure(writer: Writer, access: Access) -> dict[str, object]:
    """Every way of typing, measured."""
    robot, keyboard = writer.robot, writer.robot.keyboard
    writer.sit_down(access=access)
    seen: dict[str, object] = {"modes": writer.sizes("mode-")}
    for mode in ("pinyin", "english", "digits"):
        keyboard.choose(mode)
        seen[mode] = writer.key_sizes()
    covered = [writer.covered()]
    keyboard.write(across("王"))
    robot.wait(lambda: bool(keyboard.written()), "something is offered")
    seen["writing"] = writer.sizes("writing", "written-")
    covered.append(writer.covered())
    writer.asks_for_digits()
    return {**seen, "phone": writer.key_sizes(), "covered": [*covered, writer.covered()]}


def main(what: str, way: str = "portrait", size: str = "100", *more: str) -> None:
    reports: list[str] = []
    panel = LANDSCAPE if way == "landscape" else PORTRAIT
    settings = ScreenSettings(*panel)
    if what == "no-model":
        settings = ScreenSettings(*panel, handwriting_model=Path("/nowhere/none.model"))
    core = StillCore()
    with QtHost(settings, lambda code, _: reports.append(code)) as host, KioskApp(host, core) as app:
        writer = Writer(core, app, panel[0] / panel[2])
        match what:
            case "visit":
                seen = visit(writer, host.folder)
            case "hant":
                seen = traditional(writer)
            case "no-model":
                seen = without(writer, reports)
            case _:
                factor = cast("Literal[100, 130, 160]", int(size))
                seen = measure(writer, Access(size=factor, low="low" in more, left="left" in more))
    sys.stdout.write(json.dumps(seen) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
