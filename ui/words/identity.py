"""What is said about who somebody is: by card, by one-ID code (一码通), and how to try again."""

from kiosk.domain.text import Text

IDENTITY = {
    "idcard.try-again": Text(
        "请这样试：先拿起来，等两秒；取下证件套，再平放，不要按住或移动。",
        "Try this: lift it and wait two seconds; take it out of its sleeve, lay it flat and let go of it.",
    ),
    "idcard.try-otherwise": Text(
        "换个方法：翻到另一面再放；手机、公交卡和其他证件请拿远一点。",
        "Try another way: turn it over and lay it down; keep your phone and other cards away from it.",
    ),
    "idcard.try-code": Text(
        "身份证几次都没有读出来，可能是芯片的问题。可以改用手机上的一码通；身份证也还可以再试。",
        "The card was not read several times; its chip may be worn. You can show the one-ID code on your "
        "phone instead, or go on trying the card.",
    ),
    "idcard.try-elsewhere": Text(
        "身份证几次都没有读出来，可能是芯片的问题。可以到下面的地方办理；身份证也还可以再试。",
        "The card was not read several times; its chip may be worn. You can go to one of the places below, "
        "or go on trying the card.",
    ),
    "identity-code.unknown": Text(
        "这不是一码通的身份码，或者它早已失效。请在手机上打开一码通，再出示一次。",
        "This is not a one-ID code, or one that ended long ago. Open the one-ID code on your phone and show "
        "it again.",
    ),
    "identity-code.expired": Text(
        "这个码已经过了有效时间。请在手机上刷新，再出示新的码。",
        "This code's time is over. Refresh it on your phone and show the new one.",
    ),
    "identity-code.used": Text(
        "这个码已经用过一次，不能再用。请在手机上刷新，再出示新的码。",
        "This code was used once and cannot be used again. Refresh it on your phone and show the new one.",
    ),
    "identity-code.too-many-tries": Text(
        "这台终端刚才扫到了太多不能用的码。请过一分钟再扫，或使用身份证。",
        "Too many codes that are none were shown here. Wait a minute and try again, or use your ID card.",
    ),
    "identity-code.unreachable": Text(
        "没能向受理系统核验这个码。请使用身份证；也可以刷新后再出示一次。",
        "The code could not be checked with the acceptance system. Use your ID card, or refresh the code and "
        "show it again.",
    ),
    "identity-code.offline": Text(
        "网络中断，现在不能用一码通；网络恢复以后就可以用。",
        "The network is down, so one-ID codes cannot be used until it is back.",
    ),
    "identity.number-invalid": Text(
        "证件上的号码没有通过校验，不能在这里办理。请到人工窗口核对。",
        "The number on this card does not check out, so this cannot be done here. Please go to a window.",
    ),
    "identity.card-expired": Text(
        "这张身份证已过有效期。请先换领新证，也可以到人工窗口咨询。",
        "This ID card has expired. Please renew it first, or ask at a window.",
    ),
    "identity.card-not-yet-valid": Text(
        "这张身份证还没有到生效日期。请到人工窗口咨询。",
        "This ID card is not valid yet. Please ask at a window.",
    ),
    "identity.birth-mismatch": Text(
        "证件上的出生日期和号码不一致，不能在这里办理。请到人工窗口核对。",
        "The date of birth and the number on this card do not agree. Please go to a window.",
    ),
    "identity.sex-mismatch": Text(
        "证件上的性别和号码不一致，不能在这里办理。请到人工窗口核对。",
        "The sex and the number on this card do not agree. Please go to a window.",
    ),
    "identity.name-missing": Text(
        "证件芯片里没有读到姓名。请再放一次；仍然不行，请到人工窗口办理。",
        "No name was found on the card's chip. Try once more; if that fails, please go to a window.",
    ),
    "identity.dates-invalid": Text(
        "证件上的日期无法识别。请再放一次；仍然不行，请到人工窗口办理。",
        "The dates on this card cannot be read. Try once more; if that fails, please go to a window.",
    ),
}
