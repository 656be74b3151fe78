import QtQuick
import Kiosk

// Where one stands, whether the platform answers, and the language: the same on every screen.
Rectangle {
    id: root

    required property string place
    required property string terminalNo
    required property bool offline
    signal languageAsked
    signal accessAsked

    implicitHeight: Theme.stripHeight
    color: Theme.surface
    Accessible.role: Accessible.ToolBar

    Row {
        anchors.left: parent.left
        anchors.leftMargin: Theme.margin
        anchors.verticalCenter: parent.verticalCenter
        spacing: 4 * Theme.mm

        Emblem {
            anchors.verticalCenter: parent.verticalCenter
            size: 11 * Theme.mm
        }

        Column {
            anchors.verticalCenter: parent.verticalCenter

            // Beside a long message a long name is shortened; the start screen and the slip have it whole.
            Words {
                objectName: "place"
                width: Math.min(implicitWidth, signs.x - Theme.margin - 15 * Theme.mm - Theme.gap)
                text: root.place
                font.pixelSize: Theme.frameText
                font.weight: Font.Medium
                lineHeight: 1.15
                wrapMode: Text.NoWrap
                elide: Text.ElideRight
            }

            SmallWords {
                text: qsTr("终端 %1").arg(root.terminalNo)
                font.pixelSize: 0.85 * Theme.frameText
                lineHeight: 1.15
                wrapMode: Text.NoWrap
            }
        }
    }

    Row {
        id: signs

        anchors.right: parent.right
        anchors.rightMargin: Theme.margin
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.gap

        Row {
            objectName: "offline"
            anchors.verticalCenter: parent.verticalCenter
            visible: root.offline
            spacing: 1.5 * Theme.mm

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                name: "offline"
                tint: Theme.warnInk
                size: 6.5 * Theme.mm
            }

            SmallWords {
                anchors.verticalCenter: parent.verticalCenter
                text: qsTr("网络中断，可先保存")
                font.pixelSize: Theme.frameText
                color: Theme.warnInk
                wrapMode: Text.NoWrap
            }
        }

        ClockWords {
            anchors.verticalCenter: parent.verticalCenter
            visible: !root.offline || !Theme.portrait
            font.pixelSize: 6.6 * Theme.mm
        }

        SecondaryButton {
            objectName: "language"
            anchors.verticalCenter: parent.verticalCenter
            height: Theme.stripHeight - 4 * Theme.mm
            textSize: Theme.frameText
            symbol: "globe"
            bare: true
            label: qsTr("English")
            onActivated: root.languageAsked()
        }

        SecondaryButton {
            objectName: "access"
            anchors.verticalCenter: parent.verticalCenter
            height: Theme.stripHeight - 4 * Theme.mm
            textSize: Theme.frameText
            symbol: "access"
            label: qsTr("大字·语音")
            onActivated: root.accessAsked()
        }
    }

    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: Theme.hairline
        color: Theme.line
    }
}
