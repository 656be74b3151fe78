import QtQuick
import Kiosk

// One door of the home screen.
TouchButton {
    id: root

    required property string symbol
    required property string explanation
    property bool strong: false

    background: Rectangle {
        radius: 2 * Theme.radius
        color: root.strong ? (root.down ? Theme.accentPressed : Theme.accent)
                           : (root.down ? Theme.accentSoft : Theme.surface)
        border.width: root.strong ? 0 : Theme.stroke
        border.color: Theme.accentLine
    }

    contentItem: Item {
        Icon {
            id: sign

            x: 12 * Theme.mm
            anchors.verticalCenter: parent.verticalCenter
            name: root.symbol
            tint: root.strong ? Theme.inverse : Theme.accent
            size: 32 * Theme.mm
        }

        Column {
            anchors.left: sign.right
            anchors.right: arrow.left
            anchors.leftMargin: 11 * Theme.mm
            anchors.rightMargin: 4 * Theme.mm
            anchors.verticalCenter: parent.verticalCenter
            spacing: 2 * Theme.mm

            Words {
                width: parent.width
                text: root.label
                color: root.strong ? Theme.inverse : Theme.ink
                font.pixelSize: Theme.displayText
                font.weight: Font.DemiBold
                lineHeight: 1.15
            }

            Words {
                width: parent.width
                text: root.explanation
                color: root.strong ? Theme.inverse : Theme.inkSoft
            }
        }

        Icon {
            id: arrow

            anchors.right: parent.right
            anchors.rightMargin: 9 * Theme.mm
            anchors.verticalCenter: parent.verticalCenter
            name: "forward"
            tint: root.strong ? Theme.inverse : Theme.accent
            size: 12 * Theme.mm
        }
    }
}
