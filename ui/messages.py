"""Words for a code: what happened and what to do, never blame, never the code itself."""

from collections.abc import Mapping
from types import MappingProxyType

from kiosk.domain.text import Language, Text

_NO_PARAMETERS: Mapping[str, int | str] = MappingProxyType({})

_HELP = Text("请拨打屏幕下方的人工帮助电话。", "Please ring the help line shown below.")

_ITEM = {
    "item.needs-network": Text(
        "这个事项需要联网办理，现在网络中断。请稍后再来，或到人工窗口办理。",
        "This service needs the network, which is down now. Please come back later or go to a window.",
    ),
    "item.needs-id-card": Text(
        "读卡器现在不能使用，暂时不能办理这个事项。请换一台终端，或到人工窗口办理。",
        "The card reader cannot be used now. Please use another terminal or go to a window.",
    ),
    "item.needs-scanner": Text(
        "扫描仪现在不能使用，暂时不能办理这个事项。请换一台终端，或到人工窗口办理。",
        "The scanner cannot be used now. Please use another terminal or go to a window.",
    ),
    "item.needs-camera": Text(
        "摄像头现在不能使用，暂时不能办理这个事项。请换一台终端，或到人工窗口办理。",
        "The camera cannot be used now. Please use another terminal or go to a window.",
    ),
    "item.needs-smart-card": Text(
        "社保卡读卡器现在不能使用，暂时不能办理这个事项。请换一台终端，或到人工窗口办理。",
        "The social security card reader cannot be used now. Please use another terminal or go to a window.",
    ),
    "item.needs-face-camera": Text(
        "人像摄像头现在不能使用，暂时不能办理这个事项。请换一台终端，或到人工窗口办理。",
        "The face camera cannot be used now. Please use another terminal or go to a window.",
    ),
    "item.needs-page-printer": Text(
        "A4 打印机现在不能使用，暂时不能办理这个事项。请换一台终端，或到人工窗口办理。",
        "The A4 printer cannot be used now. Please use another terminal or go to a window.",
    ),
    "item.needs-code-scanner": Text(
        "扫码器现在不能使用，暂时不能办理这个事项。请换一台终端，或到人工窗口办理。",
        "The code scanner cannot be used now. Please use another terminal or go to a window.",
    ),
    "item.needs-sensors": Text(
        "这台终端现在不能办理这个事项。请换一台终端，或到人工窗口办理。",
        "This service cannot be done here now. Please use another terminal or go to a window.",
    ),
    "item.needs-power": Text(
        "这台终端正在使用备用电源，电量不足，现在不能开始办理。请换一台终端，或到人工窗口办理。",
        "This terminal runs on its battery, which is nearly empty. "
        "Please use another terminal or go to a window.",
    ),
    "item.terminal-suspect": Text(
        "为保护您的信息，这台终端暂停办理，正等待工作人员检查。请换一台终端，或到人工窗口办理。",
        "To protect your data, this terminal is closed until staff have looked at it. "
        "Please use another terminal or go to a window.",
    ),
    "item.needs-printer": Text(
        "打印机现在不能使用，暂时不能办理这个事项。请换一台终端，或到人工窗口办理。",
        "The printer cannot be used now. Please use another terminal or go to a window.",
    ),
}

_CARD = {
    "idcard.lift-first": Text(
        "读卡区上有一张证件。请先拿起来，再放上您自己的身份证。",
        "A card lies on the reader already. Lift it first, then lay down your own.",
    ),
    "idcard.left-behind": Text(
        "读卡区上有一张证件。请先拿起来，再放上您自己的身份证。",
        "A card lies on the reader already. Lift it first, then lay down your own.",
    ),
    "idcard.moved": Text(
        "身份证在读取时移动了。请拿起来，重新平放并保持不动。",
        "The card moved while it was being read. Lift it, lay it flat again and leave it there.",
    ),
    "idcard.unreadable": Text(
        "没能读出这张身份证。请拿起来，重新平放在感应区中央。",
        "This card could not be read. Lift it and lay it flat in the middle of the reader again.",
    ),
    "idcard.wrong-card": Text(
        "这不是居民身份证。请换成居民身份证，或港澳台居民居住证、外国人永久居留身份证。",
        "This is not an ID card. Please use a resident ID card, a residence permit for Hong Kong, Macao "
        "and Taiwan residents, or a permanent residence card.",
    ),
    "idcard.auth-failed": Text(
        "没能确认这张证件的真伪。请再放一次；仍然不行，请到人工窗口办理。",
        "The reader could not verify this card. Lay it down once more; if that fails, please go to a window.",
    ),
    "idcard.data-invalid": Text(
        "证件芯片里的内容不完整。请再放一次；仍然不行，请到人工窗口办理。",
        "The data on the card's chip is incomplete. Try once more; if that fails, please go to a window.",
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

_FORM = {
    "form.required": Text("请先回答这个问题，再继续。", "Please answer this question before you continue."),
    "form.too-short": Text("请至少填写 {least} 个字。", "Please enter at least {least} characters."),
    "form.too-long": Text("请不要超过 {most} 个字。", "Please enter no more than {most} characters."),
    "form.not-a-date": Text(
        "请填写完整的日期，年月日共 8 位数字，例如 20240315。",
        "Please enter a whole date in 8 digits, year first, for example 20240315.",
    ),
    "form.in-the-future": Text("这个日期还没有到，请核对。", "This date is still to come. Please check it."),
    "form.not-a-phone": Text(
        "请填写 11 位手机号码，或带区号的固定电话。",
        "Please enter an 11-digit mobile number, or a landline with its area code.",
    ),
    "form.not-an-id-number": Text(
        "身份证号码应为 18 位，请对照证件再核对一遍。",
        "An ID number has 18 characters. Please compare it with the card.",
    ),
    "form.not-a-choice": Text("请从下面的选项中选一项。", "Please choose one of the options."),
    "form.not-a-number": Text("请只填写数字。", "Please enter digits only."),
    "form.out-of-range": Text("超出了可以填写的范围，请核对。", "This is out of range. Please check it."),
}

_BOUNDS: Mapping[tuple[str, ...], Text] = {
    ("least",): Text("不能小于或早于 {least}，请核对。", "This cannot be below or before {least}."),
    ("most",): Text("不能大于或晚于 {most}，请核对。", "This cannot be above or after {most}."),
    ("least", "most"): Text(
        "请填写 {least} 到 {most} 之间的数字。", "Enter a number from {least} to {most}."
    ),
}
"""Words for ``form.out-of-range``, by the bounds that are known."""

_PAGE = {
    "page.blurred": Text(
        "文字有些模糊。请把材料放平，再取一次。", "The text is blurred. Lay the page flat and take it again."
    ),
    "page.too-dark": Text(
        "画面太暗，看不清文字。请挪开遮挡，再取一次。",
        "It is too dark to read. Move whatever shades the page and take it again.",
    ),
    "page.too-small": Text(
        "材料在画面里太小。请放到框的中央，再取一次。",
        "The page is too small in the picture. Put it in the middle and take it again.",
    ),
    "page.not-found": Text(
        "没有找到材料的四条边。请把整页放进取景区，再取一次。",
        "The edges of the page were not found. Put the whole page in view and take it again.",
    ),
    "page.blank": Text(
        "这一页是空白的。请看看有没有放反，再取一次。",
        "This page is blank. See whether it lies the right way round and take it again.",
    ),
    "review.declare-first": Text(
        "请先看一遍，再勾选下面的声明。", "Please read it once more and tick the declaration below."
    ),
    "materials.missing": Text(
        "还有必须提交的材料没有取得，见下面的标记。",
        "Some required documents are still missing; see the marks below.",
    ),
}

_SCANNER = {
    "scanner.no-page": Text(
        "扫描仪里没有放材料。请放好材料，再按一次“开始扫描”。",
        'There is no page in the scanner. Put the page in and press "Scan now" again.',
    ),
    "scanner.jam": Text(
        "材料卡住了。请轻轻取出，展平后再放一次。",
        "The page is stuck. Draw it out gently, smooth it and put it in again.",
    ),
    "scanner.double-feed": Text(
        "两张材料叠在一起了。请取出，分开后再放一次。",
        "Two sheets went in together. Take them out, part them and put them in again.",
    ),
    "scanner.cover-open": Text(
        "扫描仪的盖板没有合上。请合上盖板，再试一次。", "The scanner's lid is open. Close it and try again."
    ),
    "scanner.busy": Text(
        "扫描仪还没有准备好。请稍等几秒，再试一次。",
        "The scanner is not ready. Wait a few seconds and try again.",
    ),
    "scanner.cancelled": Text("这次扫描中断了。请再试一次。", "This scan was interrupted. Please try again."),
    "scanner.truncated": Text(
        "这一页没有扫描完整。请再试一次。", "This page was not scanned to its end. Please try again."
    ),
}

_CAMERA = {
    "camera.covered": Text(
        "摄像头被挡住了。请移开遮挡物。", "Something covers the camera. Please move it away."
    ),
    "camera.frozen": Text(
        "摄像头的画面停住了，正在恢复。请稍等。",
        "The camera's picture stopped and is being brought back. Please wait.",
    ),
    "camera.black": Text(
        "摄像头看不到画面。请看看镜头有没有被挡住，或到人工窗口办理。",
        "The camera sees nothing. See whether something covers the lens, or go to a window.",
    ),
    "camera.slow": Text(
        "摄像头的画面有些慢，可以继续使用。", "The camera's picture is slow. You can go on using it."
    ),
    "camera.busy": Text(
        "摄像头还没有准备好。请稍等几秒，再试一次。",
        "The camera is not ready. Wait a few seconds and try again.",
    ),
    "camera.wrong-size": Text(
        "摄像头现在不能使用。请换一台终端，或到人工窗口办理。",
        "The camera cannot be used now. Please use another terminal or go to a window.",
    ),
    "camera.no-frames": Text(
        "摄像头没有画面，正在恢复。请稍等。",
        "The camera gives no picture and is being brought back. Please wait.",
    ),
}

_CODES = {
    "codes.flood": Text(
        "扫码器一下子收到太多条码，正在恢复。请把码移开，稍等几秒再扫。",
        "Too many codes came at once. Take the code away, wait a few seconds and scan again.",
    ),
}

_PRINTER = {
    "printer.paper-out": Text(
        "打印机没有纸了。申请不受影响，请记下屏幕上的编号。",
        "The printer is out of paper. Your application is not affected; note the number on the screen.",
    ),
    "printer.paper-low": Text("打印纸快用完了。", "The paper roll is nearly empty."),
    "printer.cover-open": Text(
        "打印机的盖子没有合上。申请不受影响，请记下屏幕上的编号。",
        "The printer's cover is open. Your application is not affected; note the number on the screen.",
    ),
    "printer.no-confirmation": Text(
        "打印机没有确认是否打印完成。请看看出纸口；没有回执，请记下屏幕上的编号。",
        "The printer did not confirm that it finished. Look at the slot; if there is no receipt, please note "
        "the number on the screen.",
    ),
    "printer.status-unsupported": Text(
        "打印机无法告知是否打印完成。请看看出纸口；没有回执，请记下屏幕上的编号。",
        "This printer cannot tell whether it finished. Look at the slot; if there is no receipt, please note "
        "the number on the screen.",
    ),
    "printer.glyph-missing": Text(
        "回执已打印，有个别生僻字以“〓”代替。编号有效，申请不受影响。",
        "The receipt is printed; a rare character on it is shown as 〓. The number is valid and your "
        "application is not affected.",
    ),
}

_QUEUE = {
    "queue.no-space": Text(
        "这台终端暂时存不下新的申请，还没有提交。请换一台终端，或到人工窗口办理。",
        "This terminal has no room for another application. Nothing was submitted. Please use another "
        "terminal or go to a window.",
    ),
    "queue.unreachable": Text(
        "还没有保存成功，您填的内容都在。请稍等几秒，再按“提交申请”。",
        "It is not saved yet; everything you entered is still here. Wait a few seconds, then press "
        '"Submit" again.',
    ),
    "queue.storage-failed": Text(
        "还没有保存成功，您填的内容都在。请再按一次“提交申请”；仍然不行，请到人工窗口办理。",
        'It is not saved; everything you entered is still here. Press "Submit" again; if that fails, please '
        "go to a window.",
    ),
    "queue.too-large": Text(
        "材料图片太大，存不下。请减少页数再提交。", "The pages are too large. Please submit fewer pages."
    ),
}

_SMART_CARD = {
    "smartcard.no-card": Text("请把卡插入读卡口。", "Please put the card into the slot."),
    "smartcard.removed": Text(
        "卡在读取时被拔出了。请重新插入并保持不动。",
        "The card was taken out while it was being read. Put it in again and leave it there.",
    ),
    "smartcard.mute": Text(
        "没能读出这张卡。请拔出来，芯片朝上、朝里，重新插入。",
        "This card does not answer. Take it out and put it in again, chip first and facing up.",
    ),
    "smartcard.wrong-card": Text(
        "这张卡不能用在这里。请拔出来，换一张卡。",
        "This card cannot be used here. Take it out and use another one.",
    ),
    "smartcard.refused": Text(
        "没能读出这张卡。请重新插入；仍然不行，请到人工窗口办理。",
        "This card could not be read. Put it in again; if that fails, please go to a window.",
    ),
    "smartcard.pin-needed": Text("请输入卡的密码。", "Please enter the card's PIN."),
    "smartcard.pin-malformed": Text("密码是 6 到 8 位数字。", "A PIN has 6 to 8 digits."),
    "smartcard.pin-wrong": Text(
        "密码不对。请仔细再输一次；多次输错，卡会锁定。",
        "The PIN is not right. Enter it again with care; after several tries the card locks itself.",
    ),
    "smartcard.pin-blocked": Text(
        "这张卡已经锁定。请联系发卡人。", "This card has locked itself. Please ask whoever issued it."
    ),
}

_DEVICE = {
    "device.starting": Text("{device}正在启动，请稍候。", "The {device} is starting. Please wait."),
    "device.restarting": Text(
        "{device}正在恢复，请稍候。您填的内容都在。",
        "The {device} is being brought back. Please wait; what you entered is kept.",
    ),
    "device.timeout": Text(
        "{device}没有及时回应。请再试一次。", "The {device} did not answer in time. Please try again."
    ),
    "device.busy": Text(
        "{device}正忙。请稍等几秒，再试一次。", "The {device} is busy. Wait a few seconds and try again."
    ),
    "device.absent": Text(
        "{device}现在不能使用。请换一台终端，或到人工窗口办理。",
        "The {device} cannot be used now. Please use another terminal or go to a window.",
    ),
}

_PAGE_PRINTER = {
    "pageprinter.paper-out": Text(
        "打印机没有纸了。请联系工作人员加纸，正在打印的文件会接着打印。",
        "The printer has no paper. Please ask the staff for paper; a document under way will go on.",
    ),
    "pageprinter.output-full": Text(
        "出纸口堆满了。请取走已打印的纸张。", "The output tray is full. Please take the printed sheets away."
    ),
    "pageprinter.jam": Text(
        "打印机卡纸了。请联系工作人员。", "Paper is stuck in the printer. Please ask the staff."
    ),
    "pageprinter.no-confirmation": Text(
        "不能确定文件是否已经打印完。请先看看出纸口。",
        "It is not certain that your document was printed. Please look into the tray first.",
    ),
    "pageprinter.scheduler-restarted": Text(
        "不能确定文件是否已经打印完。请先看看出纸口。",
        "It is not certain that your document was printed. Please look into the tray first.",
    ),
    "pageprinter.begun-anew": Text(
        "不能确定文件是否已经打印完。请先看看出纸口。",
        "It is not certain that your document was printed. Please look into the tray first.",
    ),
    "pageprinter.bad-document": Text(
        "这份文件不能打印。请到人工窗口领取。",
        "This document cannot be printed. Please collect it at a window.",
    ),
    "pageprinter.cancelled": Text("打印已取消。", "Printing was cancelled."),
}

MESSAGES: Mapping[str, Text] = MappingProxyType(
    _ITEM
    | _CARD
    | _FORM
    | _PAGE
    | _SCANNER
    | _CAMERA
    | _CODES
    | _PRINTER
    | _PAGE_PRINTER
    | _SMART_CARD
    | _QUEUE
    | _DEVICE
)
"""Every code with words of its own."""

FAMILIES: Mapping[str, Text] = MappingProxyType(
    {
        "idcard": Text(
            "读卡器现在不能使用。请换一台终端，或到人工窗口办理。",
            "The card reader cannot be used now. Please use another terminal or go to a window.",
        ),
        "identity": Text(
            "这张证件没有通过核对，不能在这里办理。请到人工窗口核对。",
            "This card did not pass the check, so this cannot be done here. Please go to a window.",
        ),
        "form": Text("这个回答还不符合要求，请检查一下。", "This answer is not right yet. Please check it."),
        "item": Text(
            "这台终端现在不能办理这个事项。请换一台终端，或到人工窗口办理。",
            "This service cannot be done here now. Please use another terminal or go to a window.",
        ),
        "page": Text("这一页不够清楚。请再取一次。", "This page is not clear. Please take it again."),
        "scanner": Text(
            "扫描仪没能取得这一页。请再试一次；仍然不行，请到人工窗口办理。",
            "The scanner could not take this page. Try again; if that fails, please go to a window.",
        ),
        "camera": Text(
            "摄像头没能拍下这一页。请再试一次；仍然不行，请到人工窗口办理。",
            "The camera could not take this page. Try again; if that fails, please go to a window.",
        ),
        "codes": Text(
            "没能读出这个码。请放平、对准扫码口，再扫一次；仍然不行，请到人工窗口办理。",
            "This code could not be read. Hold it flat before the scanner and try again; if that fails, "
            "please go to a window.",
        ),
        "pageprinter": Text(
            "文件打印机现在不能使用。请换一台终端，或到人工窗口领取。",
            "The document printer cannot be used now. Please use another terminal or go to a window.",
        ),
        "printer": Text(
            "打印机现在不能使用。申请不受影响，请记下屏幕上的编号。",
            "The printer cannot be used now. Your application is not affected; please note the number on the "
            "screen.",
        ),
        "smartcard": Text(
            "社保卡读卡器现在不能使用。请稍等片刻再试，或到人工窗口办理。",
            "The smart card reader cannot be used now. Please try again in a moment or go to a window.",
        ),
        "staff": Text(
            "没能确认这张工作卡。请联系运营单位。",
            "This staff card could not be confirmed. Please ask the operator.",
        ),
        "sensors": Text(
            "这台终端现在不能办理。请换一台终端，或到人工窗口办理。",
            "This terminal cannot be used now. Please use another terminal or go to a window.",
        ),
        "power": Text(
            "这台终端现在由电池供电，很快会停止服务。请办完手上的事项；其余的请换一台终端。",
            "This terminal runs on its battery and will stop soon. Please finish what you are doing, and use "
            "another terminal for anything else.",
        ),
        "queue": _QUEUE["queue.storage-failed"],
        "seal": _QUEUE["queue.storage-failed"],
        "device": _DEVICE["device.absent"],
        "backend": Text(
            "现在连不上受理系统。可以继续，其余内容请自己填写。",
            "The platform does not answer now. You can go on and fill in the rest yourself.",
        ),
        "prefill": Text(
            "没有查到可以预先填好的信息。可以继续，请自己填写。",
            "No information was found to fill in for you. You can go on and fill it in yourself.",
        ),
    }
)
"""Words for the codes of a family that need none of their own: a resident would act the same."""

_FALLBACK = Text(f"这一步没有完成。{_HELP.zh}", f"This step was not completed. {_HELP.en}")

DEVICES: Mapping[str, Text] = MappingProxyType(
    {
        "idcard": Text("身份证读卡器", "ID card reader"),
        "scanner": Text("扫描仪", "scanner"),
        "camera": Text("摄像头", "camera"),
        "facecam": Text("人脸摄像头", "face camera"),
        "codes": Text("扫码器", "code scanner"),
        "printer": Text("打印机", "printer"),
        "pageprinter": Text("文件打印机", "document printer"),
        "sensors": Text("机柜传感器", "housing sensors"),
        "power": Text("不间断电源", "power supply"),
        "smartcard": Text("社保卡读卡器", "smart card reader"),
    }
)
"""Families of device names in the profile, in words."""

_SOME_DEVICE = Text("设备", "device")


def has_words(code: str) -> bool:
    """Tell whether a code has words, its own or its family's."""
    return code in MESSAGES or family(code) in FAMILIES


def family(name: str) -> str:
    """Return the family of a code (``printer.jam``) or of a device's name (``printer-1``)."""
    return name.partition(".")[0].rpartition("-")[0] or name.partition(".")[0]


def say(
    code: str,
    language: Language,
    parameters: Mapping[str, int | str] = _NO_PARAMETERS,
    *,
    device: str = "",
) -> str:
    """Return what happened and what to do.

    Args:
        code: Stable code of ``docs/errors.md``.
        language: Language of the screen.
        parameters: What the words may name, e.g. the least length.
        device: Name of the device it is about, e.g. ``"scanner-1"``.
    """
    words = _BOUNDS.get(tuple(sorted(parameters))) if code == "form.out-of-range" else None
    words = words or MESSAGES.get(code) or FAMILIES.get(family(code)) or _FALLBACK
    named = DEVICES.get(family(device), _SOME_DEVICE).in_(language)
    return words.in_(language).format(**{"device": named, **parameters})
