import QtQuick
import Kiosk

// A number to keep, large enough to be copied by hand.
Rectangle {
    id: root

    required property string label
    required property string number
    property string numberName: ""
    property string tone: "good"
    property bool compact: false
    property bool confidential: false

    implicitHeight: column.implicitHeight + (compact ? 10 : 16) * Theme.mm
    Accessible.role: Accessible.StaticText
    Accessible.name: label
    radius: Theme.radius
    color: tone === "good" ? Theme.goodSoft : tone === "warn" ? Theme.warnSoft : Theme.surface
    border.width: Theme.stroke
    border.color: tone === "good" ? Theme.goodEdge : tone === "warn" ? Theme.warnEdge : Theme.line

    Column {
        id: column

        anchors.centerIn: parent
        width: parent.width - 12 * Theme.mm
        spacing: 1 * Theme.mm

        SmallWords {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: root.label
            color: Theme.ink
        }

        Words {
            objectName: root.numberName
            // Too long for one line, it is broken in the middle: two halves are easier to copy than a rest.
            readonly property int lines: Math.ceil(implicitWidth / Math.max(1, parent.width))

            anchors.horizontalCenter: parent.horizontalCenter
            width: lines > 1 ? Math.min(parent.width, implicitWidth / lines + font.pixelSize) : parent.width
            horizontalAlignment: Text.AlignHCenter
            text: root.number
            font.pixelSize: (root.compact ? 8 : 12) * Theme.mm * Theme.reach
            font.weight: Font.DemiBold
            lineHeight: 1.2
            wrapMode: Text.WrapAnywhere
        }
    }
}
