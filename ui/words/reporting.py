"""What is asked of somebody who reports a problem."""

from collections.abc import Mapping

from kiosk.domain.text import Text

TITLES: Mapping[str, tuple[Text, Text]] = {
    "kind": (
        Text("您想反映什么问题？", "What do you want to report?"),
        Text(
            "不用身份证，可以匿名。有危险请先拨打 110 或 119。",
            "No ID and no name needed. In danger, call 110 or 119 first.",
        ),
    ),
    "photo": (
        Text("要附一张照片吗？", "Do you want to add a photo?"),
        Text(
            "可以把手机里的照片举到摄像头前拍下来。请不要拍到别人的脸和车牌。",
            "You can hold your phone's photo before the camera. Please show no faces or number plates.",
        ),
    ),
    "place": (
        Text("问题在哪里？", "Where is it?"),
        Text("选街道，或者自己写。", "Choose the subdistrict, or write it."),
    ),
    "community": (
        Text("在哪个社区？", "In which community?"),
        Text("不清楚就选整个街道。", "If you do not know, choose the whole subdistrict."),
    ),
    "place-words": (
        Text("请写出地点", "Write where it is"),
        Text("路名、门牌、附近的店，都可以。", "Street, number, a shop nearby: anything helps."),
    ),
    "words": (
        Text("发生了什么？", "What is wrong there?"),
        Text("写一两句就够。有照片的，可以不写。", "A sentence or two. With a photo it may stay empty."),
    ),
    "contact": (
        Text("要留电话吗？", "Do you want to leave a phone number?"),
        Text(
            "留不留都会处理。留了，处理的人可以问您。",
            "Dealt with either way; with one, you can be asked.",
        ),
    ),
    "phone": (
        Text("请输入电话号码", "Enter your phone number"),
        Text("只给处理这件事的人看。", "Only whoever deals with this sees it."),
    ),
}
"""Title and lead of each question."""
REVIEW = (
    Text("请再看一遍", "Please look once more"),
    Text("点一行就可以更改。", "Touch a line to change it."),
)
SUBMIT = Text("提交", "Submit")
LABELS: Mapping[str, Text] = {
    "kind": Text("问题", "Problem"),
    "photo": Text("照片", "Photo"),
    "place": Text("地点", "Place"),
    "words": Text("说明", "Description"),
    "contact": Text("联系电话", "Phone"),
}
WITH_PHOTO = Text("拍一张", "Take a photo")
WITH_PHOTO_HINT = Text("用下面的摄像头", "With the camera below")
WITHOUT_PHOTO = Text("不用照片", "No photo")
HERE = Text("就在这台终端附近", "Near this terminal")
BY_HAND = Text("自己写地点", "Write the place")
WHOLE_STREET = Text("整个{street}", "All of {street}")
ANONYMOUS = Text("不留，匿名反映", "No, stay unknown")
LEAVE_PHONE = Text("留电话", "Leave a number")
ONE_PHOTO = Text("已拍 1 张", "1 photo")
NO_PHOTO = Text("没有照片", "No photo")
NO_WORDS = Text("没有写", "Nothing written")
UNKNOWN = Text("匿名", "Unknown")
WORDS_HINT = Text("例如：路灯不亮，已经三天", "For example: the light is off for days")
PLACE_HINT = Text("例如：翻身路 12 号门口", "For example: at 12 Fanshen Road")
PHONE_HINT = Text("11 位手机号码，或带区号的固定电话", "Mobile, or landline with area code")
PHOTO_TITLE = Text("对准要拍的东西", "Point it at the problem")
STORING = Text("正在保存…", "Saving…")
SUPPORTING = Text("正在送出附议…", "Sending your support…")
LOOKING = Text("正在看附近有没有人反映过…", "Looking for reports nearby…")
NEAR = (
    Text("已有人反映，可以附议", "Reported already: you can support it"),
    Text(
        "是同一件事，就点那一条，不用再填。不会记下您是谁。",
        "If it is the same thing, touch it and you are done. Nobody notes who you are.",
    ),
)
NEAR_LINE = Text("{day}反映，{stage}，{supports} 人附议", "Reported {day}. {stage}. Supported by {supports}")
NEAR_LINE_ALONE = Text("{day}反映，{stage}", "Reported {day}. {stage}")
ANOTHER = Text("不是同一件事，继续", "Something else: go on")
SUPPORTED = Text("已附议", "Your support is counted")
SUPPORTED_BY = Text(
    "最早反映的人以外，已有 {supports} 人附议。", "Supported by {supports}, besides who reported it."
)
STOP = Text("。", ". ")
STAGE: Mapping[str, Text] = {
    "received": Text("已收到", "Received"),
    "assigned": Text("已转给负责的单位", "Passed on"),
    "at-work": Text("正在处理", "Being dealt with"),
    "solved": Text("已经办结", "Done"),
    "declined": Text("这里办不了", "Cannot be dealt with here"),
}
"""Where a report is, by the platform's word."""
STAGE_MEANING: Mapping[str, Text] = {
    "received": Text(
        "受理系统收到了反映，会转给负责的单位。",
        "The acceptance system has the report and passes it on to whoever is in charge.",
    ),
    "assigned": Text("负责的单位已经收到。", "Whoever is in charge has it."),
    "at-work": Text("负责的单位正在处理。", "Whoever is in charge is at work on it."),
    "solved": Text(
        "处理完了。如果问题还在，可以再反映一次。",
        "It was dealt with. If the problem is still there, report it again.",
    ),
    "declined": Text(
        "原因和可以找谁，见下面的说明；不清楚请拨打热线。",
        "Why, and who can help, is below; call the help line if in doubt.",
    ),
}
"""What a stage means for whoever asks."""
KEPT = Text("已保存，尚未送达", "Saved, not yet delivered")
KEPT_MEANING = Text(
    "您反映的问题保存在这台终端，会自动送达受理系统，您不用再来一次。",
    "What you reported is kept in this terminal and is delivered by itself; you need not come again.",
)
