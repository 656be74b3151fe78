"""What is said of a case: where it stands, and what that means for who applied."""

from collections.abc import Mapping

from kiosk.domain.text import Text

STATUS: Mapping[str, Text] = {
    "received": Text("已收件", "Received"),
    "correction-required": Text("请补交材料", "Documents are needed"),
    "correction-received": Text("补交的材料已收到", "Your documents were received"),
    "accepted": Text("已受理", "Accepted"),
    "not-accepted": Text("不予受理", "Not accepted"),
    "in-review": Text("正在办理", "Being decided"),
    "suspended": Text("暂停计时，正在等待外部结果", "On hold, waiting for a result from outside"),
    "granted": Text("办结，已批准", "Decided: granted"),
    "refused": Text("办结，未批准", "Decided: not granted"),
    "withdrawn": Text("办结，申请已撤回", "Ended: withdrawn"),
    "collected": Text("结果已领取", "Result collected"),
}
"""Where a case stands, by the platform's word."""

MEANING: Mapping[str, Text] = {
    "received": Text(
        "受理系统收到了您的申请，部门会先看材料是否齐全。",
        "The acceptance system has your application. The department first checks that it is complete.",
    ),
    "correction-required": Text(
        "部门需要您补交材料后才能继续办理。可以在这台终端补交。",
        "The department needs more documents before it can go on. You can hand them in here.",
    ),
    "correction-received": Text(
        "部门会接着看补交的材料，您现在不用做什么。",
        "The department looks at them next. There is nothing you need to do now.",
    ),
    "accepted": Text("材料齐全，办理时限从这一天算起。", "Complete; the time limit starts on this day."),
    "not-accepted": Text(
        "部门没有受理这个申请。原因见下面的说明；不清楚请拨打热线。",
        "The department did not take the application. The reason is below; call the help line if in doubt.",
    ),
    "in-review": Text("部门正在办理，您现在不用做什么。", "The department is at work on it."),
    "suspended": Text(
        "等待期间不计入办理时限，结果到了会接着办。",
        "The time limit does not run meanwhile; work goes on once the result is there.",
    ),
    "granted": Text(
        "事情已经办成。领取方式见下面的说明，或拨打热线询问。",
        "It is done. How to collect the result is below, or call the help line.",
    ),
    "refused": Text(
        "部门没有批准这个申请。原因和下一步见下面的说明。",
        "The application was not granted. The reason and what you can do are below.",
    ),
    "withdrawn": Text("这个申请已经撤回，不再办理。", "The application was withdrawn and is closed."),
    "collected": Text("结果已经领走，这件事全部完成。", "The result was collected; everything is done."),
}
"""What a status means for the applicant, where the department wrote a note below it."""
WITHOUT_NOTE: Mapping[str, Text] = {
    "not-accepted": Text(
        "部门没有受理这个申请。这里没有写原因，请拨打热线询问。",
        "The department did not take the application. No reason is given here; please call the help line.",
    ),
    "granted": Text(
        "事情已经办成。怎么领取结果，请拨打热线询问。",
        "It is done. Please call the help line about how to collect the result.",
    ),
    "refused": Text(
        "部门没有批准这个申请。这里没有写原因，请拨打热线询问。",
        "The application was not granted. No reason is given here; please call the help line.",
    ),
    "declined": Text(
        "这里没有写原因。可以找谁，请拨打热线询问。",
        "No reason is given here. Please call the help line about who can help.",
    ),
}
"""What a status or a stage means where nobody wrote a note."""
GRAVE = frozenset({"correction-required", "not-accepted", "refused", "declined"})
"""Where a note asks for something, or says why not."""

EARLIER = Text(
    "您已经办过这个事项，进度：{status}（{since}）",
    "You applied for this before; it stands at: {status} ({since})",
)
UNKNOWN = Text("状态已更新", "Updated")
AWAITED = Text("还没有送达受理系统", "Not yet with the acceptance system")
AWAITED_CERTAIN = Text(
    "回执是真实的。申请还在终端里等待送达，会自动送达，您不用再来一次。",
    "Your receipt is genuine. The application waits in the terminal and is delivered by itself; you need not "
    "come again.",
)
AWAITED_UNSURE = Text(
    "编号格式正确，但受理系统还没有收到这份申请。请过一天再查；仍查不到，请拨打热线。",
    "The number is well formed, but the acceptance system has not received it. Please ask again tomorrow; if "
    "it is still missing, call the help line.",
)
KEPT = Text("申请保存在这台终端，等待送达", "Kept in this terminal, waiting to be delivered")
KEPT_MEANING = Text(
    "现在连不上受理系统，这是本机最后知道的情况。网络恢复后会自动送达，您不用再来一次。",
    "The acceptance system cannot be reached now; this is what the terminal knows last. It is delivered by "
    "itself once the network is back; you need not come again.",
)
DELIVERED = Text("已经送达受理系统", "Delivered to the acceptance system")
DELIVERED_MEANING = Text(
    "现在连不上受理系统，这是本机最后知道的情况。请记下办件编号，联网后再查进度。",
    "The acceptance system cannot be reached now; this is what the terminal knows last. Keep the case number "
    "and ask again when the network is back.",
)
