pragma ComponentBehavior: Bound

import QtQuick
import Kiosk
import Kiosk.Native
import Kiosk.ViewModels

// The live picture, the scanner, or the page that was taken.
Item {
    id: root

    required property CaptureViewModel taking
    required property bool judging
    required property bool working
    required property bool photo

    Rectangle {
        anchors.fill: parent
        visible: root.photo && !root.judging
        radius: Theme.radius
        color: Theme.ink

        CameraView {
            id: camera

            objectName: "preview"
            anchors.fill: parent
            anchors.margins: Theme.space
            feed: root.taking.feed
            active: root.photo && !root.judging
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
        visible: !root.photo && !root.judging
        moving: !root.working
    }

    Busy {
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.wide
        visible: root.working
        tint: root.photo ? Theme.inverse : Theme.accent
    }

    PageThumb {
        objectName: "page"
        width: parent.width
        height: parent.height - (notes.height > 0 ? notes.height + Theme.space : 0)
        visible: root.judging
        picture: root.taking.page
        Accessible.role: Accessible.Graphic
        Accessible.name: qsTr("刚取得的一页")
    }

    Column {
        id: notes

        anchors.bottom: parent.bottom
        width: parent.width
        spacing: Theme.gap
        visible: root.judging

        Repeater {
            model: root.taking.findings

            Note {
                required property string text

                width: parent?.width ?? 0
                tone: "warn"
                message: text
                textName: "finding"
            }
        }
    }
}
