pragma ComponentBehavior: Bound

import QtQuick
import Kiosk

// Ten digits and, for identity numbers, the X. Large keys on the screen itself: no keyboard is opened.
Grid {
    id: root

    property bool withX: false
    // The five keys have a wheel of their own for the field above.
    readonly property bool passedOver: true
    signal pressed(string key)

    readonly property real keyWidth: Math.floor((width - 2 * spacing) / 3)

    columns: 3
    spacing: Theme.gap

    Repeater {
        model: ["1", "2", "3", "4", "5", "6", "7", "8", "9"]

        PadKey {
            required property string modelData

            objectName: "digit-" + modelData
            width: root.keyWidth
            label: modelData
            onActivated: root.pressed(modelData)
        }
    }

    PadKey {
        objectName: root.withX ? "digit-X" : "digit-clear"
        width: root.keyWidth
        quiet: !root.withX
        label: root.withX ? "X" : qsTr("清空")
        onActivated: root.pressed(root.withX ? "X" : "clear")
    }

    PadKey {
        objectName: "digit-0"
        width: root.keyWidth
        label: "0"
        onActivated: root.pressed("0")
    }

    PadKey {
        objectName: "digit-erase"
        width: root.keyWidth
        quiet: true
        symbol: "erase"
        label: qsTr("退格")
        onActivated: root.pressed("erase")
    }
}
