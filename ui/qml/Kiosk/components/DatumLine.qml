import QtQuick
import Kiosk

// One prefilled datum: what it is, where it is from, and whether it is used.
TouchButton {
    id: root

    required property string value
    required property string source
    required property bool used
    required property bool fixed
    property bool confidential: true

    available: !fixed
    implicitHeight: Math.max(26 * Theme.mm, texts.implicitHeight + 8 * Theme.mm)
    Accessible.role: Accessible.CheckBox
    Accessible.checked: used
    Accessible.description: choice.text

    background: Rectangle {
        radius: Theme.radius
        color: root.down ? Theme.shade : root.used ? Theme.surface : Theme.paper
        border.width: Theme.hairline
        border.color: root.used ? Theme.accentLine : Theme.line
    }

    contentItem: Item {
        Column {
            id: texts

            x: 6 * Theme.mm
            width: mark.x - x - 3 * Theme.mm
            anchors.verticalCenter: parent.verticalCenter
            spacing: 0.5 * Theme.mm

            SmallWords {
                width: parent.width
                text: root.label
                lineHeight: 1.2
            }

            Words {
                objectName: root.objectName + "-value"
                width: parent.width
                text: root.value
                color: root.used ? Theme.ink : Theme.inkSoft
                font.pixelSize: Theme.leadText
                font.weight: Font.Medium
                font.strikeout: !root.used
                lineHeight: 1.25
            }

            SmallWords {
                width: parent.width
                text: root.source
                font.pixelSize: 4.8 * Theme.mm
                lineHeight: 1.2
            }
        }

        Row {
            id: mark

            anchors.right: parent.right
            anchors.rightMargin: 5 * Theme.mm
            anchors.verticalCenter: parent.verticalCenter
            spacing: 3 * Theme.mm

            SmallWords {
                id: choice

                anchors.verticalCenter: parent.verticalCenter
                text: root.fixed ? qsTr("以身份证为准") : root.used ? qsTr("使用") : qsTr("不使用")
                color: root.used ? Theme.accent : Theme.inkSoft
                wrapMode: Text.NoWrap
            }

            Rectangle {
                visible: !root.fixed
                width: 20 * Theme.mm
                height: 11 * Theme.mm
                radius: height / 2
                color: root.used ? Theme.accent : Theme.surface
                border.width: Theme.stroke
                border.color: root.used ? Theme.accent : Theme.edge

                Rectangle {
                    x: root.used ? parent.width - width - 1.4 * Theme.mm : 1.4 * Theme.mm
                    anchors.verticalCenter: parent.verticalCenter
                    width: 8 * Theme.mm
                    height: width
                    radius: width / 2
                    color: root.used ? Theme.surface : Theme.edge
                }
            }
        }
    }
}
