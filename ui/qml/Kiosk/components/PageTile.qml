import QtQuick
import Kiosk

// One page, small, with its number; touched, it is shown large.
TouchButton {
    id: root

    required property int number
    required property string title
    required property string picture
    property bool confidential: true

    objectName: "page-" + number
    label: title
    implicitHeight: width * Math.SQRT2 + caption.height

    background: Rectangle {
        radius: Theme.radius
        color: root.down ? Theme.touched : Theme.surface
        border.width: Theme.stroke
        border.color: Theme.accentEdge
    }

    contentItem: Item {
        PageThumb {
            anchors.fill: parent
            anchors.margins: 2 * Theme.mm
            anchors.bottomMargin: caption.height
            picture: root.picture
        }

        Words {
            id: caption

            anchors.bottom: parent.bottom
            width: parent.width
            height: 12 * Theme.mm * Theme.scale
            horizontalAlignment: Text.AlignHCenter
            verticalAlignment: Text.AlignVCenter
            text: root.title
            font.weight: Font.DemiBold
            lineHeight: 1
        }
    }
}
