"""Words that are only ever spoken: what a thing is, what a key does, where one is."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from kiosk.domain.text import Text


class Role(StrEnum):
    """What kind of thing is spoken of."""

    HEADING = "heading"
    WORDS = "words"
    ALERT = "alert"
    BUTTON = "button"
    CHOICE = "choice"
    TICK = "tick"
    INPUT = "input"
    PICTURE = "picture"


ROLES: Mapping[Role, Text] = MappingProxyType(
    {
        Role.BUTTON: Text("按钮", "button"),
        Role.CHOICE: Text("单选", "choice"),
        Role.TICK: Text("勾选框", "tick box"),
        Role.INPUT: Text("输入框", "input"),
        Role.PICTURE: Text("图像", "picture"),
    }
)
"""How a role is called, after the name; plain words, headings and notices are not called anything."""

KEY_HELP: Mapping[Role, Text] = MappingProxyType(
    {
        Role.HEADING: Text(
            "按确定键重听整页，按下键往下听", "Press OK to hear the page again, Down to go on"
        ),
        Role.WORDS: Text("按确定键重听，按下键往下听", "Press OK to hear it again, Down to go on"),
        Role.ALERT: Text("按确定键重听，按下键往下听", "Press OK to hear it again, Down to go on"),
        Role.BUTTON: Text("按确定键执行", "Press OK to use it"),
        Role.CHOICE: Text(
            "按确定键选中，按左右键换一个答案", "Press OK to choose it, Left or Right for another answer"
        ),
        Role.TICK: Text("按确定键改变", "Press OK to change it"),
        Role.INPUT: Text("按确定键开始输入", "Press OK to start typing"),
        Role.PICTURE: Text("按下键往下听", "Press Down to go on"),
    }
)
"""What the keys do on a thing."""

NOTICE = Text("提示：", "Notice: ")
CHOSEN = Text("已选中", "chosen")
NOT_CHOSEN = Text("未选中", "not chosen")
TICKED = Text("已勾选", "ticked")
NOT_TICKED = Text("未勾选", "not ticked")
UNAVAILABLE = Text("现在不能使用", "cannot be used now")
EMPTY = Text("空白", "empty")
HOLDS = Text("内容：", "holds: ")
PLACE = Text("第 {n} 项，共 {of} 项", "{n} of {of}")
PRIVATE = Text("此处为个人信息，接上耳机后朗读", "this is personal; plug in headphones to hear it")
PAUSE = Text("，", ", ")
STOP = Text("。", ". ")
