pragma ComponentBehavior: Bound

import QtQuick
import Kiosk
import Kiosk.ViewModels

// Taking one page, then looking at it.
ShellPage {
    id: root

    readonly property CaptureViewModel taking: shell.capture
    readonly property bool judging: taking.phase === "judging"
    readonly property bool working: taking.phase === "working"
    readonly property bool photo: taking.way === "photo"

    title: judging ? (taking.good ? qsTr("看得清楚吗？") : qsTr("这一页可能不够清楚"))
         : working ? (photo ? qsTr("正在拍照，请不要移动") : qsTr("正在扫描，请稍候")) : taking.name
    lead: judging ? qsTr("请看看文字是否清楚、四边是否完整。") : taking.how
    fault: taking.fault
    primary: judging ? qsTr("就用这一页") : ""
    primaryIcon: "tick"

    actions: [
        SecondaryButton {
            objectName: "retake"
            height: Theme.primaryTarget
            visible: root.judging
            symbol: root.photo ? "camera" : "scan"
            label: qsTr("重新取")
            onActivated: root.taking.retake()
        },
        PrimaryButton {
            objectName: "capture"
            width: Theme.portrait ? root.bodyWidth : 120 * Theme.mm
            visible: !root.judging
            available: !root.working
            symbol: root.photo ? "camera" : "scan"
            label: root.photo ? qsTr("拍照") : qsTr("开始扫描")
            onActivated: root.taking.capture()
        }
    ]

    stage: Item {
        anchors.fill: parent

        CaptureStage {
            anchors.fill: parent
            taking: root.taking
            judging: root.judging
            working: root.working
            photo: root.photo
        }
    }
}
