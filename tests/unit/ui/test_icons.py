"""The icons: names of ours for glyphs of a font."""

import re
from pathlib import Path

from fonticon_mdi7 import MDI7
from PySide6.QtGui import QFont, QFontMetrics, QGuiApplication

from kiosk.demo.scenes import visits
from tests.support.panel import KEYBOARD_NOISE, Panel
from ui.icons import load_icon_font
from ui.scene import walk

pytestmark = KEYBOARD_NOISE

KIOSK = Path(__file__).parents[3] / "ui" / "qml" / "Kiosk"
LINE = re.compile(r'"([a-z-]+)": "\\u\{([0-9A-F]+)\}",? // ([a-z0-9-]+)')
GLYPHS = {
    name: (chr(int(code, 16)), theirs)
    for name, code, theirs in LINE.findall((KIOSK / "controls" / "Glyphs.qml").read_text("utf-8"))
}


def test_each_icon_is_the_glyph_it_is_said_to_be() -> None:
    assert len(GLYPHS) > 20
    for name, (glyph, theirs) in GLYPHS.items():
        assert getattr(MDI7, theirs.replace("-", "_")).split(".")[1] == glyph, name


def test_the_font_has_every_icon(qapp: QGuiApplication) -> None:
    del qapp
    load_icon_font()
    font = QFontMetrics(QFont("Material Design Icons"))
    assert [name for name, (glyph, _) in GLYPHS.items() if not font.inFontUcs4(ord(glyph))] == []


def test_no_icon_is_empty(panel: Panel) -> None:
    for name, state in visits.states():
        panel.show(state)
        glyphs = [item for item in walk(panel.app.window.contentItem()) if item.objectName() == "glyph"]
        assert all(item.property("text") for item in glyphs), name
