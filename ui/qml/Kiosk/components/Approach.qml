import QtQuick
import Kiosk

// Something that comes to where it is read, and goes away again; while it is read it lies still.
Item {
    id: root

    property bool reading: false
    // 1: away, 0: there.
    property real apart: 1

    SequentialAnimation on apart {
        running: !root.reading && root.visible && Theme.motion
        loops: Animation.Infinite

        NumberAnimation {
            from: 1
            to: 0
            duration: 1500
            easing.type: Easing.InOutQuad
        }

        PauseAnimation {
            duration: 1800
        }

        NumberAnimation {
            from: 0
            to: 1
            duration: 700
            easing.type: Easing.InOutQuad
        }

        PauseAnimation {
            duration: 500
        }
    }

    Binding {
        target: root
        property: "apart"
        value: 0
        when: root.reading
    }
}
