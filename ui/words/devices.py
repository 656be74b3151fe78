"""What is said about devices."""

from kiosk.domain.text import Text

CARD = {
    "idcard.lift-first": Text(
        "读卡区上有一张证件。请先拿起来，再放上您自己的身份证。",
        "A card lies on the reader already. Lift it first, then lay down your own.",
    ),
    "idcard.left-behind": Text(
        "读卡区上有一张证件。请先拿起来，再放上您自己的身份证。",
        "A card lies on the reader already. Lift it first, then lay down your own.",
    ),
    "idcard.forgotten": Text(
        "读卡区上有一张忘了拿走的身份证。是您的，请拿走；不是您的，请不要动，工作人员会来收好。",
        "An ID card was left on the reader. If it is yours, please take it; if not, leave it there: staff "
        "will come and keep it.",
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
}

SCANNER = {
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

CAMERA = {
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

CODES = {
    "codes.flood": Text(
        "扫码器一下子收到太多条码，正在恢复。请把码移开，稍等几秒再扫。",
        "Too many codes came at once. Take the code away, wait a few seconds and scan again.",
    ),
}

PRINTER = {
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

SMART_CARD = {
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

DEVICE = {
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

PAGE_PRINTER = {
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
