pragma ComponentBehavior: Bound

import QtQuick
import Kiosk

// The window. It stands with a few words before the terminal is there, and loads only what these need.
Window {
    id: root

    property QtObject shell: null
    property real panelWidthMm: width > height ? 476 : 268
    property real reachMm: 370

    width: 1080
    height: 1920
    color: Theme.paper
    title: qsTr("织网终端")
    onShellChanged: terminal.setSource("Terminal.qml", { shell: root.shell, reachMm: root.reachMm })

    Binding { target: Theme; property: "mm"; value: root.width / root.panelWidthMm }
    Binding { target: Theme; property: "portrait"; value: root.width < root.height }

    Loader {
        anchors.fill: parent
        active: terminal.status !== Loader.Ready
        sourceComponent: Opening {}
    }

    Loader {
        id: terminal

        objectName: "terminal"
        anchors.fill: parent
    }
}
