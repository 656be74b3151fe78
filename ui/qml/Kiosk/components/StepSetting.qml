pragma ComponentBehavior: Bound

import QtQuick
import Kiosk

// A step more or less, and how many of how many there are.
Row {
    id: root

    required property string name
    required property int value
    required property int most
    required property string lessLabel
    required property string moreLabel
    readonly property string said: qsTr("第 %1 档，共 %2 档").arg(value).arg(most)
    signal stepped(int by)

    spacing: Theme.gap

    SignButton {
        objectName: root.name + "-less"
        label: root.lessLabel
        Accessible.description: root.said
        available: root.value > 1
        sign: "−"
        onActivated: root.stepped(-1)
    }

    Row {
        anchors.verticalCenter: parent.verticalCenter
        spacing: 1.5 * Theme.mm

        Repeater {
            model: root.most

            Rectangle {
                required property int index

                width: 4 * Theme.mm
                height: 8 * Theme.mm
                radius: Theme.mm
                color: index < root.value ? Theme.accent : Theme.surface
                border.width: Theme.hairline
                border.color: Theme.edge
            }
        }
    }

    SignButton {
        objectName: root.name + "-more"
        label: root.moreLabel
        Accessible.description: root.said
        available: root.value < root.most
        sign: "+"
        onActivated: root.stepped(1)
    }
}
