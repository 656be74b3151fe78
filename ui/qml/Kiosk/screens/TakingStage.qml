pragma ComponentBehavior: Bound

import QtQuick
import Kiosk
import Kiosk.Native
import Kiosk.ViewModels

// The live picture, the scanner, or what was taken; below it what there is to say of it.
Item {
    id: root

    required property TakingViewModel taking
    required property string pictureName
    property bool good: true
    property Item notes: null
    // Lying, a page leaves room beside it, and the live picture leaves none.
    readonly property bool beside: !Theme.portrait && taking.judging && !good
    readonly property real room: height - (remarks.height > 0 && !beside ? remarks.height + Theme.space : 0)

    Rectangle {
        width: parent.width
        height: root.room
        visible: root.taking.photo && !root.taking.judging
        radius: Theme.radius
        color: Theme.ink

        CameraView {
            id: camera

            objectName: "preview"
            anchors.fill: parent
            anchors.margins: Theme.space
            feed: root.taking.feed
            active: root.taking.photo && !root.taking.judging
            Accessible.role: Accessible.Graphic
            Accessible.name: qsTr("摄像头画面")
        }

        Words {
            anchors.centerIn: parent
            width: parent.width - 2 * Theme.wide
            horizontalAlignment: Text.AlignHCenter
            visible: !camera.live
            color: Theme.inverse
            text: qsTr("正在打开摄像头…")
        }
    }

    SlotDrawing {
        anchors.centerIn: parent
        visible: !root.taking.photo && !root.taking.judging
        moving: !root.taking.working
    }

    Rectangle {
        anchors.fill: busy
        anchors.margins: -3 * Theme.mm
        radius: height / 2
        visible: busy.visible && root.taking.photo
        color: Theme.ink
    }

    Busy {
        id: busy

        anchors.horizontalCenter: parent.horizontalCenter
        y: root.room - height - Theme.wide
        visible: root.taking.working
        tint: root.taking.photo ? Theme.inverse : Theme.accent
    }

    PageThumb {
        objectName: "page"
        x: root.beside && Theme.left ? parent.width - width : 0
        width: parent.width - (root.beside ? remarks.width + Theme.space : 0)
        height: root.room
        visible: root.taking.judging
        picture: root.taking.page
        Accessible.role: Accessible.Graphic
        Accessible.name: root.pictureName
    }

    Item {
        id: remarks

        x: root.beside && !Theme.left ? parent.width - width : 0
        y: root.beside ? 0 : parent.height - height
        width: (root.beside ? 0.6 : 1) * parent.width
        height: root.notes === null ? 0 : root.notes.implicitHeight
        data: root.notes === null ? [] : [root.notes]
    }
}
