import QtQuick
import QtQuick.VirtualKeyboard.Styles
import Kiosk

// One key: a flat plate with its words or its sign.
KeyPanel {
    id: root

    property string words: control ? control.displayText : ""
    property string sign: ""
    property bool main: false
    property color plate: control && control.highlighted ? Theme.accentSoft : Theme.surface
    property bool chosen: false
    readonly property bool down: control !== null && control.pressed
    readonly property bool usable: control === null || control.enabled

    Rectangle {
        anchors.fill: parent
        anchors.margins: 1.5 * Theme.mm
        radius: Theme.radius
        color: root.main ? (root.down ? Theme.accentPressed : Theme.accent)
             : !root.usable ? Theme.shade : root.down ? Theme.touched : root.plate
        border.width: root.chosen ? Theme.stroke : Theme.hairline
        border.color: root.chosen ? Theme.accent : Theme.line

        Text {
            anchors.fill: parent
            anchors.margins: Theme.mm
            horizontalAlignment: Text.AlignHCenter
            verticalAlignment: Text.AlignVCenter
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: 3 * Theme.mm
            text: root.sign === "" ? root.words : ""
            color: root.main ? Theme.inverse : root.usable ? Theme.ink : Theme.idle
            font.family: Theme.family
            font.pixelSize: root.control && root.control.highlighted ? Theme.bodyText : Theme.leadText
            font.capitalization: root.control && root.control.uppercased && !root.control.highlighted ? Font.AllUppercase : Font.MixedCase
        }

        Icon {
            anchors.centerIn: parent
            visible: root.sign !== ""
            name: root.sign
        }
    }
}
