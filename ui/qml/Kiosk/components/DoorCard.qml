import QtQuick
import Kiosk

// One door of the home screen; a tile has its sign above its name.
TouchButton {
    id: root

    primary: true

    property string symbol: "document"
    property string explanation: ""
    property string note: ""
    property bool strong: false
    property bool tile: false

    readonly property color ink: strong ? Theme.inverse : available ? Theme.ink : Theme.idle
    readonly property color soft: strong ? Theme.inverse : Theme.inkSoft
    readonly property color mark: strong ? Theme.inverse : available ? Theme.accent : Theme.idle

    Accessible.description: note !== "" ? note : explanation

    background: Rectangle {
        radius: 2 * Theme.radius
        color: root.strong ? (root.down ? Theme.accentPressed : Theme.accent)
             : root.down ? Theme.touched : root.available ? Theme.surface : Theme.shade
        border.width: root.strong ? 0 : Theme.stroke
        border.color: root.available ? Theme.accentEdge : Theme.line
    }

    contentItem: Item {
        Icon {
            id: sign

            x: root.tile ? (parent.width - width) / 2 : Math.min(10 * Theme.mm, 0.06 * parent.width)
            y: root.tile ? Math.max(2 * Theme.mm, (parent.height - height - texts.height - 1.5 * Theme.mm) / 2)
                         : (parent.height - height) / 2
            name: root.symbol
            tint: root.mark
            size: root.tile ? (root.note !== "" ? 11 : 14) * Theme.mm : Math.min(28 * Theme.mm, 0.55 * parent.height)
        }

        Column {
            id: texts

            x: root.tile ? 2 * Theme.mm : sign.x + sign.width + Math.min(9 * Theme.mm, 0.05 * parent.width)
            y: root.tile ? sign.y + sign.height + 1.5 * Theme.mm : (parent.height - height) / 2
            width: parent.width - x - (root.tile ? 2 : 4) * Theme.mm
            spacing: 1 * Theme.mm

            Words {
                width: parent.width
                horizontalAlignment: root.tile ? Text.AlignHCenter : Text.AlignLeft
                text: root.label
                color: root.ink
                font.pixelSize: root.tile ? Theme.leadText : Theme.titleText
                font.weight: Font.DemiBold
                lineHeight: 1.15
            }

            SmallWords {
                width: parent.width
                visible: !root.tile && text !== ""
                text: root.explanation
                color: root.soft
                font.pixelSize: Theme.bodyText
                lineHeight: 1.2
            }

            SmallWords {
                width: parent.width
                visible: text !== ""
                horizontalAlignment: root.tile ? Text.AlignHCenter : Text.AlignLeft
                text: root.note
                color: root.strong ? Theme.inverse : Theme.warnInk
                font.weight: Font.Medium
                lineHeight: 1.15
            }
        }
    }
}
