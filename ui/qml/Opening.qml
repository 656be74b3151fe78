import QtQuick
import Kiosk

// The terminal is starting; it looks as the start screen will, and promises nothing yet. A touch is heard.
Rectangle {
    id: root

    property bool heard: false

    objectName: "opening"
    color: Theme.night
    Accessible.role: Accessible.StaticText
    Accessible.name: title.text

    TapHandler {
        onPressedChanged: root.heard = true
    }

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
            id: title

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
            text: root.heard ? "已收到，马上就好\nWe saw your touch, nearly ready" : "正在启动，请稍候\nStarting, one moment please"
            color: Theme.nightGlow
            lineHeight: 1.4
        }
    }
}
