import QtQuick
import Kiosk

// One entry of a list that the resident fills: what it says, and the ways to change it and to take it out.
Panel {
    id: root

    required property int number
    required property string title
    required property string detail
    property bool confidential: true
    signal changeAsked
    signal removeAsked

    padding: 5 * Theme.mm

    Words {
        objectName: "entry-" + root.number
        width: parent.width
        text: root.number + ". " + root.title
        font.pixelSize: Theme.leadText
        font.weight: Font.DemiBold
        lineHeight: 1.25
    }

    Words {
        width: parent.width
        visible: root.detail !== ""
        text: root.detail
        color: Theme.inkSoft
        lineHeight: 1.25
    }

    Row {
        spacing: Theme.gap

        SecondaryButton {
            objectName: "entry-change-" + root.number
            symbol: "edit"
            label: qsTr("更改")
            Accessible.name: qsTr("更改第 %1 项").arg(root.number)
            onActivated: root.changeAsked()
        }

        SecondaryButton {
            objectName: "entry-remove-" + root.number
            symbol: "delete"
            label: qsTr("删除")
            Accessible.name: qsTr("删除第 %1 项").arg(root.number)
            onActivated: root.removeAsked()
        }
    }
}
