import QtQuick
import Kiosk

// A fact with its name: beside each other where there is room, below each other where there is not.
Column {
    id: root

    required property string label
    required property string value
    property bool confidential: false

    spacing: 0.5 * Theme.mm
    Accessible.role: Accessible.StaticText
    Accessible.name: label

    SmallWords {
        width: parent.width
        text: root.label
        lineHeight: 1.2
    }

    Words {
        width: parent.width
        text: root.value
    }
}
