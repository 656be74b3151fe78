pragma ComponentBehavior: Bound

import QtQuick
import Kiosk
import Kiosk.ViewModels

// One question. Its heading is the question itself.
ShellPage {
    id: root

    readonly property QuestionViewModel ask: shell.question
    readonly property bool dated: ask.kind === "date"
    readonly property bool counted: ask.padded && !dated
    readonly property Item field: dated ? date : counted ? digits : ask.kind === "text" ? words
                                : ask.picking === "typing" ? rest : null

    title: ask.title
    lead: ask.hint
    fault: ask.problem === "" ? "" : qsTr("出现问题：%1").arg(ask.problem)
    faultAction: field ? qsTr("去改") : ""
    onFixAsked: field.forceActiveFocus()
    turn: ask.question
    primary: ask.changing && ask.entry === "" ? qsTr("改好了") : qsTr("继续")

    Row {
        visible: root.ask.optional || root.ask.entry !== ""
        spacing: Theme.gap

        Tag {
            objectName: "entry"
            visible: text !== ""
            tone: "accent"
            text: root.ask.entry
        }

        Tag {
            objectName: "optional"
            visible: root.ask.optional
            text: qsTr("可以不填")
        }
    }

    Problem {
        width: parent.width
        message: root.ask.problem
    }

    TextInputField {
        id: words

        width: parent.width
        visible: root.ask.kind === "text"
        eager: visible
        inputName: visible ? "answer" : "text"
        label: root.ask.title
        hint: qsTr("请在这里输入")
        value: root.ask.draft
        take: root.ask.question
        faulty: root.ask.problem !== ""
        onEdited: text => root.ask.edit(text)
    }

    DigitField {
        id: digits

        objectName: root.counted ? "answer" : "digits"
        width: parent.width
        visible: root.counted
        eager: visible
        label: root.ask.title
        hint: qsTr("请按下面的数字")
        text: root.ask.shown
        faulty: root.ask.problem !== ""
        onPressed: key => root.ask.press(key)
    }

    DateField {
        id: date

        objectName: root.dated ? "answer" : "date"
        width: parent.width
        visible: root.dated
        eager: visible
        label: root.ask.title
        digits: root.ask.typed
        faulty: root.ask.problem !== ""
        onPressed: key => root.ask.press(key)
    }

    Loader {
        width: parent.width
        visible: active
        active: root.ask.padded
        sourceComponent: NumberPad {
            withX: root.ask.kind === "id-number"
            onPressed: key => root.ask.press(key)
        }
    }

    Repeater {
        model: root.ask.kind === "choice" ? root.ask.choices : null

        ChoiceButton {
            required property string value
            required property string title

            objectName: "choice-" + value
            width: parent?.width ?? 0
            label: title
            onActivated: root.ask.edit(value)
        }
    }

    Repeater {
        model: root.ask.kind === "choices" ? root.ask.choices : null

        TickBox {
            required property string value
            required property string title
            required property bool chosen

            objectName: "choice-" + value
            width: parent?.width ?? 0
            label: title
            ticked: chosen
            onActivated: root.ask.toggle(value)
        }
    }

    PlacePicker {
        width: parent.width
        visible: root.ask.kind === "address"
        picking: root.ask.picking
        picked: root.ask.picked
        step: root.ask.step
        places: root.ask.places
        known: root.ask.known
        narrow: root.ask.narrow
        onSameAsked: name => root.ask.take(name)
        onPlacePicked: name => root.ask.pick(name)
        onRestAsked: root.ask.typeRest()
        onAnewAsked: root.ask.pickAnew()

        TextInputField {
            id: rest

            width: parent.width
            eager: root.ask.picking === "typing"
            inputName: root.ask.picking === "typing" ? "answer" : "address"
            label: root.ask.step
            hint: qsTr("请在这里输入")
            value: root.ask.draft
            take: root.ask.question
            faulty: root.ask.problem !== ""
            onEdited: text => root.ask.edit(text)
        }
    }

    EntryList {
        width: parent.width
        visible: root.ask.kind === "group"
        entries: root.ask.entries
        note: root.ask.listNote
        canAdd: root.ask.canAdd
        onAddAsked: root.ask.addEntry()
        onChangeAsked: number => root.ask.changeEntry(number)
        onRemoveAsked: number => root.ask.removeEntry(number)
    }
}
