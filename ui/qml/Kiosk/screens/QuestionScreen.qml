pragma ComponentBehavior: Bound

import QtQuick
import Kiosk
import Kiosk.ViewModels

// One question. Its heading is the question itself.
ShellPage {
    id: root

    readonly property QuestionViewModel ask: shell.question
    readonly property bool choosing: ask.kind === "choice"
    readonly property bool digits: ask.kind === "phone" || ask.kind === "number" || ask.kind === "date"

    title: ask.title
    lead: ask.hint
    fault: ask.problem
    turn: ask.question
    primary: ask.changing ? qsTr("改好了") : qsTr("继续")

    Tag {
        visible: root.ask.optional
        text: qsTr("可以不填")
    }

    TextInputField {
        width: parent.width
        visible: !root.choosing
        eager: visible
        inputName: "answer"
        label: root.ask.title
        hint: root.ask.kind === "date" ? qsTr("年月日 8 位数字，如 20240315") : qsTr("请在这里输入")
        value: root.ask.draft
        take: root.ask.question
        faulty: root.ask.problem !== ""
        kindHints: root.digits ? Qt.ImhDigitsOnly
                 : root.ask.kind === "id-number" ? Qt.ImhPreferNumbers | Qt.ImhUppercaseOnly : Qt.ImhNone
        onEdited: text => root.ask.edit(text)
    }

    Repeater {
        model: root.ask.choices

        ChoiceButton {
            required property string value
            required property string title

            objectName: "choice-" + value
            width: parent?.width ?? 0
            label: title
            onActivated: root.ask.edit(value)
        }
    }
}
