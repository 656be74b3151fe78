import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from kiosk.catalogue.facets import Facet
from kiosk.demo.scenes import visits
from kiosk.demo.still_core import StillCore
from kiosk.domain.text import Language
from kiosk.session.access import Access
from kiosk.session.events import (
    AccessChanged,
    Continued,
    DeclarationToggled,
    DoorOpened,
    Event,
    MoreTimeAsked,
    PanelToggled,
    Started,
    Touched,
    WentBack,
)
from kiosk.session.states import Attract, Finding, Guiding, Home, Reviewing
from tests.support.listener import DOWN, LEFT, OK, RIGHT, UP, Listener

STATES = dict(visits.states())


class LivelyCore(StillCore):
    """Counts the signs of life, too."""

    def __init__(self) -> None:
        super().__init__()
        self.touches = 0

    def post(self, event: Event) -> None:
        self.touches += isinstance(event, Touched)
        super().post(event)


@pytest.fixture
def core() -> LivelyCore:
    core = LivelyCore()
    core.picture = visits.StillPicture(visits.sheet())
    return core


def test_the_first_key_starts_a_visit_by_voice(listener: Listener) -> None:
    listener.panel.show(Attract())
    listener.presses(DOWN)
    assert listener.core.posted == [Started(), AccessChanged(Access(voice=True))]


def test_a_page_is_read_from_its_heading_with_what_can_be_done(listener: Listener) -> None:
    listener.at(Home())
    heard = listener.ear.heard()
    assert heard.startswith("您好，您想办什么？")
    assert "没有提交之前" in heard
    assert "项可以操作" in heard
    assert "按上、下键" in heard


def test_without_the_voice_nothing_is_said(listener: Listener) -> None:
    listener.panel.show(Home())
    listener.waits()
    assert listener.presses(DOWN) == ""


def test_keys_go_through_the_list_and_round_its_end(listener: Listener) -> None:
    listener.at(Home())
    assert listener.focus == "title"
    assert "没有提交之前" in listener.presses(DOWN)
    assert listener.presses(DOWN).startswith("搜索")
    assert listener.focus == "door-search"
    assert "末尾" in listener.presses(UP, UP, UP)
    assert listener.focus == "end"
    assert "开头" in listener.presses(DOWN)


def test_left_and_right_leap_from_one_control_to_the_next(listener: Listener) -> None:
    listener.at(STATES["guide"])
    listener.presses(RIGHT)
    assert listener.focus == "phone-guide"
    listener.presses(RIGHT)
    assert listener.focus == "print-guide"
    listener.presses(RIGHT)
    assert listener.focus == "continue"
    listener.presses(LEFT)
    listener.presses(LEFT)
    listener.presses(LEFT)
    assert listener.focus == "end"


def test_ok_does_what_a_touch_does(listener: Listener) -> None:
    listener.at(Home())
    listener.goes_to("door-guides")
    listener.presses(OK)
    assert [event for event in listener.core.posted if isinstance(event, DoorOpened)] != []
    listener.goes_to("back")
    listener.presses(OK)
    assert listener.core.posted[-1] == WentBack()


def test_ok_on_a_button_that_has_only_just_come_is_not_lost(listener: Listener) -> None:
    listener.core.show(access=Access(voice=True))
    listener.panel.show(STATES["notice"])
    listener.presses(RIGHT)
    listener.presses(RIGHT)
    assert listener.focus == "continue"
    listener.presses(OK)
    listener.waits()
    assert listener.core.posted == [Continued()]


def test_ok_on_the_heading_reads_the_page_again(listener: Listener) -> None:
    listener.at(Home())
    assert "没有提交之前" in listener.presses(OK)


def test_what_cannot_be_used_says_so(listener: Listener) -> None:
    listener.at(STATES["prefill-loading"])
    assert "现在不能使用" in listener.goes_to("continue")
    assert "现在不能使用" in listener.presses(OK)


def test_a_long_list_says_where_one_is_and_is_paged(listener: Listener) -> None:
    listener.at(Finding())
    count = len(listener.core.catalogue.items)
    first = listener.core.catalogue.items[0].code
    assert f"第 1 项，共 {count} 项" in listener.goes_to(f"item-{first}")
    assert f"第 6 项，共 {count} 项" in listener.presses(RIGHT)
    assert f"第 1 项，共 {count} 项" in listener.presses(LEFT)


def test_what_is_wrong_is_heard_before_anything_else_and_the_caret_stays(listener: Listener) -> None:
    listener.at(STATES["question-text"])
    listener.goes_to("continue")
    listener.ear.heard()
    listener.core.show(STATES["question-problem"])
    listener.waits()
    assert listener.ear.heard().startswith("提示：出现问题")
    caret = listener.panel.app.window.activeFocusItem()
    assert caret is not None
    assert caret.objectName() == "answer"


def test_what_is_in_focus_is_in_view_and_framed(listener: Listener) -> None:
    listener.at(Finding(facet=Facet.THEME, group="elderly"))
    item = listener.core.catalogue.by(Facet.THEME, "elderly")[-1].code
    window = listener.panel.app.window
    for _ in range(60):
        listener.presses(DOWN)
        if listener.focus == f"item-{item}":
            break
    window.grabWindow()
    focus = listener.panel.app.blind.reading.focus
    mark = window.findChild(QQuickItem, "focusMark")
    assert focus is not None
    assert mark is not None
    assert mark.isVisible()
    assert listener.panel.place(mark).contains(listener.panel.place(focus.item))
    assert listener.panel.place(focus.item).bottom() <= window.height()


def test_a_touch_silences_and_puts_the_frame_away(listener: Listener) -> None:
    listener.at(Home())
    listener.presses(DOWN)
    window = listener.panel.app.window
    middle = window.contentItem().boundingRect().center().toPoint()
    QTest.mouseClick(window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)
    window.grabWindow()
    mark = window.findChild(QQuickItem, "focusMark")
    assert mark is not None
    assert not mark.isVisible()


def test_a_new_page_is_read_and_the_focus_starts_at_its_heading(listener: Listener) -> None:
    listener.at(Home())
    listener.goes_to("door-apply")
    listener.at(Guiding(visits.item()))
    assert "高龄老人津贴申请" in listener.ear.heard()
    assert listener.focus == "title"


def test_an_error_is_said_at_once_and_again_when_the_same_comes_again(listener: Listener) -> None:
    listener.at(visits.asking("emergency_name", "陈"))
    listener.ear.heard()
    listener.core.show(visits.asking("emergency_name", "陈", "form.too-short"))
    listener.waits()
    assert listener.ear.heard() == "提示：出现问题：请至少填写 2 个字。"
    listener.goes_to("continue")
    listener.presses(OK)
    listener.waits()
    listener.waits()
    assert "请至少填写 2 个字" in listener.ear.heard()


def test_what_ok_changed_is_said(listener: Listener) -> None:
    listener.at(STATES["review"])
    listener.goes_to("declaration")
    listener.presses(OK)
    assert DeclarationToggled(declared=True) in listener.core.posted
    state = STATES["review-declared"]
    assert isinstance(state, Reviewing)
    listener.core.show(state)
    listener.waits()
    assert "已勾选" in listener.ear.heard()


def test_the_warning_takes_the_focus_and_gives_it_back(listener: Listener) -> None:
    listener.at(Home())
    listener.goes_to("door-guides")
    listener.core.show(warning_until_s=30.0)
    listener.waits()
    heard = listener.ear.heard()
    assert "您还在吗？" in heard
    assert "秒后" in heard
    listener.goes_to("moreTime")
    listener.presses(OK)
    assert listener.core.posted[-1] == MoreTimeAsked()
    listener.core.show(warning_until_s=None)
    listener.waits()
    assert listener.focus == "door-guides"
    assert "办事指南" in listener.ear.heard()


def test_a_countdown_is_said_once(listener: Listener) -> None:
    listener.at(Home())
    listener.core.show(warning_until_s=30.0)
    listener.waits()
    listener.ear.heard()
    listener.core.show(now_s=2.0)
    listener.waits()
    assert listener.ear.heard() == ""


def test_the_access_panel_takes_the_focus_and_gives_it_back(listener: Listener) -> None:
    listener.at(Home())
    listener.goes_to("door-guides")
    listener.core.show(panel=True)
    listener.waits()
    assert "语言和显示" in listener.ear.heard()
    listener.goes_to("accessDone")
    listener.core.show(panel=False)
    listener.waits()
    assert listener.focus == "door-guides"


def test_a_step_of_the_volume_says_how_far_it_is(listener: Listener) -> None:
    listener.at(Home())
    listener.core.show(panel=True)
    listener.waits()
    assert "第 2 档，共 5 档" in listener.goes_to("volume-more")
    listener.presses(OK)
    listener.core.show(access=Access(voice=True, volume=3))
    listener.waits()
    assert "第 3 档，共 5 档" in listener.ear.heard()


def test_speed_and_loudness_are_those_of_the_panel(listener: Listener) -> None:
    listener.at(Home(), access=Access(voice=True, rate=5, volume=1))
    said = listener.ear.utterances[0]
    listener.at(Guiding(visits.item()), access=Access(voice=True, rate=1, volume=5))
    later = listener.ear.utterances[-1]
    assert said.rate > later.rate
    assert said.volume < later.volume


def test_english_is_spoken_in_english(listener: Listener) -> None:
    listener.at(Home(), Language.EN)
    assert listener.ear.tongues() == {Language.EN}


def test_a_key_that_bounces_counts_once(listener: Listener) -> None:
    listener.at(Home(), access=Access(voice=True, slow=True))
    QTest.keyClick(listener.panel.app.window, DOWN)
    QTest.keyClick(listener.panel.app.window, DOWN)
    assert listener.focus != "door-apply"


def test_the_on_screen_keyboards_own_return_key_is_left_to_the_field(listener: Listener) -> None:
    listener.at(Home())
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, DOWN, Qt.KeyboardModifier.NoModifier)
        QGuiApplication.sendEvent(listener.panel.app.window, event)
    assert listener.focus == "title"


def test_a_key_is_a_sign_of_life(listener: Listener, core: LivelyCore) -> None:
    listener.at(Home())
    before = core.touches
    listener.presses(DOWN)
    assert core.touches == before + 1


def test_whoever_listens_is_there_but_for_the_warning(listener: Listener, core: LivelyCore) -> None:
    listener.at(Home())
    before = core.touches
    listener.ear.slow = True
    listener.presses(OK)
    listener.panel.app.blind.show_life()
    assert core.touches == before + 2
    listener.core.show(warning_until_s=30.0)
    listener.waits()
    listener.panel.app.blind.show_life()
    assert core.touches == before + 2


def test_the_panel_has_the_page_read_again(listener: Listener) -> None:
    listener.at(Home())
    listener.core.show(panel=True)
    listener.waits()
    listener.goes_to("access-again")
    listener.presses(OK)
    assert listener.core.posted[-1] == PanelToggled(shown=False)
    listener.ear.heard()
    listener.core.show(panel=False)
    listener.waits()
    assert "没有提交之前" in listener.ear.heard()


# What is personal ---------------------------------------------------------------------------------


def test_what_is_personal_is_read_through_headphones_only(listener: Listener) -> None:
    listener.at(STATES["review"])
    heard = listener.ear.heard()
    assert "陈晓东" not in heard
    assert "接上耳机后朗读" in heard
    listener.ear.plugged = True
    listener.waits()
    assert "耳机已接上" in listener.ear.heard()
    assert "陈晓东" in listener.presses(OK)


def test_pulling_the_headphones_out_silences(listener: Listener) -> None:
    listener.ear.plugged = True
    listener.at(STATES["review"])
    listener.ear.plugged = False
    listener.waits()
    assert listener.ear.heard().endswith("个人信息不再朗读。")
    assert "陈晓东" not in listener.presses(OK)


def test_nothing_of_a_visit_is_kept_when_it_is_over(listener: Listener) -> None:
    listener.ear.plugged = True
    listener.at(STATES["review"])
    listener.ear.heard()
    listener.core.show(Attract(), serial=2, access=Access())
    blind = listener.panel.app.blind
    assert blind.reading.spots == ()
    blind.narrator.repeat()
    assert listener.ear.heard() == ""


# An invitation ------------------------------------------------------------------------------------


def test_somebody_with_headphones_on_is_told_how_to_begin(listener: Listener) -> None:
    listener.panel.show(Attract())
    blind = listener.panel.app.blind
    blind.narrator.invite()
    assert listener.ear.heard() == ""
    listener.ear.plugged = True
    blind.narrator.invite()
    assert listener.ear.tongues() == {Language.ZH, Language.EN}


def test_a_voice_that_fails_is_told_on_the_screen(listener: Listener) -> None:
    listener.ear.well = False
    listener.at(Home())
    listener.panel.robot.sees("banner", "不能朗读")
    listener.ear.well = True
    listener.presses(DOWN)
    listener.waits()
    assert not listener.panel.robot.shows("banner")
