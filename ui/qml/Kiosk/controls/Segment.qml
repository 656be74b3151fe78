import QtQuick
import Kiosk

// One of a few answers that stand side by side.
TouchButton {
    id: root

    required property bool chosen
    property real textSize: Theme.bodyText

    implicitWidth: caption.implicitWidth + 10 * Theme.mm
    Accessible.role: Accessible.RadioButton
    Accessible.checked: chosen

    background: Rectangle {
        radius: Theme.radius
        color: root.chosen ? (root.down ? Theme.accentPressed : Theme.accent) : root.down ? Theme.touched : Theme.surface
        border.width: Theme.stroke
        border.color: root.chosen ? Theme.accent : Theme.edge
    }

    contentItem: Item {
        Words {
            id: caption

            anchors.centerIn: parent
            width: Math.min(implicitWidth, root.width - 4 * Theme.mm)
            horizontalAlignment: Text.AlignHCenter
            text: root.label
            color: root.chosen ? Theme.inverse : Theme.ink
            font.pixelSize: root.textSize
            font.weight: root.chosen ? Font.DemiBold : Font.Normal
            lineHeight: 1.1
        }
    }
}
