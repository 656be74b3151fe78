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
    primary: story.supported ? qsTr("完成") : story.needsMore ? qsTr("在这里补交材料") : ""
    primaryIcon: story.supported ? "tick" : "forward"

    NumberPlate {
        width: parent.width
        visible: root.story.supported
        label: qsTr("这件事的编号，凭它可以查进度")
        number: root.story.caseNo
        numberName: "caseNo"
    }

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
        visible: !root.story.supported
        spacing: Theme.space

        FactLine {
            width: parent.width
            visible: root.story.caseNo !== "" && !root.story.supported
            label: qsTr("办件编号")
            value: root.story.caseNo
        }

        FactLine {
            width: parent.width
            visible: root.story.receiptNo !== ""
            label: qsTr("回执编号")
            value: root.story.receiptNo
        }

        FactLine {
            width: parent.width
            visible: root.story.earlierNo !== ""
            label: qsTr("同一事项更早的办件")
            value: root.story.earlierNo
        }
    }

    Words {
        width: parent.width
        visible: root.story.earlierNo !== ""
        text: qsTr("两次申请都已收到。如果是同一件事，请拨打 %1 撤回其中一件。").arg(root.shell.hotline)
    }

    Words {
        width: parent.width
        text: qsTr("有疑问请拨打 %1，报上编号就可以。").arg(root.shell.hotline)
        color: Theme.inkSoft
    }
}
