import QtQuick
import Kiosk
import Kiosk.ViewModels

// The receipt: on paper, or to note down from the screen.
ShellPage {
    id: root

    readonly property OutcomeViewModel outcome: shell.outcome
    readonly property bool printing: outcome.phase === "printing"
    readonly property bool printed: outcome.phase === "printed"
    readonly property bool phoned: outcome.phase === "on-phone"

    title: phoned ? qsTr("请用手机扫码") : printing ? qsTr("正在打印回执…") : printed ? qsTr("请取走回执")
         : outcome.phase === "unknown" ? qsTr("请看看出纸口有没有回执") : qsTr("回执没有打印出来")
    lead: phoned ? qsTr("扫码后可以保存编号、查询进度。码里没有您的姓名和证件号码。") : printing || printed ? "" : qsTr("申请不受影响。请用手机扫码保存，或记下下面的编号。")
    fault: outcome.fault
    faultTone: "warn"
    primary: printing ? "" : qsTr("完成")
    primaryIcon: "tick"

    actions: SecondaryButton {
        objectName: "reprint"
        height: Theme.primaryTarget
        visible: !root.printing && !root.printed
        symbol: "receipt"
        label: root.phoned ? qsTr("打印回执") : qsTr("再打印一次")
        onActivated: root.outcome.reprint()
    }

    SlotDrawing {
        width: parent.width
        visible: root.printing || (root.printed && Theme.portrait)
        outward: true
        moving: root.printing
        way: 1
    }

    Busy {
        anchors.horizontalCenter: parent.horizontalCenter
        visible: root.printing
    }

    ScanCode {
        anchors.horizontalCenter: parent.horizontalCenter
        width: (root.phoned ? 96 : 66) * Theme.mm
        visible: root.outcome.code !== ""
        picture: root.outcome.code
        label: qsTr("查询进度的二维码")
    }

    NumberPlate {
        width: parent.width
        visible: root.outcome.received
        compact: root.printing || root.printed || root.phoned
        label: qsTr("办件编号")
        number: root.outcome.caseNo
        numberName: "caseNo"
    }

    NumberPlate {
        width: parent.width
        compact: root.outcome.received || root.printing || root.printed || root.phoned
        tone: root.outcome.received ? "plain" : "warn"
        label: qsTr("回执编号")
        number: root.outcome.receiptNo
        numberName: "receiptNo"
    }

    FactLine {
        width: parent.width
        label: qsTr("查询进度")
        value: root.outcome.progressUrl
    }
}
