from PySide6.QtQuick import QQuickItem

from kiosk.demo.scenes import visits
from kiosk.session.events import AnswerEdited
from tests.support.listener import DOWN, LEFT, OK, RIGHT, UP, Listener


def turns_to(listener: Listener, label: str) -> str:
    panel = listener.panel.app.window.findChild(QQuickItem, "spellerPanel")
    assert panel is not None
    options = list(panel.property("options"))
    way = options.index(label) - int(panel.property("at"))
    return listener.presses(*([RIGHT] * way if way > 0 else [LEFT] * -way))


def test_a_telephone_number_is_typed_digit_by_digit(listener: Listener) -> None:
    listener.ear.plugged = True
    listener.at(visits.asking("emergency_phone"))
    listener.goes_to("answer")
    assert "数字" in listener.presses(OK)
    assert turns_to(listener, "1") == "1"
    assert listener.presses(OK).startswith("1")
    turns_to(listener, "3")
    listener.presses(OK)
    assert AnswerEdited("13") in listener.core.posted
    assert "已删除" in listener.presses(UP)
    assert AnswerEdited("1") == listener.core.posted[-1]
    assert "输入完成，内容：1" in listener.presses(DOWN)
    assert listener.focus == "continue"


def test_a_name_is_typed_by_pinyin_and_told_apart_by_words(listener: Listener) -> None:
    listener.ear.plugged = True
    listener.at(visits.asking("emergency_name"))
    listener.goes_to("answer")
    listener.presses(OK)
    for letter in "chen":
        turns_to(listener, letter)
        listener.presses(OK)
    assert "耳东陈" in listener.presses(DOWN)
    assert "耳东陈" in listener.presses(OK)
    assert listener.core.posted[-1] == AnswerEdited("陈")


def test_without_headphones_what_is_typed_is_not_said(listener: Listener) -> None:
    listener.at(visits.asking("emergency_phone"))
    listener.goes_to("answer")
    assert "没有接耳机" in listener.presses(OK)
    turns_to(listener, "5")
    assert listener.presses(OK).startswith("星号")
    assert listener.presses(DOWN).startswith("输入完成，共 1 个字。")
