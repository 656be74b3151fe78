pragma ComponentBehavior: Bound

import QtQuick
import Kiosk

// A card coming to lie on the reader.
Approach {
    id: root

    Rectangle {
        id: reader

        anchors.horizontalCenter: parent.horizontalCenter
        anchors.verticalCenter: parent.verticalCenter
        anchors.verticalCenterOffset: 24 * Theme.mm
        width: 132 * Theme.mm
        height: 66 * Theme.mm
        radius: 6 * Theme.mm
        color: Theme.shade
        border.width: Theme.stroke
        border.color: Theme.edge

        Rectangle {
            anchors.centerIn: parent
            width: 98 * Theme.mm
            height: 44 * Theme.mm
            radius: 4 * Theme.mm
            color: root.reading ? Theme.accentSoft : Theme.surface
            border.width: Theme.stroke
            border.color: root.reading ? Theme.accent : Theme.accentLine
        }
    }

    Rectangle {
        anchors.horizontalCenter: parent.horizontalCenter
        y: reader.y + 5 * Theme.mm - root.apart * 44 * Theme.mm
        width: 86 * Theme.mm
        height: 54 * Theme.mm
        radius: 4 * Theme.mm
        color: Theme.surface
        border.width: Theme.stroke
        border.color: Theme.accent

        Rectangle {
            anchors.right: parent.right
            anchors.rightMargin: 7 * Theme.mm
            y: 10 * Theme.mm
            width: 21 * Theme.mm
            height: 27 * Theme.mm
            radius: 2 * Theme.mm
            color: Theme.accentSoft

            Rectangle {
                anchors.horizontalCenter: parent.horizontalCenter
                y: 4 * Theme.mm
                width: 10 * Theme.mm
                height: width
                radius: width / 2
                color: Theme.accentLine
            }

            Rectangle {
                anchors.horizontalCenter: parent.horizontalCenter
                y: 16 * Theme.mm
                width: 17 * Theme.mm
                height: 11 * Theme.mm
                radius: 5 * Theme.mm
                color: Theme.accentLine
            }
        }

        Column {
            x: 8 * Theme.mm
            y: 11 * Theme.mm
            spacing: 4.4 * Theme.mm

            Repeater {
                model: [26, 34, 40, 30]

                Rectangle {
                    required property real modelData

                    width: modelData * Theme.mm
                    height: 2.4 * Theme.mm
                    radius: height / 2
                    color: Theme.line
                }
            }
        }

        Rectangle {
            x: 8 * Theme.mm
            anchors.bottom: parent.bottom
            anchors.bottomMargin: 6 * Theme.mm
            width: 62 * Theme.mm
            height: 3 * Theme.mm
            radius: height / 2
            color: Theme.accentLine
        }
    }
}
