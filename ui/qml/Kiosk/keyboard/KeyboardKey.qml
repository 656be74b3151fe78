import QtQuick
import QtQuick.Templates as T
import Kiosk

// One key beside Qt's own: it never takes the cursor out of the field that it writes into.
T.AbstractButton {
    id: root

    required property string label
    property bool chosen: false
    property bool main: false
    property bool quiet: false
    property real textSize: Theme.bodyText

    readonly property bool dark: main || (chosen && Theme.contrast)
    readonly property color plate: dark ? (down ? Theme.accentPressed : Theme.accent)
                                 : down ? Theme.touched : chosen || quiet ? Theme.accentSoft : Theme.surface

    focusPolicy: Qt.NoFocus
    hoverEnabled: false
    Accessible.role: Accessible.Button
    Accessible.name: label

    background: Rectangle {
        radius: Theme.radius
        color: root.enabled ? root.plate : Theme.shade
        border.width: root.chosen ? Theme.stroke : Theme.hairline
        border.color: root.chosen ? Theme.accent : root.dark ? root.plate : Theme.line
    }

    contentItem: Words {
        leftPadding: 1.5 * Theme.mm
        rightPadding: leftPadding
        horizontalAlignment: Text.AlignHCenter
        verticalAlignment: Text.AlignVCenter
        fontSizeMode: Text.HorizontalFit
        minimumPixelSize: 3 * Theme.mm
        text: root.label
        lineHeight: 1
        wrapMode: Text.NoWrap
        color: !root.enabled ? Theme.idle : root.dark ? Theme.inverse : root.chosen ? Theme.accent : Theme.ink
        font.weight: root.chosen ? Font.Medium : Font.Normal
        font.pixelSize: root.textSize
    }
}
