import QtQuick
import Kiosk

// One sentence to agree to or not.
TouchButton {
    id: root

    primary: true

    required property bool ticked

    implicitHeight: Math.max(Theme.primaryTarget, sentence.implicitHeight + 9 * Theme.mm)
    Accessible.role: Accessible.CheckBox
    Accessible.checked: ticked

    background: Rectangle {
        radius: Theme.radius
        color: root.down ? Theme.touched : root.ticked ? Theme.accentSoft : Theme.surface
        border.width: Theme.stroke
        border.color: root.ticked ? Theme.accent : Theme.edge
    }

    contentItem: Item {
        Rectangle {
            id: box

            x: 5 * Theme.mm
            anchors.verticalCenter: parent.verticalCenter
            width: 10 * Theme.mm * Theme.reach
            height: width
            radius: 1.6 * Theme.mm
            color: root.ticked ? Theme.accent : Theme.surface
            border.width: Theme.stroke
            border.color: root.ticked ? Theme.accent : Theme.edge

            Icon {
                anchors.centerIn: parent
                visible: root.ticked
                name: "tick"
                tint: Theme.inverse
                size: 0.8 * box.width
            }
        }

        Words {
            id: sentence

            anchors.left: box.right
            anchors.right: parent.right
            anchors.leftMargin: 5 * Theme.mm
            anchors.rightMargin: 5 * Theme.mm
            anchors.verticalCenter: parent.verticalCenter
            anchors.verticalCenterOffset: (lineHeight - 1) * font.pixelSize / 2
            text: root.label
        }
    }
}
