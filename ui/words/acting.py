"""What is said to whoever files for somebody else (代办, 监护人)."""

from kiosk.domain.text import Text

WHOM = (
    Text("您为谁办理？", "For whom is this?"),
    Text("替别人办理，要有两个人的身份证明。", "To file for somebody else, both people are identified."),
)
SELF = (Text("本人办理", "For myself"), Text("用您自己的身份证", "With your own ID card"))
RELATION = (
    Text("您是申请人的什么人？", "What are you to the applicant?"),
    Text("后面会请您扫描相应的证明材料。", "You will be asked to scan the document that shows it."),
)
NEEDS = Text("需要：{evidence}", "Needed: {evidence}")
CHILD = (
    Text("孩子的身份证带来了吗？", "Do you have the child's ID card with you?"),
    Text("没有带，也可以输入姓名和身份证号码。", "If not, you can enter the name and the ID number."),
)
WITH_CARD = (
    Text("带来了，读身份证", "Yes, read the card"),
    Text("读卡后，可以带出区里已有的信息", "Then what the district knows can be filled in"),
)
WITHOUT_CARD = (
    Text("没有带，输入号码", "No, enter the number"),
    Text("只输入号码，不能带出已有的信息", "With a number alone nothing is filled in"),
)
WARD_NAME = (
    Text("请输入孩子的姓名", "Enter the child's name"),
    Text("和户口簿上一样。", "As in the household register."),
    Text("姓名", "Name"),
)
WARD_NUMBER = (
    Text("请输入孩子的身份证号码", "Enter the child's ID number"),
    Text("在户口簿上孩子那一页，共 18 位。", "On the child's page of the household register; 18 characters."),
    Text("18 位号码", "18 characters"),
)
APPLICANT = Text("申请人", "Applicant")
AGENT = Text("代办人", "Filed by")
GUARDIAN = Text("监护人", "Guardian")

ACTING = {
    "identity.under-14": Text(
        "这张证件的主人未满 14 周岁，按法律要由父母或者其他监护人同意，不能自己在这里办理。"
        "请和监护人一起到人工窗口。",
        "The holder of this card is under 14. By law a parent or guardian has to consent, so this cannot be "
        "done here alone. Please go to a window together with a guardian.",
    ),
    "identity.under-14-guardian": Text(
        "这张证件的主人未满 14 周岁，按法律要由监护人同意。请由父母或者其他监护人在下面选“替未成年子女办理”；"
        "监护人不在，请到人工窗口。",
        "The holder of this card is under 14; by law a guardian has to consent. A parent or guardian can "
        'choose "For a child under 18" below; without one, please go to a window.',
    ),
    "acting.same-card": Text(
        "这还是申请人的身份证。请取走，换成您自己的身份证。",
        "This is the applicant's card again. Please lift it and lay down your own.",
    ),
    "acting.agent-too-young": Text(
        "替别人办理的人要年满 18 周岁。请由成年人来办，或到人工窗口。",
        "Whoever files for somebody else has to be 18 or older. Let an adult do it, or go to a window.",
    ),
    "acting.applicant-is-minor": Text(
        "申请人未满 18 周岁，要由监护人办理，不能用委托书代办。"
        "请返回看看能不能选“替未成年子女办理”，或到人工窗口。",
        "The applicant is under 18, so a guardian has to file, not an agent. Go back to see whether "
        '"For a child under 18" is offered, or go to a window.',
    ),
    "acting.ward-is-adult": Text(
        "这个人已满 18 周岁，不用监护人办理。请核对号码；要替成年人办理，请返回重新选，或到人工窗口。",
        "This person is 18 or older, so no guardian is needed. Please check the number; to file for an "
        "adult, go back and choose again, or go to a window.",
    ),
}
"""Words for the codes of acting for somebody else."""
