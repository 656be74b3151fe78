import QtQuick
import Kiosk
import Kiosk.ViewModels

// Laying the identity card on the reader.
ShellPage {
    id: root

    readonly property IdentifyViewModel identify: shell.identify
    readonly property bool reading: identify.phase === "reading"

    title: reading ? qsTr("正在读取，请不要移动身份证") : qsTr("请把身份证平放在读卡区")
    lead: reading ? qsTr("只需几秒。") : qsTr("放好后不要移动，读完会告诉您。")
    fault: identify.fault

    stage: Item {
        anchors.fill: parent

        CardDrawing {
            width: parent.width
            height: parent.height * 0.72
            reading: root.reading
        }

        Busy {
            anchors.horizontalCenter: parent.horizontalCenter
            y: parent.height * 0.72
            visible: root.reading
        }

        Note {
            anchors.bottom: parent.bottom
            anchors.bottomMargin: Theme.wide
            width: parent.width
            message: root.reading ? "" : qsTr("没有带身份证？这台终端不能代替核验，请到人工窗口办理。")
        }
    }
}
