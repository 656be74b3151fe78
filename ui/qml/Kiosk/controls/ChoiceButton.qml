import QtQuick
import Kiosk

// One of several answers; exactly one is chosen.
TouchButton {
    id: root

    primary: true

    required property bool chosen

    implicitHeight: Math.max(Theme.primaryTarget, sentence.implicitHeight + 9 * Theme.mm)
    Accessible.role: Accessible.RadioButton
    Accessible.checked: chosen

    background: Rectangle {
        radius: Theme.radius
        color: root.down ? Theme.touched : root.chosen ? Theme.accentSoft : Theme.surface
        border.width: root.chosen ? 1.6 * Theme.stroke : Theme.stroke
        border.color: root.chosen ? Theme.accent : Theme.edge
    }

    contentItem: Item {
        Rectangle {
            id: ring

            x: 6 * Theme.mm
            anchors.verticalCenter: parent.verticalCenter
            width: 9 * Theme.mm * Theme.reach
            height: width
            radius: width / 2
            color: Theme.surface
            border.width: Theme.stroke
            border.color: root.chosen ? Theme.accent : Theme.edge

            Rectangle {
                anchors.centerIn: parent
                visible: root.chosen
                width: 0.56 * ring.width
                height: width
                radius: width / 2
                color: Theme.accent
            }
        }

        Words {
            id: sentence

            anchors.left: ring.right
            anchors.right: parent.right
            anchors.leftMargin: 5 * Theme.mm
            anchors.rightMargin: 5 * Theme.mm
            anchors.verticalCenter: parent.verticalCenter
            anchors.verticalCenterOffset: (lineHeight - 1) * font.pixelSize / 2
            text: root.label
            font.pixelSize: Theme.leadText
        }
    }
}
