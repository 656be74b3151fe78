"""What is said of a whole family of codes, and what its devices are called."""

from collections.abc import Mapping
from types import MappingProxyType

from kiosk.domain.text import Text
from ui.words.devices import DEVICE
from ui.words.visit import QUEUE

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
        "page": Text("这一页不够清楚。请再来一次。", "This page is not clear. Please take it again."),
        "scanner": Text(
            "扫描仪没有扫出这一页。请再试一次；仍然不行，请到人工窗口办理。",
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
        "queue": QUEUE["queue.storage-failed"],
        "seal": QUEUE["queue.storage-failed"],
        "device": DEVICE["device.absent"],
        "backend": Text(
            "现在连不上受理系统。可以继续，其余内容请自己填写。",
            "The acceptance system cannot be reached now. You can go on and fill in the rest yourself.",
        ),
        "prefill": Text(
            "没有查到可以预先填好的信息。可以继续，请自己填写。",
            "No information was found to fill in for you. You can go on and fill it in yourself.",
        ),
    }
)
"""Words for the codes of a family that need none of their own: a resident would act the same."""

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
