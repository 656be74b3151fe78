import QtQuick
import Kiosk

// One thing to set: its name, and the answers beside it; below it where there is no room.
Grid {
    id: root

    required property string label
    default property alias answers: choices.data
    readonly property bool stacked: Theme.elder || !Theme.portrait
    readonly property real nameWidth: stacked ? width : 46 * Theme.mm

    columns: stacked ? 1 : 2
    spacing: Theme.gap
    verticalItemAlignment: Grid.AlignVCenter

    Words {
        width: root.nameWidth
        text: root.label
        color: Theme.inkSoft
    }

    Row {
        id: choices

        width: root.stacked ? root.width : root.width - root.nameWidth - root.spacing
        spacing: Theme.gap
    }
}
