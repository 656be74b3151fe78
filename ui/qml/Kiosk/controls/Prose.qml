import QtQuick
import Kiosk

// Words over a whole width that leave no lonely character or two for the last line: then all lines are shorter.
Words {
    required property real room
    readonly property int lines: Math.ceil(implicitWidth / Math.max(1, room))
    readonly property real atLeast: 4 * font.pixelSize

    width: lines > 1 && implicitWidth - (lines - 1) * room < atLeast ? (implicitWidth - atLeast) / (lines - 1) : room
}
