import QtQuick
import Kiosk

// A page that was taken; drawn from memory, never kept by the picture cache.
Rectangle {
    id: root

    required property string picture

    color: Theme.shade
    border.width: Theme.hairline
    border.color: Theme.line

    Image {
        anchors.fill: parent
        anchors.margins: Theme.hairline
        source: root.picture
        sourceSize.width: Math.round(width)
        sourceSize.height: Math.round(height)
        fillMode: Image.PreserveAspectFit
        cache: false
        asynchronous: false
    }
}
