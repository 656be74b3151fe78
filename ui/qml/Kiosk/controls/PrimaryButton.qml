import QtQuick
import Kiosk

// The one thing to do next.
TouchButton {
    id: root

    primary: true

    property string symbol: "forward"

    implicitWidth: caption.implicitWidth + 38 * Theme.mm
    implicitHeight: Theme.primaryTarget

    background: Rectangle {
        radius: Theme.radius
        color: !root.available ? Theme.idle : root.down ? Theme.accentPressed : Theme.accent
    }

    contentItem: Item {
        Words {
            id: caption

            anchors.centerIn: parent
            text: root.label
            color: Theme.inverse
            font.pixelSize: Theme.leadText
            font.weight: Font.DemiBold
            lineHeight: 1
            wrapMode: Text.NoWrap
        }

        Icon {
            anchors.left: caption.right
            anchors.leftMargin: 3 * Theme.mm
            anchors.verticalCenter: parent.verticalCenter
            visible: root.symbol !== ""
            name: root.symbol
            tint: Theme.inverse
            size: 8 * Theme.mm * Theme.reach
        }
    }
}
