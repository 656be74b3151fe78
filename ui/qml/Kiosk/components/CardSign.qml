import QtQuick
import Kiosk

// The sign of a card, on a soft square; it grows with what is read beside it.
Rectangle {
    id: root

    required property string name
    property color tint: Theme.accent

    x: 5 * Theme.mm
    implicitWidth: 16 * Theme.mm * Theme.reach
    implicitHeight: implicitWidth
    radius: Theme.radius
    color: Theme.accentSoft

    Icon {
        anchors.centerIn: parent
        name: root.name
        tint: root.tint
        size: 0.62 * root.height
    }
}
