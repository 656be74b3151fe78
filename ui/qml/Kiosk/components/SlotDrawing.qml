pragma ComponentBehavior: Bound

import QtQuick
import Kiosk

// Paper at a slot: going in to be scanned, or coming out to be taken.
Item {
    id: root

    property bool outward: false
    property bool moving: true
    property real way: 0

    implicitWidth: 140 * Theme.mm
    implicitHeight: 110 * Theme.mm

    Item {
        anchors.horizontalCenter: parent.horizontalCenter
        y: root.outward ? slot.y + slot.height / 2 : slot.y + slot.height / 2 - height
        width: 84 * Theme.mm
        height: 72 * Theme.mm
        clip: true

        Rectangle {
            y: root.outward ? (root.way - 1) * 40 * Theme.mm - 12 * Theme.mm
                            : root.way * 40 * Theme.mm
            width: parent.width
            height: 84 * Theme.mm
            color: Theme.surface
            border.width: Theme.stroke
            border.color: Theme.accentLine

            Column {
                x: 10 * Theme.mm
                y: 16 * Theme.mm
                spacing: 6 * Theme.mm

                Repeater {
                    model: [40, 64, 58, 64, 48, 60]

                    Rectangle {
                        required property real modelData

                        width: modelData * Theme.mm
                        height: 2.2 * Theme.mm
                        radius: height / 2
                        color: Theme.line
                    }
                }
            }
        }
    }

    Item {
        id: slot

        anchors.horizontalCenter: parent.horizontalCenter
        y: root.outward ? 6 * Theme.mm : 70 * Theme.mm
        width: 132 * Theme.mm
        height: 26 * Theme.mm
    }

    Rectangle {
        anchors.horizontalCenter: parent.horizontalCenter
        y: root.outward ? slot.y : slot.y + slot.height / 2
        width: slot.width
        height: slot.height / 2 + (root.outward ? 0 : 10 * Theme.mm)
        radius: 4 * Theme.mm
        color: Theme.shade
        border.width: Theme.stroke
        border.color: Theme.edge

        Rectangle {
            anchors.right: parent.right
            anchors.rightMargin: 8 * Theme.mm
            anchors.verticalCenter: parent.verticalCenter
            width: 5 * Theme.mm
            height: width
            radius: width / 2
            color: Theme.accent
        }
    }

    SequentialAnimation on way {
        running: root.moving && root.visible && Theme.motion
        loops: Animation.Infinite

        NumberAnimation {
            from: 0
            to: 1
            duration: 2200
            easing.type: Easing.InOutQuad
        }

        PauseAnimation {
            duration: 1400
        }
    }
}
