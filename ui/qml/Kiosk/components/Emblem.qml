import QtQuick
import QtQuick.Shapes
import Kiosk

// Two threads crossing two: the sign of the terminal.
Item {
    id: root

    property real size: 12 * Theme.mm
    property color tint: Theme.accent

    implicitWidth: size
    implicitHeight: size

    rotation: 45

    Shape {
        width: 24
        height: 24
        scale: root.size / 24
        transformOrigin: Item.TopLeft

        ShapePath {
            strokeColor: root.tint
            strokeWidth: 2.6
            fillColor: Theme.clear
            capStyle: ShapePath.RoundCap

            PathSvg {
                path: "M3 8.5 H6 M11 8.5 H21 M3 15.5 H13 M18 15.5 H21 M8.5 3 V13 M8.5 18 V21 M15.5 3 V6 M15.5 11 V21"
            }
        }
    }
}
