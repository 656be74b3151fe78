import QtQuick
import Kiosk

// One key of the number pad.
TouchButton {
    id: root

    property string symbol: ""
    property bool quiet: false

    implicitHeight: Math.round((Theme.portrait && !Theme.elder ? 1.2 : 1) * Theme.primaryTarget)

    background: Rectangle {
        radius: Theme.radius
        color: root.down ? Theme.touched : root.quiet ? Theme.shade : Theme.surface
        border.width: Theme.stroke
        border.color: root.down ? Theme.accent : Theme.edge
    }

    contentItem: Item {
        Row {
            anchors.centerIn: parent
            spacing: 2 * Theme.mm

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                visible: root.symbol !== ""
                name: root.symbol
                tint: Theme.accent
                size: 8 * Theme.mm
            }

            Words {
                anchors.verticalCenter: parent.verticalCenter
                text: root.label
                color: root.quiet ? Theme.accent : Theme.ink
                font.pixelSize: root.quiet ? Theme.bodyText : Theme.titleText
                font.weight: Font.Medium
                lineHeight: 1
                wrapMode: Text.NoWrap
            }
        }
    }
}
