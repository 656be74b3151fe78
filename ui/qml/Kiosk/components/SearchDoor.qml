import QtQuick
import Kiosk

// Looks like a search field and leads to the one that is.
TouchButton {
    id: root

    implicitHeight: Theme.primaryTarget

    background: Rectangle {
        radius: height / 2
        color: root.down ? Theme.touched : Theme.surface
        border.width: Theme.stroke
        border.color: Theme.edge
    }

    contentItem: Item {
        Icon {
            id: sign

            x: 7 * Theme.mm
            anchors.verticalCenter: parent.verticalCenter
            name: "search"
            tint: Theme.accent
            size: 9 * Theme.mm * Theme.reach
        }

        Words {
            anchors.left: sign.right
            anchors.leftMargin: 4 * Theme.mm
            anchors.right: parent.right
            anchors.rightMargin: 6 * Theme.mm
            anchors.verticalCenter: parent.verticalCenter
            text: root.label
            color: Theme.inkSoft
            lineHeight: 1.1
            maximumLineCount: 1
        }
    }
}
