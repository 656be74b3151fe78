"""Every screen in every state, in both languages, both ways round."""

import re
from itertools import combinations

import pytest
from PySide6.QtQuick import QQuickItem

from kiosk.domain.text import Language
from tests.support import visits
from tests.support.panel import Panel, spoken_name
from ui.viewmodels.surroundings import SCREENS

CHINESE = re.compile(r"[\u3400-\u9fff]")
OF_THE_RESIDENT = ("陈淑芬", "陈晓东", "陈*", "陈", "新安街道织网路7号3栋502", "宝安农村商业银行")
"""What stands in Chinese on an English screen because it is somebody's own data."""
PRIMARY = frozenset({"continue", "capture", "moreTime", "start", "search", "answer", "door-apply"})
_ALWAYS_CHINESE = frozenset({"中文", "触摸屏幕开始"})


def test_every_state_has_a_sample() -> None:
    assert {type(state) for _, state in visits.states()} == set(SCREENS)


def test_every_screen_has_a_title_in_both_languages(panel: Panel) -> None:
    for _, state in visits.states():
        titles: list[str] = []
        for language in Language:
            panel.show(state, language)
            titles.append(panel.robot.text("title"))
        assert titles[0] != titles[1]


def test_no_chinese_is_left_on_an_english_screen(panel: Panel) -> None:
    for name, state in visits.states():
        panel.show(state, Language.EN)
        left = [text for text in panel.texts() if CHINESE.search(text) and text not in _ALWAYS_CHINESE]
        foreign = [text for text in left if not any(data in text for data in OF_THE_RESIDENT)]
        assert not foreign, name


@pytest.mark.parametrize("language", Language)
def test_every_control_has_a_name_to_tap_and_a_name_to_hear(panel: Panel, language: Language) -> None:
    for name, state in visits.states():
        panel.show(state, language)
        controls = list(panel.controls())
        assert controls, name
        for control in controls:
            assert control.objectName(), f"{name}: a {control.metaObject().className()}"
            assert spoken_name(control), f"{name}: {control.objectName()}"


def test_a_name_stands_for_one_control(panel: Panel) -> None:
    for name, state in visits.states():
        panel.show(state)
        names = [control.objectName() for control in panel.controls()]
        assert len(names) == len(set(names)), name


@pytest.mark.parametrize("language", Language)
def test_every_target_is_large_enough_for_an_old_finger(panel: Panel, language: Language) -> None:
    for name, state in visits.states():
        panel.show(state, language)
        for control in panel.controls():
            width_mm, height_mm = panel.size_mm(control)
            least_mm = 20.0 if control.objectName() in PRIMARY else 15.0
            assert height_mm >= least_mm, f"{name}: {control.objectName()} is {height_mm:.1f} mm high"
            assert width_mm >= least_mm, f"{name}: {control.objectName()} is {width_mm:.1f} mm wide"


@pytest.mark.parametrize("language", Language)
def test_targets_keep_their_distance_and_stay_on_the_panel(panel: Panel, language: Language) -> None:
    for name, state in visits.states():
        panel.show(state, language)
        controls = list(panel.controls())
        for control in controls:
            assert panel.on_panel(control), f"{name}: {control.objectName()}"
        for one, other in combinations(controls, 2):
            if _scrolls(one) == _scrolls(other):
                assert panel.gap_mm(one, other) >= 2.9, f"{name}: {one.objectName()}, {other.objectName()}"


@pytest.mark.parametrize("language", Language)
def test_no_word_is_cut(panel: Panel, language: Language) -> None:
    for name, state in visits.states():
        panel.show(state, language)
        for control in panel.controls():
            if control.inherits("QQuickAbstractButton"):
                for text in _texts_in(control):
                    place, room = panel.place(text), panel.place(control)
                    assert place.left() >= room.left() - 1, f"{name}: {text.property('text')}"
                    assert place.right() <= room.right() + 1, f"{name}: {text.property('text')}"


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
