"""Rules of the house for QML."""

import re
from pathlib import Path

KIOSK = Path(__file__).parents[3] / "ui" / "qml" / "Kiosk"
FILES = sorted(path for path in KIOSK.rglob("*.qml"))
COLOUR = re.compile(r'"#[0-9A-Fa-f]{3,8}"|"transparent"|"white"|"black"|Qt\.(?:rgba|hsla|darker|lighter)')


def test_no_file_is_longer_than_a_page() -> None:
    assert [path.name for path in FILES if len(path.read_text("utf-8").splitlines()) > 180] == []


def test_screens_decide_nothing() -> None:
    screens = [path for path in FILES if path.parent.name == "screens"]
    assert screens
    assert [path.name for path in screens if re.search(r"\bfunction\b", path.read_text("utf-8"))] == []


def test_colours_come_from_the_theme() -> None:
    others = [path for path in FILES if path.name != "Theme.qml"]
    assert [path.name for path in others if COLOUR.search(path.read_text("utf-8"))] == []


def test_there_is_one_text_field_and_it_keeps_its_words_to_itself() -> None:
    fields = [
        path for path in FILES if re.search(r"\bText(?:Input|Field|Edit|Area) \{", path.read_text("utf-8"))
    ]
    assert [path.name for path in fields] == ["TextInputField.qml"]
    assert "Qt.ImhSensitiveData | Qt.ImhNoPredictiveText" in fields[0].read_text("utf-8")


def test_text_is_never_markup() -> None:
    texts = [path for path in FILES if re.search(r"\bText \{", path.read_text("utf-8"))]
    assert [path.name for path in texts] == ["Words.qml"]
    assert "textFormat: Text.PlainText" in texts[0].read_text("utf-8")


def test_pictures_of_residents_are_not_cached() -> None:
    pictures = [path for path in FILES if re.search(r"\bImage \{", path.read_text("utf-8"))]
    assert [path.name for path in pictures] == ["PageThumb.qml"]
    assert "cache: false" in pictures[0].read_text("utf-8")


def test_nothing_that_may_scroll_away_is_a_shape() -> None:
    # Qt's software renderer draws a Shape that is wholly clipped without any clipping.
    shapes = [path for path in FILES if re.search(r"\bShape \{", path.read_text("utf-8"))]
    assert [path.name for path in shapes] == ["Emblem.qml", "Weave.qml"]


def test_the_module_lists_every_type() -> None:
    listed = {
        line.split()[-1] for line in (KIOSK / "qmldir").read_text("utf-8").splitlines() if ".qml" in line
    }
    here = {str(path.relative_to(KIOSK)) for path in FILES if "keyboard" not in path.parts}
    assert listed == here
