pragma ComponentBehavior: Bound

import QtQuick
import Kiosk
import Kiosk.ViewModels

// What is already known, each datum with its source, to use or not.
ShellPage {
    id: root

    readonly property PrefillViewModel prefill: shell.prefill

    title: qsTr("这些信息已经有了，请核对")
    lead: qsTr("不想用选“不使用”，不对选“有误”，后面由您自己填写；有误的会告诉部门。")
    fault: prefill.fault
    faultTone: "warn"
    primary: qsTr("核对无误，继续")
    primaryAvailable: prefill.phase !== "loading"
    contentSpacing: Theme.gap

    actions: SecondaryButton {
        objectName: "reveal"
        height: Theme.primaryTarget
        visible: root.prefill.hides
        available: !root.prefill.revealed
        symbol: "eye"
        label: qsTr("显示 5 秒")
        onActivated: root.prefill.reveal()
    }

    Repeater {
        model: root.prefill.rows

        DatumLine {
            id: line

            required property string field

            objectName: "datum-" + field
            name: objectName
            width: parent?.width ?? 0
            onChosen: choice => root.prefill.choose(line.field, choice)
        }
    }

    Row {
        visible: root.prefill.phase === "loading"
        spacing: Theme.space
        height: 20 * Theme.mm

        Busy {
            anchors.verticalCenter: parent.verticalCenter
        }

        Words {
            objectName: "loading"
            anchors.verticalCenter: parent.verticalCenter
            color: Theme.inkSoft
            text: qsTr("正在查询区里已有的信息…")
        }
    }
}
