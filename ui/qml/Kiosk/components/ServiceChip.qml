import QtQuick
import Kiosk

// One service on the home screen: its sign and its name, no more.
TouchButton {
    id: root

    property string symbol: "document"

    implicitHeight: Math.max(18 * Theme.mm, words.implicitHeight + 6 * Theme.mm)

    background: Rectangle {
        radius: Theme.radius
        color: root.down ? Theme.touched : Theme.surface
        border.width: Theme.stroke
        border.color: Theme.cardEdge
    }

    contentItem: Item {
        Icon {
            id: sign

            x: 4 * Theme.mm
            anchors.verticalCenter: parent.verticalCenter
            name: root.symbol
            tint: Theme.accent
            size: 9 * Theme.mm
        }

        Words {
            id: words

            anchors.left: sign.right
            anchors.leftMargin: 3 * Theme.mm
            anchors.right: parent.right
            anchors.rightMargin: 3 * Theme.mm
            anchors.verticalCenter: parent.verticalCenter
            text: root.label
            lineHeight: 1.15
        }
    }
}
