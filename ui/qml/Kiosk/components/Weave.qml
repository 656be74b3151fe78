pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Shapes
import Kiosk

// A net being woven: threads along and across, waving slowly. Everything drifts, so nothing burns in.
Item {
    id: root

    property real phase: 0
    property int threads: 9

    clip: true

    Repeater {
        model: root.threads * 2

        Shape {
            id: thread

            required property int index
            readonly property bool across: index >= root.threads
            readonly property int place: index % root.threads
            readonly property real length: Math.max(root.width, root.height) * 1.4
            readonly property real wave: length / 6
            readonly property real swing: (thread.place % 2 === 0 ? 1 : -1) * (16 + 7 * (thread.place % 3)) * Theme.mm
            readonly property string strand: {
                const w = thread.wave;
                const a = thread.swing;
                let path = "M0 0";
                for (let i = 0; i < 6; ++i)
                    path += ` q ${w / 2} ${i % 2 === 0 ? a : -a} ${w} 0`;
                return path;
            }

            x: across ? (place + 0.5) * root.width / root.threads : -wave * ((root.phase + place / root.threads) % 2)
            y: across ? -wave * ((root.phase + place / root.threads) % 2) : (place + 0.5) * root.height / root.threads
            rotation: across ? 90 : 0
            transformOrigin: Item.TopLeft

            ShapePath {
                strokeColor: thread.index % 6 === 4 ? Theme.nightGlow : Theme.nightLine
                strokeWidth: (thread.index % 6 === 4 ? 0.5 : 0.9) * Theme.mm
                fillColor: Theme.clear

                PathSvg {
                    path: thread.strand
                }
            }
        }
    }

    Timer {
        interval: 200
        repeat: true
        running: root.visible && Theme.motion
        onTriggered: root.phase = (root.phase + 0.003) % 2
    }
}
