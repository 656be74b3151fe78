import QtQuick
import Kiosk

// One thing that narrows a list, or does not.
TouchButton {
    id: root

    required property bool chosen

    implicitWidth: row.implicitWidth + 9 * Theme.mm
    implicitHeight: Theme.target
    Accessible.role: Accessible.CheckBox
    Accessible.checked: chosen

    background: Rectangle {
        radius: height / 2
        color: root.chosen ? Theme.accent : root.down ? Theme.touched : Theme.surface
        border.width: Theme.stroke
        border.color: root.chosen ? Theme.accent : Theme.accentEdge
    }

    contentItem: Item {
        Row {
            id: row

            anchors.centerIn: parent
            spacing: 2 * Theme.mm

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                name: root.chosen ? "tick" : "add"
                tint: root.chosen ? Theme.inverse : Theme.accent
                size: 7 * Theme.mm
            }

            Words {
                anchors.verticalCenter: parent.verticalCenter
                text: root.label
                color: root.chosen ? Theme.inverse : Theme.ink
                font.pixelSize: 6.2 * Theme.mm * Theme.reach
                wrapMode: Text.NoWrap
                lineHeight: 1
            }
        }
    }
}
