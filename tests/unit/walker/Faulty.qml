pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Kiosk

// One fault of each kind that the walker knows; the name of each item says which.
Item {
    id: root

    width: 800
    height: 1200

    component Sound: T.AbstractButton {
        objectName: "nobody"
        property bool available: true
        property bool settled: true
        property string words: objectName

        width: 100
        height: 100
        focusPolicy: Qt.TabFocus
        Accessible.role: Accessible.Button
        Accessible.name: words
        background: Rectangle {
            color: Theme.surface
            border.width: 3
            border.color: Theme.ink
        }
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.surface
    }

    Sound { objectName: "sound"; x: 20; y: 20 }
    Sound { objectName: "too-small"; x: 140; y: 20; width: 50 }
    Sound { objectName: "too-close"; x: 260; y: 20 }
    Sound { objectName: "its-neighbour"; x: 368; y: 20 }
    Sound { objectName: "overlapping"; x: 500; y: 20 }
    Sound { objectName: "overlapped"; x: 580; y: 20 }
    Sound { objectName: "outside"; x: 740; y: 140 }
    Sound { objectName: "nameless"; x: 20; y: 140; words: "" }
    Sound { objectName: "double"; x: 140; y: 140 }
    Sound { objectName: "double"; x: 260; y: 140 }
    Sound { objectName: "unfocused"; x: 380; y: 140; focusPolicy: Qt.NoFocus }
    Sound { objectName: "silent"; x: 500; y: 140; Accessible.ignored: true }
    Sound { objectName: "foreign"; x: 620; y: 140; words: "返回" }
    Sound {
        objectName: "edgeless"
        x: 20
        y: 260
        background: Rectangle { color: Theme.shade }
    }
    Sound { objectName: "end"; x: 140; y: 260; available: false }
    Sound { objectName: "low"; x: 20; y: 1080 }

    Text { objectName: "sound-text"; x: 20; y: 400; text: "Plain words"; font.pixelSize: 24; color: Theme.ink }
    Text { objectName: "elided"; x: 20; y: 450; width: 80; text: "Words without end"; elide: Text.ElideRight; font.pixelSize: 24 }
    Text { objectName: "cut"; x: 220; y: 450; height: 12; text: "Cut words"; font.pixelSize: 24 }
    Text { objectName: "beyond"; x: 740; y: 450; text: "Beyond the panel"; font.pixelSize: 24 }
    Text { objectName: "over"; x: 20; y: 500; text: "One above the other"; font.pixelSize: 24 }
    Text { objectName: "under"; x: 40; y: 506; text: "Other"; font.pixelSize: 24 }
    Text { objectName: "pale"; x: 20; y: 560; text: "Pale words"; font.pixelSize: 24; color: Theme.accentLine }
    Text { objectName: "pale-large"; x: 20; y: 620; text: "Large"; font.pixelSize: 48; color: Theme.idle }
    Text { objectName: "hidden"; x: 20; y: 700; text: "Hidden words"; font.pixelSize: 24 }
    Rectangle { x: 10; y: 695; width: 300; height: 50; color: Theme.surface }
    Text { objectName: "chinese"; x: 20; y: 760; text: "陈淑芬 姓名"; font.pixelSize: 24 }
    Text { objectName: "own"; x: 420; y: 760; text: "陈淑芬 · 宝安****"; font.pixelSize: 24 }
    Item { objectName: "no-icon"; x: 20; y: 820; width: 30; height: 30
        Text { objectName: "glyph"; width: 30; height: 30; text: "" }
    }
    Item {
        objectName: "keyboardPanel"
        x: 200
        y: 900

        SmallKey { objectName: "key"; width: 50; height: 80 }
    }
    Item {
        x: 400
        y: 400
        width: 300
        height: 40
        clip: true

        Text { objectName: "clipped"; y: 20; text: "Half of it"; font.pixelSize: 24 }
    }
    Flickable {
        x: 400
        y: 900
        width: 300
        height: 100
        contentHeight: 400
        clip: true

        Text { objectName: "scrolled"; y: 80; text: "To be scrolled to"; font.pixelSize: 24 }
        Sound { objectName: "scrolled-control"; y: 200 }
    }
}
