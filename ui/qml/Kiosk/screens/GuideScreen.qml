pragma ComponentBehavior: Bound

import QtQuick
import Kiosk
import Kiosk.ViewModels

// Everything to know before starting.
ShellPage {
    id: root

    readonly property GuideViewModel guide: shell.guide

    readonly property bool phoned: guide.code !== ""

    title: phoned ? qsTr("请用手机扫码") : guide.name
    lead: !phoned ? guide.summary
        : guide.onTheWeb ? qsTr("扫码后手机打开这份指南：%1。").arg(guide.name)
        : qsTr("扫码后手机显示“%1”要带什么、去哪里、打什么电话，不用上网。").arg(guide.name)
    fault: guide.fault
    faultTone: "warn"
    primary: guide.here ? qsTr("开始办理") : ""

    actions: [
        SecondaryButton {
            objectName: "phone-guide"
            height: Theme.primaryTarget
            visible: !root.phoned
            symbol: "code"
            label: qsTr("手机看指南")
            onActivated: root.guide.takeOnPhone()
        },
        SecondaryButton {
            objectName: "print-guide"
            height: Theme.primaryTarget
            available: !root.guide.printing
            symbol: "print"
            label: root.guide.printing ? qsTr("正在打印…") : qsTr("打印指南")
            onActivated: root.guide.printGuide()
        }
    ]

    Note {
        width: parent.width
        tone: "good"
        textName: "guide-printed"
        message: root.guide.printed ? qsTr("指南在出纸口，请取走。") : ""
    }

    ScanCode {
        anchors.horizontalCenter: parent.horizontalCenter
        width: 96 * Theme.mm
        visible: root.phoned
        picture: root.guide.code
        label: qsTr("指南的二维码")
    }

    GuideBody {
        width: parent.width
        visible: !root.phoned
        guide: root.guide
    }
}
