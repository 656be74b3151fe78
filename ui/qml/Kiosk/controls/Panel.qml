import QtQuick
import Kiosk

// A quiet sheet that holds what belongs together, one thing below the other.
Rectangle {
    id: root

    default property alias content: column.data
    property real padding: 6 * Theme.mm
    property alias spacing: column.spacing

    implicitHeight: column.implicitHeight + 2 * padding
    radius: Theme.radius
    color: Theme.surface
    border.width: Theme.hairline
    border.color: Theme.line

    Column {
        id: column

        x: root.padding
        y: root.padding
        width: root.width - 2 * root.padding
        spacing: Theme.gap
    }
}
