pragma ComponentBehavior: Bound

import QtQuick
import Kiosk
import Kiosk.ViewModels

// While the picture is live, what to do with the page; afterwards what is wrong with it, and the way to keep
// it nevertheless.
Column {
    id: root

    required property CaptureViewModel taking

    spacing: Theme.gap

    Note {
        width: parent.width
        visible: root.taking.photo && !root.taking.judging && !root.taking.working
        tone: root.taking.hint === "" ? "info" : root.taking.ready ? "good" : "warn"
        message: root.taking.hint !== "" ? root.taking.hint : qsTr("请把整页放进画面")
        textName: "hint"
    }

    Repeater {
        model: root.taking.findings

        Note {
            required property string text

            width: parent?.width ?? 0
            tone: "warn"
            message: text
            textName: "finding"
        }
    }

    SecondaryButton {
        objectName: "accept"
        width: parent.width
        visible: root.taking.judging && !root.taking.good
        symbol: root.taking.twice ? "tick" : "eye"
        label: root.taking.twice ? qsTr("没有重复，就用这一页") : qsTr("看得清，就用这一页")
        onActivated: root.taking.accept()
    }
}
