"""Every screen in every state, in both languages, both ways round."""

import re
from collections.abc import Iterator
from itertools import combinations

import pytest
from PySide6.QtQuick import QQuickItem

from kiosk.demo.scenes import visits
from kiosk.domain.text import Language
from tests.support.panel import KEYBOARD_NOISE, PANELS, Panel, spoken_name
from ui.viewmodels.surroundings import SCREENS

pytestmark = KEYBOARD_NOISE

CHINESE = re.compile(r"[\u3400-\u9fff]")
OF_THE_RESIDENT = (
    "陈淑芬",
    "陈晓东",
    "陈*",
    "周*",
    "社保卡照片看不清，请重新拍一张。",
    "灯已换新，今晚起亮。",
    "海棠路口的路灯不亮，已经三天。",
    "广东省深圳市宝安区新安街道样例海棠社区",
    "陈",
    "新安街道织网路7号3栋502",
    "宝安农村商业银行",
    "广东省",
    "某村3巷5号",
    "门口",
)
"""What stands in Chinese on an English screen because it is somebody's own data."""
PRIMARY = frozenset(
    {
        "continue",
        "capture",
        "moreTime",
        "start",
        "search",
        "answer",
        "door-apply",
        "digit-0",
        "digit-X",
        "by-hand",
    }
)
LEAST_GAP_MM = 2.9
_ALWAYS_CHINESE = frozenset({"中文", "触摸屏幕开始"})


def test_every_state_has_a_sample() -> None:
    assert {type(state) for _, state in visits.states()} == set(SCREENS)


@pytest.mark.parametrize("panel", PANELS, indirect=True)
@pytest.mark.parametrize("language", Language)
def test_every_screen_is_fit_for_an_old_finger_and_an_old_eye(panel: Panel, language: Language) -> None:
    complaints: list[str] = []
    titles: dict[str, str] = {}
    for name, state in visits.states():
        panel.show(state, language)
        titles[name] = panel.text("title")
        for check in (_unnamed, _too_small, _too_close, _outside, _cut, _foreign):
            complaints += [f"{name}: {complaint}" for complaint in check(panel, language)]
    assert complaints == []
    assert all(titles.values())


@pytest.mark.parametrize("panel", PANELS, indirect=True)
def test_what_scrolled_out_of_a_list_is_drawn_nowhere_else(panel: Panel) -> None:
    footers: list[bytes] = []
    for name in ("home", "find", "find-words", "review", "guide"):
        panel.show(dict(visits.states())[name])
        panel.robot.wait(lambda: all(panel.control(one).isEnabled() for one in ("back", "end")), "settled")
        footers.append(panel.strip_at("help"))
    assert len(set(footers)) == 1


def _unnamed(panel: Panel, _: Language) -> Iterator[str]:
    names = [control.objectName() for control in panel.controls()]
    if len(names) != len(set(names)):
        yield f"a name stands for two of {names}"
    for control in panel.controls():
        if not control.objectName() or not spoken_name(control):
            yield f"nameless control {control.objectName()!r}"


def _too_small(panel: Panel, _: Language) -> Iterator[str]:
    for control in panel.controls():
        width_mm, height_mm = panel.size_mm(control)
        least_mm = 20.0 if control.objectName() in PRIMARY else 15.0
        if min(width_mm, height_mm) < least_mm:
            yield f"{control.objectName()} is {width_mm:.1f} by {height_mm:.1f} mm"


def _too_close(panel: Panel, _: Language) -> Iterator[str]:
    for one, other in combinations(panel.controls(), 2):
        if _scrolls(one) == _scrolls(other) and panel.gap_mm(one, other) < LEAST_GAP_MM:
            yield f"{one.objectName()} is too close to {other.objectName()}"


def _outside(panel: Panel, _: Language) -> Iterator[str]:
    for control in panel.controls():
        if not panel.on_panel(control):
            yield f"{control.objectName()} leaves the panel"


def _cut(panel: Panel, _: Language) -> Iterator[str]:
    for control in panel.controls():
        room = panel.place(control)
        for text in _texts_in(control):
            place = panel.place(text)
            if place.left() < room.left() - 1 or place.right() > room.right() + 1:
                yield f"{text.property('text')!r} is cut"


def _foreign(panel: Panel, language: Language) -> Iterator[str]:
    if language is Language.EN:
        for text in panel.texts():
            own = text in _ALWAYS_CHINESE or any(data in text for data in OF_THE_RESIDENT)
            if CHINESE.search(text) and not own:
                yield f"{text!r} is not English"


def _texts_in(item: QQuickItem) -> list[QQuickItem]:
    found: list[QQuickItem] = []
    for child in item.childItems():
        if child.isVisible():
            found += [child] if child.inherits("QQuickText") else []
            found += _texts_in(child)
    return found


def _scrolls(item: QQuickItem) -> bool:
    above = item.parentItem()
    while above:
        if above.inherits("QQuickFlickable"):
            return True
        above = above.parentItem()
    return False
