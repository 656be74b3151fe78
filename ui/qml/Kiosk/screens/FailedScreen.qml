import QtQuick
import Kiosk
import Kiosk.ViewModels

// Not successful: never more than is true, and what to do now.
ShellPage {
    id: root

    readonly property FailingViewModel failing: shell.failing

    title: failing.refused ? qsTr("未成功：受理系统没有收下") : qsTr("未成功：申请没有提交")
    lead: failing.name
    fault: failing.reason
    primary: failing.refused ? qsTr("完成") : qsTr("再试一次")
    primaryIcon: failing.refused ? "tick" : "repeat"

    actions: SecondaryButton {
        objectName: "keepOnPhone"
        height: Theme.primaryTarget
        visible: root.failing.refused
        symbol: "code"
        label: qsTr("手机保存")
        onActivated: root.failing.keepOnPhone()
    }

    NumberPlate {
        width: parent.width
        visible: root.failing.refused
        tone: "warn"
        label: qsTr("回执编号")
        number: root.failing.receiptNo
        numberName: "receiptNo"
    }

    SectionTitle {
        width: parent.width
        text: qsTr("现在的情况")
    }

    Words {
        objectName: "kept"
        width: parent.width
        text: root.failing.refused
            ? qsTr("您的申请没有被受理，请不要等待办理结果。请带着原件和这个编号到窗口，工作人员会帮您重新提交。")
            : qsTr("您填写的内容和材料还在这里，没有丢，也还没有提交。可以再试一次，或按“返回”修改；离开后会全部清除。")
    }

    Panel {
        width: parent.width
        spacing: Theme.space

        FactLine {
            width: parent.width
            label: qsTr("办理窗口")
            value: root.failing.window
        }

        FactLine {
            width: parent.width
            label: qsTr("咨询电话")
            value: root.failing.phone
        }
    }
}
