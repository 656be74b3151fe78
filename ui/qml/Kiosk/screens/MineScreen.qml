pragma ComponentBehavior: Bound

import QtQuick
import Kiosk
import Kiosk.ViewModels

// What fits the holder of the card; nothing is applied for yet.
ShellPage {
    id: root

    readonly property MineViewModel mine: shell.mine

    title: mine.offers.count > 0 ? qsTr("您可能需要") : mine.asking ? qsTr("正在查找适合您的事项…") : qsTr("现在没有特别提示的事项")
    lead: qsTr("根据您的身份和区里已有的信息。只作提示，不会替您申请。")
    primary: qsTr("查找其他事项")
    primaryIcon: "search"

    Repeater {
        model: root.mine.offers

        ItemCard {
            id: card

            required property string code
            required property string name
            property bool confidential: true

            objectName: "offer-" + code
            width: parent?.width ?? 0
            label: name
            onActivated: root.mine.choose(card.code)
        }
    }

    Row {
        visible: root.mine.asking
        spacing: Theme.space
        height: 20 * Theme.mm

        Busy {
            anchors.verticalCenter: parent.verticalCenter
        }

        Words {
            anchors.verticalCenter: parent.verticalCenter
            color: Theme.inkSoft
            text: qsTr("正在查询区里已有的信息…")
        }
    }

    Note {
        width: parent.width
        message: root.mine.offline ? qsTr("网络中断，只按身份证上的信息提示。") : ""
    }
}
