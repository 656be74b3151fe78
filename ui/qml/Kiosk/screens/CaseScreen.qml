pragma ComponentBehavior: Bound

import QtQuick
import Kiosk
import Kiosk.ViewModels

// How one application stands: what happened when, newest first.
ShellPage {
    id: root

    readonly property StoryViewModel story: shell.story

    title: story.title
    lead: story.name
    fault: story.fault
    faultTone: "warn"
    primary: story.needsMore ? qsTr("在这里补交材料") : ""

    Panel {
        width: parent.width

        Repeater {
            model: root.story.steps

            StoryLine {
                required property int index

                width: parent?.width ?? 0
                tail: index < root.story.steps.count - 1
            }
        }
    }

    Panel {
        width: parent.width
        spacing: Theme.space

        FactLine {
            width: parent.width
            visible: root.story.caseNo !== ""
            label: qsTr("办件编号")
            value: root.story.caseNo
        }

        FactLine {
            width: parent.width
            label: qsTr("本机回执编号")
            value: root.story.receiptNo
        }
    }

    Words {
        width: parent.width
        text: qsTr("有疑问请拨打 %1，报上编号就可以。").arg(root.shell.hotline)
        color: Theme.inkSoft
    }
}
