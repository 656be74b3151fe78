pragma ComponentBehavior: Bound

import QtQuick
import Kiosk
import Kiosk.ViewModels

// One question on the resident's situation; nothing personal, and nothing is kept of it yet.
ShellPage {
    id: root

    readonly property PrecheckViewModel ask: shell.precheck

    title: ask.title
    lead: qsTr("%1：第 %2 个问题，共 %3 个，帮您选对材料。").arg(ask.name).arg(ask.number).arg(ask.count)
    fault: ask.fault
    turn: ask.turn
    primary: qsTr("继续")

    Repeater {
        model: root.ask.ways

        ChoiceButton {
            required property string value
            required property string title

            objectName: "choice-" + value
            width: parent?.width ?? 0
            label: title
            onActivated: root.ask.choose(value)
        }
    }
}
