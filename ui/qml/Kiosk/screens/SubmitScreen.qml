import QtQuick
import Kiosk
import Kiosk.ViewModels

// The application is on its way.
ShellPage {
    id: root

    readonly property SubmissionViewModel submission: shell.submission
    readonly property bool stored: submission.phase === "sending"

    title: stored ? qsTr("已保存，正在等待受理系统答复") : qsTr("正在加密保存…")
    lead: stored ? qsTr("申请已经安全保存，不会丢失。最多再等几秒。") : submission.name

    actions: SecondaryButton {
        objectName: "stopWaiting"
        height: Theme.primaryTarget
        visible: root.stored
        label: qsTr("不再等待，先拿回执")
        onActivated: root.shell.goOn()
    }

    stage: Item {
        anchors.fill: parent

        Column {
            anchors.centerIn: parent
            width: parent.width
            spacing: Theme.wide

            Icon {
                anchors.horizontalCenter: parent.horizontalCenter
                name: "saved"
                tint: Theme.accent
                size: 60 * Theme.mm
            }

            Busy {
                anchors.horizontalCenter: parent.horizontalCenter
            }

            NumberPlate {
                width: parent.width
                visible: root.stored
                compact: true
                tone: "plain"
                label: qsTr("回执编号")
                number: root.submission.receiptNo
                numberName: "receiptNo"
            }
        }
    }
}
