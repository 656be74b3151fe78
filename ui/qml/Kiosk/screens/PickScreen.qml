pragma ComponentBehavior: Bound

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

    Grid {
        id: grid

        width: parent.width
        columns: Theme.elder ? 1 : root.pick.columns
        spacing: Theme.gap

        Repeater {
            model: root.pick.lines

            PickCard {
                required property string code
                required property string title
                property bool confidential: root.pick.confidential

                objectName: "pick-" + code
                width: (grid.width - (grid.columns - 1) * grid.spacing) / grid.columns
                roomy: root.pick.columns === 1 && root.pick.lines.count < 5
                label: title
                onActivated: root.pick.choose(code)
            }
        }
    }
}
