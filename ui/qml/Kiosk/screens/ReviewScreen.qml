pragma ComponentBehavior: Bound

import QtQuick
import Kiosk
import Kiosk.ViewModels

// Everything once more, then the declaration.
ShellPage {
    id: root

    readonly property ReviewViewModel review: shell.review

    title: qsTr("提交前，请再看一遍")
    lead: review.name
    fault: review.fault
    primary: qsTr("提交申请")
    primaryIcon: "tick"

    actions: SecondaryButton {
        objectName: "reveal"
        height: Theme.primaryTarget
        visible: root.review.hides
        available: !root.review.revealed
        symbol: "eye"
        label: qsTr("显示 5 秒")
        onActivated: root.review.reveal()
    }

    Panel {
        width: parent.width
        visible: root.review.people.count > 0
        spacing: 0

        Repeater {
            model: root.review.people

            AnswerLine {
                id: person

                required property string code

                width: parent?.width ?? 0
                target: code
                onChangeAsked: root.review.change(person.code)
            }
        }
    }

    Panel {
        width: parent.width
        spacing: 0

        Repeater {
            model: root.review.answers

            AnswerLine {
                id: line

                required property string field
                required source
                required fixed
                required computed

                width: parent?.width ?? 0
                target: field
                onChangeAsked: root.review.change(line.field)
            }
        }
    }

    Panel {
        width: parent.width
        visible: root.review.documents.count > 0
        spacing: 0

        Repeater {
            model: root.review.documents

            AnswerLine {
                id: document

                required property string code
                required property string name
                required property string status
                required picture

                width: parent?.width ?? 0
                label: name
                value: status
                target: code
                onChangeAsked: root.review.change(document.code)
            }
        }
    }

    TickBox {
        objectName: "declaration"
        width: parent.width
        label: root.review.acting ? qsTr("我声明：以上内容和材料真实、完整，我有权替申请人提交。")
             : qsTr("我声明：以上内容和材料真实、完整，由我本人提交。")
        ticked: root.review.declared
        onActivated: root.review.declare(!root.review.declared)
    }
}
