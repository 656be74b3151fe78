import QtQuick
import Kiosk
import Kiosk.ViewModels

// Choosing one of several; what they are is the session's business.
ShellPage {
    id: root

    readonly property PickViewModel pick: shell.pick

    title: pick.title
    lead: pick.lead
    fault: pick.fault
    faultTone: "warn"
    primary: pick.primary

    Busy {
        anchors.horizontalCenter: parent.horizontalCenter
        visible: root.pick.busy
    }

    PickGrid {
        width: parent.width
        columns: Theme.elder ? 1 : root.pick.columns
        model: root.pick.lines
        confidential: root.pick.confidential
        roomy: root.pick.columns === 1 && root.pick.lines.count < 5
        onChosen: code => root.pick.choose(code)
    }
}
