pragma ComponentBehavior: Bound

import QtQuick
import Kiosk
import Kiosk.ViewModels

// The pages of one document.
ShellPage {
    id: root

    readonly property PagesViewModel pages: shell.paging
    readonly property bool one: pages.looking && !pages.alone

    title: one ? pages.place : pages.title
    lead: pages.looking ? qsTr("请看看文字是否清楚、四边是否完整。") : pages.note
    fault: pages.fault
    turn: one ? 1 : 0
    primary: one ? qsTr("看全部页") : qsTr("好了")
    primaryIcon: one ? "back" : "tick"

    actions: SecondaryButton {
        objectName: "page-add"
        height: Theme.primaryTarget
        visible: !root.pages.looking
        available: root.pages.canAdd
        symbol: "add"
        label: root.pages.rows.count > 0 ? qsTr("再加一页") : qsTr("加一页")
        onActivated: root.pages.more()
    }

    stage: PageStage {
        anchors.fill: parent
        pages: root.pages
    }
}
