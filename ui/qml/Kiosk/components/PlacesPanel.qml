pragma ComponentBehavior: Bound

import QtQuick
import Kiosk

// Where it can be done instead, nearest first.
Panel {
    id: root

    required property list<string> places

    SectionTitle {
        width: parent.width
        text: qsTr("可以改到这里办理：")
    }

    Repeater {
        model: root.places

        Words {
            required property string modelData

            width: parent?.width ?? 0
            text: modelData
        }
    }
}
