pragma ComponentBehavior: Bound

import QtQuick
import Kiosk
import Kiosk.ViewModels

// Taking one picture, then looking at it: a page of a document, or a reported problem.
ShellPage {
    id: root

    property TakingViewModel taking: shell.photo
    required property string take
    required property string again
    required property string keep
    required property string pictureName
    property bool good: true
    property Item notes: null

    fault: taking.fault
    primary: taking.judging && good ? keep : ""
    primaryIcon: "tick"

    actions: [
        SecondaryButton {
            objectName: "retake"
            height: Theme.primaryTarget
            visible: root.taking.judging && root.good
            symbol: root.taking.photo ? "camera" : "scan"
            label: root.again
            onActivated: root.taking.retake()
        },
        PrimaryButton {
            objectName: root.taking.judging ? "retake" : "capture"
            width: Theme.portrait ? root.bodyWidth : 120 * Theme.mm
            visible: !root.taking.judging || !root.good
            available: !root.taking.working
            symbol: root.taking.photo ? "camera" : "scan"
            label: root.taking.judging ? root.again : root.take
            onActivated: root.taking.judging ? root.taking.retake() : root.taking.capture()
        }
    ]

    stage: TakingStage {
        anchors.fill: parent
        taking: root.taking
        pictureName: root.pictureName
        good: root.good
        notes: root.notes
    }
}
