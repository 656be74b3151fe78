import QtQuick
import Kiosk

// A square button with one sign on it.
TouchButton {
    id: root

    required property string sign

    implicitWidth: Theme.target

    background: Rectangle {
        radius: Theme.radius
        color: root.down ? Theme.touched : Theme.surface
        border.width: Theme.stroke
        border.color: root.available ? Theme.edge : Theme.line
    }

    contentItem: Words {
        horizontalAlignment: Text.AlignHCenter
        verticalAlignment: Text.AlignVCenter
        text: root.sign
        color: root.available ? Theme.accent : Theme.idle
        font.pixelSize: Theme.titleText
        lineHeight: 1
    }
}
