import QtQuick
import Kiosk

// The doors.
ShellPage {
    id: root

    title: qsTr("您好，您想办什么？")
    lead: qsTr("需要本人身份证。没有提交之前，可以随时返回或离开，不留下任何信息。")
    contentSpacing: Theme.wide

    DoorCard {
        objectName: "door-apply"
        width: parent.width
        implicitHeight: (Theme.portrait ? 88 : 74) * Theme.mm
        strong: true
        symbol: "apply"
        label: qsTr("我要办")
        explanation: qsTr("找到事项，在这里提交申请，当场拿回执")
        onActivated: root.shell.openDoor("apply")
    }

    DoorCard {
        objectName: "door-guides"
        width: parent.width
        implicitHeight: (Theme.portrait ? 88 : 74) * Theme.mm
        symbol: "guides"
        label: qsTr("看指南")
        explanation: qsTr("条件、材料、时限、窗口，先看清楚再办")
        onActivated: root.shell.openDoor("guides")
    }

    Item {
        width: 1
        height: Theme.space
        visible: Theme.portrait
    }

    WaySteps {
        width: parent.width
        visible: Theme.portrait
    }
}
