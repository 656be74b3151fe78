import QtQuick
import Kiosk

// One of several choices; a touch is enough.
TouchButton {
    id: root

    required property string hint
    required property string symbol
    required property bool chosen
    property bool roomy: false

    implicitHeight: Math.max((roomy ? 40 : 26) * Theme.mm * Theme.reach, texts.implicitHeight + 9 * Theme.mm)
    Accessible.description: hint

    background: Rectangle {
        radius: Theme.radius
        color: root.down ? Theme.touched : root.chosen ? Theme.accentSoft : Theme.surface
        border.width: root.chosen ? 1.6 * Theme.stroke : Theme.stroke
        border.color: root.chosen ? Theme.accent : Theme.cardEdge
    }

    contentItem: Item {
        CardSign {
            id: sign

            anchors.verticalCenter: parent.verticalCenter
            visible: root.symbol !== ""
            width: visible ? implicitWidth : 0
            name: root.symbol
        }

        Column {
            id: texts

            anchors.left: sign.right
            anchors.right: arrow.left
            anchors.leftMargin: 5 * Theme.mm
            anchors.rightMargin: 3 * Theme.mm
            anchors.verticalCenter: parent.verticalCenter
            spacing: 0.5 * Theme.mm

            Words {
                width: parent.width
                text: root.label
                font.pixelSize: Theme.leadText
                font.weight: Font.Medium
                lineHeight: 1.2
                Accessible.ignored: true
            }

            SmallWords {
                width: parent.width
                visible: root.hint !== ""
                text: root.hint
                lineHeight: 1.25
                Accessible.ignored: true
            }
        }

        Icon {
            id: arrow

            anchors.right: parent.right
            anchors.rightMargin: 4 * Theme.mm
            anchors.verticalCenter: parent.verticalCenter
            name: root.chosen ? "tick" : "forward"
            tint: root.chosen ? Theme.accent : Theme.inkSoft
            size: 7 * Theme.mm * Theme.reach
        }
    }
}
