import QtQuick
import Kiosk

// Something else that can be done.
TouchButton {
    id: root

    property string symbol: ""
    property bool bare: false
    property real textSize: Theme.bodyText

    implicitWidth: row.implicitWidth + 10 * Theme.mm

    background: Rectangle {
        radius: Theme.radius
        color: root.down ? Theme.touched : root.bare ? Theme.clear : Theme.surface
        border.width: root.bare ? 0 : Theme.stroke
        border.color: root.available ? Theme.edge : Theme.line
    }

    contentItem: Item {
        Row {
            id: row

            anchors.centerIn: parent
            spacing: 2 * Theme.mm

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                visible: root.symbol !== ""
                name: root.symbol
                tint: root.available ? Theme.accent : Theme.idle
                size: 0.96 * root.textSize
            }

            Words {
                anchors.verticalCenter: parent.verticalCenter
                text: root.label
                color: root.available ? Theme.accent : Theme.idle
                font.pixelSize: root.textSize
                font.weight: Font.Medium
                lineHeight: 1
                wrapMode: Text.NoWrap
            }
        }
    }
}
