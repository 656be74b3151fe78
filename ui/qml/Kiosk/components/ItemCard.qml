import QtQuick
import Kiosk

// One service item of the list.
TouchButton {
    id: root

    required property string department
    required property string symbol
    required property bool here

    implicitHeight: Math.max(26 * Theme.mm, texts.implicitHeight + 9 * Theme.mm)

    background: Rectangle {
        radius: Theme.radius
        color: root.down ? Theme.touched : Theme.surface
        border.width: Theme.stroke
        border.color: Theme.cardEdge
    }

    contentItem: Item {
        CardSign {
            id: sign

            anchors.verticalCenter: parent.verticalCenter
            name: root.symbol
        }

        Column {
            id: texts

            anchors.left: sign.right
            anchors.right: tag.left
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
            }

            SmallWords {
                width: parent.width
                text: root.department
                lineHeight: 1.2
            }
        }

        Tag {
            id: tag

            anchors.right: arrow.left
            anchors.rightMargin: 2 * Theme.mm
            anchors.verticalCenter: parent.verticalCenter
            text: root.here ? qsTr("本机可办") : qsTr("只看指南")
            tone: root.here ? "accent" : "plain"
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
