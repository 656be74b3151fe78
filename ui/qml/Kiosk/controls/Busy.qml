pragma ComponentBehavior: Bound

import QtQuick
import Kiosk

// Something is under way: three threads passing, slowly.
Item {
    id: root

    property color tint: Theme.accent
    property int beat: 0

    implicitWidth: 30 * Theme.mm
    implicitHeight: 6 * Theme.mm

    Row {
        anchors.centerIn: parent
        spacing: 4 * Theme.mm

        Repeater {
            model: 3

            Rectangle {
                required property int index

                width: 5 * Theme.mm
                height: width
                radius: width / 2
                color: root.tint
                opacity: root.beat % 3 === index ? 1 : 0.3
            }
        }
    }

    Timer {
        interval: 450
        repeat: true
        running: root.visible && Theme.motion
        onTriggered: root.beat += 1
    }
}
