import QtQuick
import Kiosk

// The terminal is starting; it looks as the start screen will, and promises nothing yet.
Rectangle {
    color: Theme.night

    Weave {
        anchors.fill: parent
    }

    Column {
        anchors.centerIn: parent
        width: Math.min(parent.width - 2 * Theme.margin, 300 * Theme.mm)
        spacing: Theme.wide

        Emblem {
            anchors.horizontalCenter: parent.horizontalCenter
            size: 44 * Theme.mm
            tint: Theme.inverse
        }

        Words {
            objectName: "title"
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: qsTr("24 小时自助政务终端")
            color: Theme.inverse
            font.pixelSize: Theme.titleText
            lineHeight: 1.2
        }

        Words {
            objectName: "starting"
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: "正在启动，请稍候\nStarting, one moment please"
            color: Theme.nightGlow
            lineHeight: 1.4
        }
    }
}
