"""What is said on the ways beside filing, by code."""

from kiosk.domain.text import Text

_NO_PLATFORM = Text(
    "现在连不上受理系统，这里办不了。请稍后再来，或拨打热线。",
    "The acceptance system cannot be reached now. Please come back later, or call the help line.",
)
SIDE = {
    "backend.garbled": _NO_PLATFORM,
    "backend.busy": _NO_PLATFORM,
    "backend.refused": _NO_PLATFORM,
    "backend.untrusted": _NO_PLATFORM,
    "backend.unreachable": _NO_PLATFORM,
    "case.not-found": Text(
        "没有找到。编号和证件号码后四位必须都对，请再核对一遍。",
        "Nothing was found. The number and the last four of the ID must both be right; please check them.",
    ),
    "case.too-many-tries": Text(
        "这个编号试的次数太多了。为保护申请人的信息，请过 10 分钟再查。",
        "This number was tried too often. To protect the applicant, please try again in ten minutes.",
    ),
    "case.number-mistyped": Text(
        "这个回执编号有一位不对。请对照回执，再看一遍。",
        "One character of this receipt number is not right. Please compare it with the slip.",
    ),
    "case.last4-incomplete": Text(
        "请填写证件号码的最后四位，最后一位可以是 X。",
        "Enter the last four characters of the ID number; the last one may be X.",
    ),
    "document.not-the-holder": Text(
        "没有打印：这份材料上的姓名或号码和您的身份不一致。请到人工窗口核对。",
        "It was not printed: name or number on it are not your own. Please go to a service window.",
    ),
    "document.not-found": Text(
        "这份材料现在取不到了。请返回重新查一次，或到人工窗口询问。",
        "This document is no longer there. Go back and ask again, or ask at a window.",
    ),
    "report.not-supported": Text(
        "附议没有送到。可以再点一次，也可以当作新的问题接着反映。",
        "Your support did not get through. Touch it again, or go on and report it as a new problem.",
    ),
    "report.closed": Text(
        "这件事刚刚已经办结。如果问题还在，请当作新的问题接着反映。",
        "This has just been closed. If the problem is still there, go on and report it as a new one.",
    ),
    "report.say-something": Text(
        "请写一句发生了什么，或者拍一张照片。",
        "Please write a sentence on what is wrong, or take a photo.",
    ),
    "correction.not-here": Text(
        "这件事的材料不能在这台终端补交。请到受理窗口补交，或拨打热线。",
        "These documents cannot be handed in here. Please go to the service window, or call the help line.",
    ),
    "correction.not-the-applicant": Text(
        "和申请人不一致。请用申请人本人的身份证或一码通。",
        "This is not the applicant. Please use the ID card or one-ID code of whoever applied.",
    ),
    "backend.timeout": Text(
        "受理系统没有及时回答。请稍后再试，或拨打热线。",
        "The acceptance system did not answer in time. Please try again later, or call the help line.",
    ),
}
