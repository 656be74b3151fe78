import QtQuick
import Kiosk

// One line drawing on a grid of 24 by 24.
Item {
    id: root

    required property string name
    property color tint: Theme.ink
    property real size: 8 * Theme.mm
    property real weight: 1.7

    readonly property var drawings: ({
        "back": "M15 5 L8 12 L15 19",
        "forward": "M9 5 L16 12 L9 19",
        "leave": "M14 4 H6 A1.5 1.5 0 0 0 4.5 5.5 V18.5 A1.5 1.5 0 0 0 6 20 H14 M10 12 H20 M16.5 8.5 L20 12 L16.5 15.5",
        "tick": "M5 12.5 L10 17.5 L19.5 7",
        "attention": "M12 4 L21 19.5 H3 Z M12 10 V14.2 M12 16.7 V16.9",
        "info": "M12 3.5 A8.5 8.5 0 1 0 12 20.5 A8.5 8.5 0 1 0 12 3.5 Z M12 11 V16.3 M12 7.7 V7.9",
        "search": "M10.5 4 A6.5 6.5 0 1 0 10.5 17 A6.5 6.5 0 1 0 10.5 4 Z M15.3 15.3 L20.5 20.5",
        "phone": "M6 4 H9.2 L10.8 8.4 L8.6 10 A11 11 0 0 0 14 15.4 L15.6 13.2 L20 14.8 V18 A2 2 0 0 1 17.8 20 A15.6 15.6 0 0 1 4 6.2 A2 2 0 0 1 6 4 Z",
        "globe": "M12 3.5 A8.5 8.5 0 1 0 12 20.5 A8.5 8.5 0 1 0 12 3.5 Z M3.5 12 H20.5 M12 3.5 C7.4 8.4 7.4 15.6 12 20.5 C16.6 15.6 16.6 8.4 12 3.5 Z",
        "offline": "M7.5 18.5 H17 A3.8 3.8 0 0 0 17.6 11 A5.6 5.6 0 0 0 7 9.6 A4.5 4.5 0 0 0 7.5 18.5 Z M4 4 L20 21",
        "eye": "M2.5 12 C6.6 5.4 17.4 5.4 21.5 12 C17.4 18.6 6.6 18.6 2.5 12 Z M12 9.2 A2.8 2.8 0 1 0 12 14.8 A2.8 2.8 0 1 0 12 9.2 Z",
        "apply": "M7 3.5 H14.5 L18.5 7.5 V20.5 H5.5 V5 A1.5 1.5 0 0 1 7 3.5 Z M14 3.8 V8 H18.2 M8.5 15.3 L11 17.6 L15.5 12.4",
        "guides": "M12 6.4 C9.6 4.7 6.6 4.3 3.5 4.7 V18.4 C6.6 18 9.6 18.4 12 20.1 C14.4 18.4 17.4 18 20.5 18.4 V4.7 C17.4 4.3 14.4 4.7 12 6.4 Z V20",
        "document": "M7 3.5 H14.5 L18.5 7.5 V20.5 H5.5 V5 A1.5 1.5 0 0 1 7 3.5 Z M14 3.8 V8 H18.2 M8.7 12 H15.3 M8.7 15.7 H15.3",
        "elderly": "M11 3.6 A2.1 2.1 0 1 0 11 7.8 A2.1 2.1 0 1 0 11 3.6 Z M10 10 V15 L8 20.5 M10 15 L13 20.5 M10 10.5 L14 13 M17 12.6 A1.6 1.6 0 0 1 18.6 14 V20.5",
        "home": "M3.5 11.5 L12 4 L20.5 11.5 M6 9.8 V20 H18 V9.8 M10 20 V14 H14 V20",
        "card": "M4.5 5.5 H19.5 A1.5 1.5 0 0 1 21 7 V17 A1.5 1.5 0 0 1 19.5 18.5 H4.5 A1.5 1.5 0 0 1 3 17 V7 A1.5 1.5 0 0 1 4.5 5.5 Z M8.3 9 A1.7 1.7 0 1 0 8.3 12.4 A1.7 1.7 0 1 0 8.3 9 Z M5.8 15.6 C6.5 13.6 10.1 13.6 10.8 15.6 M13.5 10 H18 M13.5 13.5 H18",
        "school": "M12 4.5 L22 9.5 L12 14.5 L2 9.5 Z M6.5 12 V16.8 C9.5 19.2 14.5 19.2 17.5 16.8 V12 M21.4 10 V15.5",
        "support": "M12 20 C5.5 15.6 3.5 12.6 3.5 9.4 A4.4 4.4 0 0 1 12 7.6 A4.4 4.4 0 0 1 20.5 9.4 C20.5 12.6 18.5 15.6 12 20 Z",
        "building": "M5 20.5 V4 H14 V20.5 M14 9 H19 V20.5 M3 20.5 H21 M8 8 H11 M8 12 H11 M8 16 H11",
        "shop": "M4 9.5 L5.8 4.5 H18.2 L20 9.5 A2.6 2.6 0 0 1 14.7 9.8 A2.7 2.7 0 0 1 9.3 9.8 A2.6 2.6 0 0 1 4 9.5 Z M5.5 12.5 V20 H18.5 V12.5 M10 20 V15.5 H14 V20",
        "scan": "M6 3.8 H18 V9 H6 Z M4 9 H20 A1.5 1.5 0 0 1 21.5 10.5 V17 A1.5 1.5 0 0 1 20 18.5 H4 A1.5 1.5 0 0 1 2.5 17 V10.5 A1.5 1.5 0 0 1 4 9 Z M2.5 13.6 H21.5 M17.6 16 H18.6",
        "camera": "M4.5 7 H8 L9.6 4.6 H14.4 L16 7 H19.5 A1.5 1.5 0 0 1 21 8.5 V17.5 A1.5 1.5 0 0 1 19.5 19 H4.5 A1.5 1.5 0 0 1 3 17.5 V8.5 A1.5 1.5 0 0 1 4.5 7 Z M12 9 A3.8 3.8 0 1 0 12 16.6 A3.8 3.8 0 1 0 12 9 Z",
        "receipt": "M6 3.5 H18 V20.5 L15.9 18.9 L14 20.5 L12 18.9 L10 20.5 L8.1 18.9 L6 20.5 Z M9 8 H15 M9 11.5 H15 M9 15 H12.5",
        "saved": "M4 13.5 H8.5 A3.5 3.5 0 0 0 15.5 13.5 H20 M4 13.5 L6.6 5 H17.4 L20 13.5 V19.5 H4 Z"
    })

    implicitWidth: size
    implicitHeight: size

    onTintChanged: drawing.requestPaint()
    onNameChanged: drawing.requestPaint()
    onWeightChanged: drawing.requestPaint()

    // Not a Shape: the software renderer draws one that has scrolled out of its list over whatever is there.
    Canvas {
        id: drawing

        anchors.fill: parent
        renderStrategy: Canvas.Immediate
        onPaint: {
            const pen = getContext("2d");
            pen.reset();
            pen.scale(width / 24, height / 24);
            pen.strokeStyle = root.tint;
            pen.lineWidth = root.weight;
            pen.lineCap = "round";
            pen.lineJoin = "round";
            pen.path = root.drawings[root.name] ?? "";
            pen.stroke();
        }
    }
}
