import QtQuick
import Kiosk
import Kiosk.ViewModels

// The item does not fit this situation: no error, but why, what else, and whom to ask.
ShellPage {
    id: root

    readonly property UnfitViewModel unfit: shell.unfit

    title: qsTr("这种情况不能在这里办理")
    lead: unfit.name
    primary: qsTr("看办事指南")
    primaryIcon: "guides"

    Panel {
        width: parent.width

        Words {
            objectName: "reason"
            width: parent.width
            text: root.unfit.reason
            font.pixelSize: Theme.leadText
        }
    }

    Panel {
        width: parent.width
        spacing: Theme.space

        FactLine {
            width: parent.width
            label: qsTr("办理窗口")
            value: root.unfit.window
        }

        FactLine {
            width: parent.width
            label: qsTr("咨询电话")
            value: root.unfit.phone
        }
    }

    Note {
        width: parent.width
        message: qsTr("选错了？按“返回”可以重新选择。没有留下任何信息。")
    }
}
