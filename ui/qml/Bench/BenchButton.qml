import QtQuick
import QtQuick.Templates as T
import Kiosk

// A button of the bench panel; it is for a mouse, so its size is in pixels.
T.AbstractButton {
    id: root

    required property string label
    property bool chosen: false
    signal activated

    width: parent ? parent.width : 0
    height: 44
    opacity: enabled ? 1 : 0.45
    Accessible.role: Accessible.Button
    Accessible.name: label

    onClicked: activated()

    background: Rectangle {
        radius: 6
        color: root.pressed ? Theme.accentSoft : Theme.surface
        border.width: root.chosen ? 2 : 1
        border.color: root.chosen ? Theme.accent : Theme.line
    }

    contentItem: Text {
        leftPadding: 14
        verticalAlignment: Text.AlignVCenter
        elide: Text.ElideRight
        text: root.label
        color: Theme.ink
        font.family: Theme.family
        font.pixelSize: 16
        font.bold: root.chosen
    }
}
