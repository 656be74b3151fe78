pragma ComponentBehavior: Bound

import QtQuick
import Kiosk

// A phone with a code on it coming before the scanner's window.
Approach {
    id: root

    Rectangle {
        id: scanner

        anchors.horizontalCenter: parent.horizontalCenter
        anchors.verticalCenter: parent.verticalCenter
        anchors.verticalCenterOffset: 34 * Theme.mm
        width: 132 * Theme.mm
        height: 34 * Theme.mm
        radius: 6 * Theme.mm
        color: Theme.shade
        border.width: Theme.stroke
        border.color: Theme.edge

        Rectangle {
            anchors.centerIn: parent
            width: 92 * Theme.mm
            height: 14 * Theme.mm
            radius: 4 * Theme.mm
            color: root.reading ? Theme.accent : Theme.accentSoft
            border.width: Theme.stroke
            border.color: root.reading ? Theme.accent : Theme.accentLine
        }
    }

    Rectangle {
        anchors.horizontalCenter: parent.horizontalCenter
        y: scanner.y - height - 5 * Theme.mm - root.apart * 16 * Theme.mm
        width: 44 * Theme.mm
        height: 72 * Theme.mm
        radius: 5 * Theme.mm
        color: Theme.surface
        border.width: Theme.stroke
        border.color: Theme.accent

        Rectangle {
            anchors.horizontalCenter: parent.horizontalCenter
            y: 4 * Theme.mm
            width: 11 * Theme.mm
            height: 1.6 * Theme.mm
            radius: height / 2
            color: Theme.line
        }

        Icon {
            anchors.centerIn: parent
            name: "code"
            tint: Theme.accent
            size: 32 * Theme.mm
        }
    }
}
