pragma ComponentBehavior: Bound

import QtQuick
import Kiosk
import Kiosk.ViewModels

// One thing to type; what it is, is the session's business.
ShellPage {
    id: root

    readonly property EntryViewModel entry: shell.entry

    title: entry.title
    lead: entry.lead
    fault: entry.fault
    turn: entry.question
    primary: entry.primary
    primaryAvailable: !entry.busy

    TextInputField {
        width: parent.width
        eager: true
        inputName: "answer"
        label: root.entry.title
        hint: root.entry.hint
        value: root.entry.draft
        take: root.entry.question
        faulty: root.entry.fault !== ""
        kindHints: root.entry.keys === "digits" ? Qt.ImhDigitsOnly
                 : root.entry.keys === "code" ? Qt.ImhPreferNumbers | Qt.ImhUppercaseOnly : Qt.ImhNone
        onEdited: text => root.entry.edit(text)
    }

    Busy {
        anchors.horizontalCenter: parent.horizontalCenter
        visible: root.entry.busy
    }
}
