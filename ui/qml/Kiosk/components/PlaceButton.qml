import QtQuick
import Kiosk

// One place of a list.
TouchButton {
    id: root

    property bool sample: false
    property string detail: ""
    property bool confidential: detail !== ""

    implicitHeight: Math.max(Theme.primaryTarget, texts.implicitHeight + 7 * Theme.mm)
    Accessible.description: sample ? qsTr("样例") : ""

    background: Rectangle {
        radius: Theme.radius
        color: root.down ? Theme.touched : Theme.surface
        border.width: Theme.stroke
        border.color: root.down ? Theme.accent : Theme.edge
    }

    contentItem: Item {
        Column {
            id: texts

            anchors.left: parent.left
            anchors.right: mark.visible ? mark.left : parent.right
            anchors.leftMargin: 5 * Theme.mm
            anchors.rightMargin: 3 * Theme.mm
            anchors.verticalCenter: parent.verticalCenter
            anchors.verticalCenterOffset: 0.1 * Theme.bodyText

            Words {
                width: parent.width
                text: root.label
                lineHeight: 1.2
            }

            SmallWords {
                width: parent.width
                visible: root.detail !== ""
                text: root.detail
                lineHeight: 1.2
            }
        }

        Tag {
            id: mark

            anchors.right: parent.right
            anchors.rightMargin: 3 * Theme.mm
            anchors.verticalCenter: parent.verticalCenter
            visible: root.sample
            text: qsTr("样例")
            Accessible.ignored: true
        }
    }
}
