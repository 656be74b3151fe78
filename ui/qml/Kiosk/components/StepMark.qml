pragma ComponentBehavior: Bound

import QtQuick
import Kiosk

// Which step of how many, in words and as a thread.
Column {
    id: root

    required property int stepNo
    required property int stepCount

    spacing: 2 * Theme.mm

    SmallWords {
        objectName: "step"
        text: qsTr("第 %1 步，共 %2 步").arg(root.stepNo).arg(root.stepCount)
        color: Theme.accent
        font.weight: Font.Medium
        lineHeight: 1.1
    }

    Row {
        spacing: 1.5 * Theme.mm

        Repeater {
            model: root.stepCount

            Rectangle {
                required property int index

                width: 16 * Theme.mm
                height: 1.6 * Theme.mm
                radius: height / 2
                color: index < root.stepNo ? Theme.accent : Theme.line
            }
        }
    }
}
