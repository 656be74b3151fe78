import QtQuick
import Kiosk

// One thing that must not be left behind.
Rectangle {
    id: root

    required property string icon
    required property string label

    implicitHeight: Math.max(42 * Theme.mm, words.implicitHeight + 16 * Theme.mm)
    radius: Theme.radius
    color: Theme.warnSoft
    border.width: Theme.stroke
    border.color: Theme.warnEdge

    Icon {
        id: sign

        x: 9 * Theme.mm
        anchors.verticalCenter: parent.verticalCenter
        name: root.icon
        tint: Theme.warnInk
        size: 24 * Theme.mm
    }

    Words {
        id: words

        anchors.left: sign.right
        anchors.leftMargin: 8 * Theme.mm
        anchors.right: parent.right
        anchors.rightMargin: 8 * Theme.mm
        anchors.verticalCenter: parent.verticalCenter
        text: root.label
        color: Theme.warnInk
        font.pixelSize: Math.max(9 * Theme.mm, Theme.bodyText)
        font.weight: Font.Medium
        Accessible.role: Accessible.AlertMessage
        Accessible.name: text
    }
}
