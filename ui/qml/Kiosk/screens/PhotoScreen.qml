pragma ComponentBehavior: Bound

import QtQuick
import Kiosk
import Kiosk.Native
import Kiosk.ViewModels

// A photo of a reported problem: the live picture, then what was taken.
ShellPage {
    id: root

    readonly property PhotoViewModel photo: shell.photo

    title: photo.judging ? qsTr("用这张照片吗？") : photo.working ? qsTr("正在拍照，请不要移动") : qsTr("对准要拍的东西")
    lead: photo.judging ? qsTr("请看看有没有拍到别人的脸或车牌。")
                        : qsTr("可以把手机里的照片举到摄像头前。请不要拍到别人的脸和车牌。")
    fault: photo.fault
    primary: photo.judging ? qsTr("就用这一张") : ""
    primaryIcon: "tick"

    actions: [
        SecondaryButton {
            objectName: "retake"
            height: Theme.primaryTarget
            visible: root.photo.judging
            symbol: "camera"
            label: qsTr("重新拍")
            onActivated: root.photo.retake()
        },
        PrimaryButton {
            objectName: "capture"
            width: Theme.portrait ? root.bodyWidth : 120 * Theme.mm
            visible: !root.photo.judging
            available: !root.photo.working
            symbol: "camera"
            label: qsTr("拍照")
            onActivated: root.photo.capture()
        }
    ]

    stage: Item {
        anchors.fill: parent

        Rectangle {
            anchors.fill: parent
            visible: !root.photo.judging
            radius: Theme.radius
            color: Theme.ink

            CameraView {
                id: camera

                objectName: "preview"
                anchors.fill: parent
                anchors.margins: Theme.space
                feed: root.photo.feed
                active: !root.photo.judging
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

        PageThumb {
            objectName: "page"
            anchors.fill: parent
            visible: root.photo.judging
            picture: root.photo.page
            Accessible.role: Accessible.Graphic
            Accessible.name: qsTr("刚拍的照片")
        }
    }
}
