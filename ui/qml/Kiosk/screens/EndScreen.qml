import QtQuick
import Kiosk
import Kiosk.ViewModels

// Goodbye, with what must not be left behind.
ShellPage {
    id: root

    readonly property EndingViewModel ending: shell.ending
    readonly property bool something: ending.card || ending.originals || ending.paper

    title: something ? qsTr("请带走您的物品") : qsTr("谢谢，再见")
    lead: qsTr("这台终端的屏幕上不再有您的信息。")
    primary: qsTr("回到开始画面")
    primaryIcon: "tick"
    contentSpacing: Theme.space

    Note {
        width: parent.width
        tone: "warn"
        textName: "forgotten"
        message: root.ending.forgotten
    }

    TakeAlong {
        width: parent.width
        visible: root.ending.card
        objectName: "take-card"
        icon: "card"
        label: qsTr("身份证还在读卡区")
    }

    TakeAlong {
        width: parent.width
        visible: root.ending.originals
        objectName: "take-originals"
        icon: "document"
        label: qsTr("材料原件可能还在扫描仪或拍摄台上")
    }

    TakeAlong {
        width: parent.width
        visible: root.ending.paper
        objectName: "take-paper"
        icon: "receipt"
        label: qsTr("回执在出纸口")
    }
}
