"""What is said about items, answers, pages and the sealed queue."""

from collections.abc import Mapping

from kiosk.domain.text import Text

ITEM = {
    "item.needs-network": Text(
        "这个事项需要联网办理，现在网络中断。请稍后再来，或到人工窗口办理。",
        "This service needs the network, which is down now. Please come back later or go to a window.",
    ),
    "item.needs-id-card": Text(
        "读卡器现在不能使用，暂时不能办理这个事项。请换一台终端，或到人工窗口办理。",
        "The card reader cannot be used now. Please use another terminal or go to a window.",
    ),
    "item.by-code-only": Text(
        "读卡器现在不能使用。可以用手机上的一码通核验身份，照常办理。",
        "The card reader cannot be used now. You can identify yourself with the one-ID code on your phone.",
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
    "item.needs-queue": Text(
        "这台终端现在不能保存申请材料，暂时不能办理。什么都没有提交。请换一台终端，或到人工窗口办理。",
        "This terminal cannot store applications at the moment. Nothing was submitted. Please use another "
        "terminal or go to a window.",
    ),
    "item.needs-printer": Text(
        "打印机现在不能使用，暂时不能办理这个事项。请换一台终端，或到人工窗口办理。",
        "The printer cannot be used now. Please use another terminal or go to a window.",
    ),
}

FORM = {
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
    "form.too-few": Text(
        "这里至少需要 {least} 项，请再添加或选择。",
        "At least {least} are needed here. Please add or choose more.",
    ),
    "form.too-many": Text(
        "这里最多 {most} 项，请去掉多出的。", "No more than {most} fit here. Please take some away."
    ),
    "form.entry": Text(
        "第 {entry} 项还不完整或有误，请更改这一项。",
        "Entry {entry} is incomplete or not right. Please change it.",
    ),
    "form.address-incomplete": Text(
        "地址还不完整。请继续选择，或点“不在列表里”自己填写。",
        'The address is not complete yet. Go on choosing, or press "Not in the list" and write it.',
    ),
    "form.malformed": Text(
        "这份表格在这台终端上出了问题，现在不能提交。没有提交任何内容，请到人工窗口办理。",
        "This form has a fault on this terminal and cannot be submitted. "
        "Nothing was sent. Please go to a counter.",
    ),
    "form.not-a-number": Text("请只填写数字。", "Please enter digits only."),
    "form.out-of-range": Text("超出了可以填写的范围，请核对。", "This is out of range. Please check it."),
}

BOUNDS: Mapping[tuple[str, ...], Text] = {
    ("least",): Text("不能小于或早于 {least}，请核对。", "This cannot be below or before {least}."),
    ("most",): Text("不能大于或晚于 {most}，请核对。", "This cannot be above or after {most}."),
    ("least", "most"): Text(
        "请填写 {least} 到 {most} 之间的数字。", "Enter a number from {least} to {most}."
    ),
}
"""Words for ``form.out-of-range``, by the bounds that are known."""

PAGE = {
    "page.blurred": Text(
        "文字有些模糊。请把材料放平，再来一次。", "The text is blurred. Lay the page flat and take it again."
    ),
    "page.too-dark": Text(
        "画面太暗，看不清文字。请挪开遮挡，再来一次。",
        "It is too dark to read. Move whatever shades the page and take it again.",
    ),
    "page.too-small": Text(
        "材料在画面里太小。请放到框的中央，再来一次。",
        "The page is too small in the picture. Put it in the middle and take it again.",
    ),
    "page.not-found": Text(
        "没有找到材料的四条边。请把整页放进取景区，再来一次。",
        "The edges of the page were not found. Put the whole page in view and take it again.",
    ),
    "page.blank": Text(
        "这一页是空白的。请看看有没有放反，再来一次。",
        "This page is blank. See whether it lies the right way round and take it again.",
    ),
    "review.declare-first": Text(
        "请先看一遍，再勾选下面的声明。", "Please read it once more and tick the declaration below."
    ),
    "notice.declined": Text(
        "好的，没有读取您的任何信息。请带材料到人工窗口办理，地址和电话见下面。",
        "Very well: nothing of yours was read. Please bring the documents to a window; its address and "
        "telephone number are below.",
    ),
    "precheck.choose-first": Text("请先选一项，再继续。", "Please choose an answer before you go on."),
    "materials.missing": Text(
        "还有必须交的材料没有扫描或拍照，或者页数不够。请看下面的标记。",
        "Some documents are still missing, or lack pages; see the marks below.",
    ),
}

PREFILL = {
    "prefill.unavailable": Text(
        "现在连不上受理系统，只有核验身份时得到的信息。其余内容请自己填写。",
        "The acceptance system cannot be reached; only what identified you is here. Please fill in the rest "
        "yourself.",
    ),
    "prefill.typed-number": Text(
        "孩子的号码是输入的，没有读身份证，所以不查区里已有的信息。其余内容请您填写。",
        "The child's number was typed and no card was read, so the district's records are not asked. Please "
        "fill in the rest.",
    ),
    "prefill.mismatch": Text(
        "区里登记的信息和您的身份对不上，没有使用。可以自己填写后提交；要更正，请到窗口。",
        "The district's record does not match your identity, so none of it is used. You can fill in the form "
        "yourself and submit; to have the record corrected, please go to a window.",
    ),
}

SIGNATURE = {
    "signature.empty": Text(
        "还没有签名。请按上面说的签名，再提交。",
        "Nothing is signed yet. Please sign as told above, then submit.",
    ),
    "signature.too-short": Text(
        "签名太短，看不清是谁。请写完整的姓名。",
        "This is too short to be a signature. Please write your whole name.",
    ),
    "signature.other-card": Text(
        "这不是刚才那张身份证，不能代替签名。请放您自己的身份证，或用手指签名。",
        "This is not the card you applied with. Please lay down your own card, or sign with your finger.",
    ),
}

SUBMISSION = {
    "submission.refused": Text(
        "受理系统没有受理这份申请。请到人工窗口，工作人员会说明原因。",
        "The acceptance system refused this application. Please go to a window; staff will tell you why.",
    ),
    "submission.set-aside": Text(
        "受理系统不能读取这份申请。申请仍加密保存在这台终端，会有工作人员检查；请同时到人工窗口办理。",
        "The acceptance system could not read this application. It is kept sealed on this terminal and staff "
        "will look at it; please also go to a window.",
    ),
}

QUEUE = {
    "queue.no-space": Text(
        "这台终端暂时存不下新的申请，还没有提交。请换一台终端，或到人工窗口办理。",
        "This terminal has no room for another application. Nothing was submitted. Please use another "
        "terminal or go to a window.",
    ),
    "seal.no-valid-key": Text(
        "这台终端现在不能受理申请，还没有提交。请换一台终端，或到人工窗口办理。",
        "This terminal cannot take applications at the moment. Nothing was submitted. Please use another "
        "terminal or go to a window.",
    ),
    "queue.unreachable": Text(
        "还没有保存成功，您填的内容都在。请稍等几秒，再提交一次。",
        "It is not saved yet; everything you entered is still here. Wait a few seconds, then submit again.",
    ),
    "queue.storage-failed": Text(
        "还没有保存成功，您填的内容都在。请再提交一次；仍然不行，请到人工窗口办理。",
        "It is not saved; everything you entered is still here. Submit again; if that fails, please "
        "go to a window.",
    ),
    "queue.too-large": Text(
        "材料图片太大，存不下。请减少页数再提交。", "The pages are too large. Please submit fewer pages."
    ),
}
