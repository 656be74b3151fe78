import QtQuick
import Kiosk

// One level of satisfaction: a face and its words, above each other, or beside each other in a list.
TouchButton {
    id: root

    property string symbol: "good"
    property bool listed: false

    implicitHeight: listed ? Theme.primaryTarget + 4 * Theme.mm : 62 * Theme.mm

    background: Rectangle {
        radius: 2 * Theme.radius
        color: root.down ? Theme.touched : Theme.surface
        border.width: Theme.stroke
        border.color: Theme.accentEdge
    }

    contentItem: Item {
        Icon {
            id: face

            x: root.listed ? 8 * Theme.mm : (parent.width - width) / 2
            y: root.listed ? (parent.height - height) / 2 : 8 * Theme.mm
            name: root.symbol
            tint: Theme.accent
            size: root.listed ? Math.min(18 * Theme.mm, 0.8 * parent.height) : 26 * Theme.mm
        }

        Words {
            x: root.listed ? face.x + face.width + 6 * Theme.mm : 1.5 * Theme.mm
            y: root.listed ? (parent.height - height) / 2 : face.y + face.height + 3 * Theme.mm
            width: parent.width - x - 1.5 * Theme.mm
            horizontalAlignment: root.listed ? Text.AlignLeft : Text.AlignHCenter
            text: root.label
            font.weight: Font.Medium
            lineHeight: 1.15
        }
    }
}
