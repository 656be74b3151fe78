pragma ComponentBehavior: Bound

import QtQuick
import Kiosk
import Kiosk.ViewModels

// The terminal in its window: the frame fills it, or in the low-reach layout only what a seated person reaches of it.
Item {
    id: root

    required property ShellViewModel shell
    required property real reachMm

    readonly property AccessViewModel access: shell.access
    readonly property bool nobody: shell.screen === "attract"
    readonly property real lowHeight: Math.min(height, reachMm * Theme.mm)

    objectName: "screens"

    Binding { target: Theme; property: "scale"; value: root.access.size / 100 }
    Binding { target: Theme; property: "contrast"; value: root.access.contrast }
    Binding { target: Theme; property: "left"; value: root.access.left }
    Binding { target: Theme; property: "language"; value: root.shell.language }

    // What is out of reach from a wheelchair says so by its calm: there is nothing to touch in it.
    Rectangle {
        objectName: "outOfReach"
        width: parent.width
        height: root.height - frame.height
        visible: height > 0
        color: Theme.night

        Weave {
            anchors.fill: parent
        }

        Emblem {
            anchors.centerIn: parent
            size: Math.min(34 * Theme.mm, 0.5 * parent.height)
            tint: Theme.inverse
        }
    }

    ShellFrame {
        id: frame

        objectName: "frame"
        anchors.bottom: parent.bottom
        width: parent.width
        height: root.access.low && !root.nobody ? root.lowHeight : root.height
        shell: root.shell
    }

    SpellerPanel {
        objectName: "spellerPanel"
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.footerHeight + Theme.space
        x: Theme.margin
        width: parent.width - 2 * Theme.margin
    }

    FocusMark {
        objectName: "focusMark"
    }
}
