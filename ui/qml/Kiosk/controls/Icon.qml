import QtQuick
import Kiosk

// One glyph of the icon font, on a square of its own.
Item {
    id: root

    required property string name
    property color tint: Theme.ink
    property real size: 8 * Theme.mm

    implicitWidth: size
    implicitHeight: size
    Accessible.ignored: true

    Words {
        objectName: "glyph"
        anchors.centerIn: parent
        text: Theme.glyphs.codes[root.name] ?? ""
        color: root.tint
        font.family: Theme.glyphs.family
        font.pixelSize: root.size
        lineHeight: 1
        wrapMode: Text.NoWrap
        Accessible.ignored: true
    }
}
