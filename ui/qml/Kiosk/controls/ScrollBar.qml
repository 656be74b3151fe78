import QtQuick
import Kiosk

// Shows where in a long page one is; the page itself is what one drags.
Rectangle {
    id: root

    required property Flickable view
    // How far outside the page it stands, so that the page keeps its whole width.
    property real beyond: 0

    x: Theme.left ? view.x - beyond : view.x + view.width - width + beyond
    y: view.y
    width: 2 * Theme.mm
    height: view.height
    radius: width / 2
    color: Theme.shade
    visible: view.contentHeight > view.height + 1

    Rectangle {
        y: root.view.visibleArea.yPosition * root.height
        width: root.width
        height: Math.max(10 * Theme.mm, root.view.visibleArea.heightRatio * root.height)
        radius: width / 2
        color: Theme.edge
    }
}
