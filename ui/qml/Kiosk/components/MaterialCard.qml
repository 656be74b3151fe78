import QtQuick
import Kiosk

// One document: what it is, how it is taken, whether it is there.
TouchButton {
    id: root

    required property string how
    required property string way
    required property string status
    required property bool taken
    required property bool needed

    implicitHeight: Math.max(32 * Theme.mm, texts.implicitHeight + 11 * Theme.mm)

    background: Rectangle {
        radius: Theme.radius
        color: root.down ? Theme.touched : Theme.surface
        border.width: Theme.stroke
        border.color: root.taken ? Theme.goodEdge : Theme.accentEdge
    }

    contentItem: Item {
        CardSign {
            id: sign

            anchors.verticalCenter: parent.verticalCenter
            color: root.taken ? Theme.goodSoft : Theme.accentSoft
            name: root.taken ? "tick" : root.way === "scan" ? "scan" : "camera"
            tint: root.taken ? Theme.goodInk : Theme.accent
        }

        Column {
            id: texts

            anchors.left: sign.right
            anchors.right: arrow.left
            anchors.leftMargin: 5 * Theme.mm
            anchors.rightMargin: 3 * Theme.mm
            anchors.verticalCenter: parent.verticalCenter
            spacing: 1 * Theme.mm

            Words {
                width: parent.width
                text: root.label
                font.pixelSize: Theme.leadText
                font.weight: Font.Medium
                lineHeight: 1.2
            }

            SmallWords {
                width: parent.width
                text: root.how
                lineHeight: 1.25
            }

            Tag {
                text: root.status
                tone: root.taken ? "good" : root.needed ? "warn" : "plain"
            }
        }

        Icon {
            id: arrow

            anchors.right: parent.right
            anchors.rightMargin: 4 * Theme.mm
            anchors.verticalCenter: parent.verticalCenter
            name: "forward"
            tint: Theme.inkSoft
            size: 7 * Theme.mm * Theme.reach
        }
    }
}
