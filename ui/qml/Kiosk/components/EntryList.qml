pragma ComponentBehavior: Bound

import QtQuick
import Kiosk

// The entries of a repeated question, and the way to add one.
Column {
    id: root

    required property var entries
    required property string note
    required property bool canAdd
    signal addAsked
    signal changeAsked(int number)
    signal removeAsked(int number)

    spacing: Theme.gap

    Repeater {
        model: root.entries

        EntryLine {
            id: line

            width: parent?.width ?? 0
            onChangeAsked: root.changeAsked(line.number)
            onRemoveAsked: root.removeAsked(line.number)
        }
    }

    Words {
        objectName: "list-note"
        width: parent.width
        visible: text !== ""
        text: root.note
        color: Theme.inkSoft
    }

    SecondaryButton {
        objectName: "entry-add"
        width: parent.width
        height: Theme.primaryTarget
        visible: root.canAdd
        symbol: "add"
        label: qsTr("添加一项")
        onActivated: root.addAsked()
    }
}
