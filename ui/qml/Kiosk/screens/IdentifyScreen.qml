import QtQuick
import Kiosk
import Kiosk.ViewModels

// Laying the identity card on the reader, or holding a one-ID code before the scanner.
ShellPage {
    id: root

    readonly property IdentifyViewModel identify: shell.identify
    readonly property bool reading: identify.phase === "reading"
    readonly property bool checking: identify.phase === "checking"
    readonly property bool shut: !identify.byCard && !identify.byCode
    readonly property bool codeDrawn: !reading && (checking || identify.byCode)
    readonly property bool cardDrawn: !checking && identify.byCard && identify.first !== "code"

    title: reading ? qsTr("正在读取，请不要移动身份证")
         : checking ? qsTr("正在核验一码通，请稍候")
         : shut ? qsTr("现在不能在这里核验身份")
         : identify.whose === "applicant" ? qsTr("请先放申请人的身份证")
         : identify.whose === "agent" ? qsTr("现在请放您自己的身份证")
         : identify.first === "code" ? qsTr("请出示手机上的一码通")
         : identify.byCode ? qsTr("请放身份证，或出示一码通")
         : qsTr("请把身份证平放在读卡区")
    lead: reading ? qsTr("只需几秒。")
        : checking ? qsTr("只需几秒。这时也可以把身份证放到读卡区。")
        : shut ? qsTr("读卡器恢复以后，这里会自动变回来。")
        : identify.whose === "applicant" ? qsTr("申请人是您替他办理的人。读完后，再放您自己的身份证。")
        : identify.whose === "agent" ? qsTr("申请人的身份已经知道了。读卡区上有别的身份证，请先取走。")
        : identify.first === "code" ? qsTr("打开一码通（电子身份码），把二维码对准扫码口，停一下。")
        : identify.byCode ? qsTr("身份证平放不动；一码通对准扫码口，停一下。")
        : qsTr("放好后不要移动，读完会告诉您。")
    fault: identify.fault

    stage: Item {
        anchors.fill: parent

        Item {
            id: picture

            readonly property bool fits: height > 50 * Theme.mm
            readonly property real size: Math.min(1, height / (128 * Theme.mm), (root.cardDrawn && root.codeDrawn ? 0.42 : 1) * width / (132 * Theme.mm))

            width: parent.width
            height: Math.max(0, parent.height - below.height - Theme.space)

            CardDrawing {
                width: root.codeDrawn ? parent.width / 2 : parent.width
                height: parent.height
                scale: picture.size
                visible: root.cardDrawn && picture.fits
                reading: root.reading
            }

            Words {
                anchors.centerIn: parent
                visible: root.cardDrawn && root.codeDrawn && picture.fits
                text: qsTr("或")
                color: Theme.inkSoft
                font.pixelSize: Theme.leadText
            }

            CodeDrawing {
                x: parent.width - width
                width: root.cardDrawn ? parent.width / 2 : parent.width
                height: parent.height
                scale: picture.size
                visible: root.codeDrawn && picture.fits
                reading: root.checking
            }
        }

        Column {
            id: below

            y: root.shut ? 0 : parent.height - height
            width: parent.width
            spacing: Theme.gap

            Busy {
                anchors.horizontalCenter: parent.horizontalCenter
                visible: root.reading || root.checking
            }

            PlacesPanel {
                width: parent.width
                visible: root.identify.first === "elsewhere" && !root.reading
                places: root.identify.elsewhere
            }

            Note {
                width: parent.width
                textName: "other-way"
                symbol: root.identify.first === "code" ? "card" : "code"
                message: root.reading || root.checking ? ""
                       : root.identify.first === "code" && root.identify.byCard ? qsTr("身份证也可以再试：平放在读卡区。")
                       : root.identify.first === "code" ? ""
                       : root.identify.byCode ? qsTr("没有带身份证，或者是没有芯片的老身份证？打开手机上的一码通（电子身份码），把二维码对准扫码口，同样可以办理。")
                       : root.identify.whyNoCode
            }

            Note {
                width: parent.width
                visible: message !== "" && root.identify.first === "card" && !root.identify.byCode
                message: root.reading ? "" : qsTr("没有带身份证，或者是没有芯片的老身份证？在这里办不了，请到人工窗口。")
            }
        }
    }
}
