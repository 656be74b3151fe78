import QtQuick
import Kiosk

// A frame around what the keys are on: dark and light, so that it stands out on every ground.
Item {
    id: root

    property rect place: Qt.rect(0, 0, 0, 0)

    x: place.x - 2 * Theme.mm
    y: place.y - 2 * Theme.mm
    width: place.width + 4 * Theme.mm
    height: place.height + 4 * Theme.mm
    visible: place.width > 0
    Accessible.ignored: true

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius + 2 * Theme.mm
        color: Theme.clear
        border.width: 1.6 * Theme.mm
        border.color: Theme.ink
    }

    Rectangle {
        anchors.fill: parent
        anchors.margins: 0.55 * Theme.mm
        radius: Theme.radius + 1.4 * Theme.mm
        color: Theme.clear
        border.width: 0.5 * Theme.mm
        border.color: Theme.inverse
    }
}
