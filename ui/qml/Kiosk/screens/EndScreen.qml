pragma ComponentBehavior: Bound

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

    Column {
        width: parent.width
        visible: root.ending.also.count > 0
        topPadding: Theme.space
        spacing: Theme.gap

        SectionTitle {
            width: parent.width
            text: qsTr("您可能还需要")
        }

        SmallWords {
            width: parent.width
            text: qsTr("刚才的信息已经清除。继续办理时，请再确认一次身份。")
        }

        Repeater {
            model: root.ending.also

            ItemCard {
                id: card

                required property string code
                required property string name
                property bool confidential: true

                objectName: "offer-" + code
                width: parent?.width ?? 0
                label: name
                onActivated: root.ending.choose(card.code)
            }
        }
    }
}
