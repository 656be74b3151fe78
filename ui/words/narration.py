"""Words that are only ever spoken: what a thing is, what a key does, where one is."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from kiosk.domain.text import Text
from ui.words.help import HELP


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

SPEECH = {
    "speech.unavailable": Text(
        f"这台终端现在不能朗读。{HELP.zh}", f"This terminal cannot read aloud at the moment. {HELP.en}"
    )
}
"""Words for the codes of speech."""

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

# Signs inside a number.
DASH = Text("杠", "dash")
HIDDEN = Text(" {n} 个星号", "{n} stars")
HIDDEN_ONE = Text("星号", "star")

# What is said besides what stands on the screen.
ATTRACT = Text(
    "24 小时自助政务终端。按小键盘上的任意键，用语音办理。接上耳机可以听到个人信息。",
    "24-hour self-service terminal. Press any key of the keypad to go through your visit by voice. "
    "Plug in headphones to hear what is personal.",
)
STILL_HERE = Text(
    "您还在吗？还需要时间，请点屏幕上的按钮。",
    "Are you still here? If you need more time, touch the button on the screen.",
)
TAKE_CARD = Text("请取走您的身份证。", "Please take your ID card.")
CONTROLS = Text("本页有 {n} 项可以操作。", "There are {n} things to use on this page.")
FIRST_HELP = Text(
    "按上、下键逐项听，按确定键选择。按左、右键跳到上一个、下一个可以操作的项目。",
    "Press Up or Down to move through the page, OK to choose. "
    "Left and Right go to the one before or after that can be used.",
)
FROM_THE_TOP = Text("回到本页开头。", "Back to the top of the page.")
TO_THE_END = Text("到了本页末尾。", "The end of the page.")
NOT_NOW = Text("现在不能使用。", "It cannot be used now.")
HEADPHONES_OUT = Text(
    "耳机拔出了。个人信息不再朗读。", "Headphones were unplugged. Nothing personal is read out."
)
HEADPHONES_IN = Text("耳机已接上。", "Headphones are in.")
SOME_PRIVATE = Text(
    "本页有个人信息，接上耳机后朗读。",
    "There is personal information on this page; plug in headphones to hear it.",
)

# Typing with five keys.
WHEELS: Mapping[str, Text] = MappingProxyType(
    {
        "pinyin": Text("拼音", "Pinyin"),
        "latin": Text("英文字母", "letters"),
        "digits": Text("数字", "digits"),
        "id-number": Text("数字", "digits"),
        "characters": Text("选汉字", "characters"),
    }
)
WHEEL_HELP: Mapping[str, Text] = MappingProxyType(
    {
        "pinyin": Text(
            "按左右键转到字母，按确定键选取；拼完一个字按下键选汉字；按上键删除；没有拼音时按下键完成。",
            "Left and Right turn to a letter, OK takes it; Down goes to the characters; Up deletes; "
            "Down with no letters ends typing.",
        ),
        "latin": Text(
            "按左右键转到字母，按确定键输入；按上键删除；按下键完成。",
            "Left and Right turn to a letter, OK types it; Up deletes; Down ends typing.",
        ),
        "digits": Text(
            "按左右键转到数字，按确定键输入；按上键删除；按下键完成。",
            "Left and Right turn to a digit, OK types it; Up deletes; Down ends typing.",
        ),
        "id-number": Text(
            "按左右键转到数字，按确定键输入；按上键删除；按下键完成。",
            "Left and Right turn to a digit, OK types it; Up deletes; Down ends typing.",
        ),
        "characters": Text(
            "按左右键换一个字，按下键跳过五个，按确定键选取，按上键回到拼音。",
            "Left and Right for another character, Down skips five, OK takes it, "
            "Up goes back to the letters.",
        ),
    }
)
TYPING = Text("开始输入：", "Typing: ")
NOBODY_LISTENS = Text(
    "没有接耳机，旁边的人能听到您转到的字。", "Without headphones, people nearby can hear what you turn to."
)
SPACE = Text("空格", "space")
DELETE = Text("删除", "delete")
DONE = Text("完成", "done")
SWITCH_TO = Text("换成{wheel}", "switch to {wheel}")
STAR = Text("星号", "star")
DELETED = Text("已删除", "deleted")
NO_SUCH_SYLLABLE = Text("没有这样的拼音", "no such syllable")
LETTERS_SO_FAR = Text("{n} 个字母", "{n} letters")
TYPED_ALL = Text("输入完成，内容：", "Typing is over. It holds: ")
TYPED_HIDDEN = Text("输入完成，共 {n} 个字。", "Typing is over, {n} characters.")
