import QtQuick
import Kiosk

// One line of the review with its way back to the question.
Item {
    id: root

    required property string label
    required property string value
    property string source: ""
    property string picture: ""
    property string target: ""
    property bool fixed: false
    property bool computed: false
    property bool confidential: true
    signal changeAsked

    implicitHeight: Math.max(20 * Theme.mm, texts.implicitHeight + 5 * Theme.mm)
    Accessible.role: Accessible.StaticText
    Accessible.name: label

    PageThumb {
        id: thumb

        anchors.verticalCenter: parent.verticalCenter
        visible: root.picture !== ""
        width: visible ? 22 * Theme.mm : 0
        height: 16 * Theme.mm
        picture: root.picture
    }

    Column {
        id: texts

        anchors.left: thumb.right
        anchors.right: change.left
        anchors.leftMargin: thumb.visible ? 4 * Theme.mm : 0
        anchors.rightMargin: 3 * Theme.mm
        anchors.verticalCenter: parent.verticalCenter

        SmallWords {
            width: parent.width
            text: root.computed ? qsTr("%1 · 自动计算").arg(root.label)
                : root.source === "" ? root.label : qsTr("%1 · 来自%2").arg(root.label).arg(root.source)
            lineHeight: 1.2
        }

        Words {
            objectName: root.target + "-value"
            width: parent.width
            text: root.value
            font.weight: Font.Medium
            lineHeight: 1.25
        }
    }

    SecondaryButton {
        id: change

        objectName: "change-" + root.target
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        visible: !root.fixed
        bare: true
        label: qsTr("更改")
        Accessible.name: label + " " + root.label
        onActivated: root.changeAsked()
    }

    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: Theme.hairline
        color: Theme.line
    }
}
