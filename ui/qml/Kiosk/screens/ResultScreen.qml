import QtQuick
import Kiosk
import Kiosk.ViewModels

// Received by the platform, or saved here and not yet there. Never a third thing.
ShellPage {
    id: root

    readonly property OutcomeViewModel outcome: shell.outcome

    title: outcome.left ? qsTr("刚才提交的申请没有丢失") : outcome.received ? qsTr("已收件") : qsTr("已保存，尚未送达受理系统")
    lead: outcome.left
        ? qsTr("终端刚才重新启动过。申请已经保存，不用再提交。如果是您提交的，请打印回执；如果不是，请选“不是我提交的”。")
        : outcome.received ? qsTr("受理系统已收到您的申请。")
        : qsTr("受理系统还没有答复。申请已加密保存在这台终端，会自动继续送达，您不用再来。")
    primary: qsTr("打印回执")
    primaryIcon: "receipt"

    NumberPlate {
        width: parent.width
        visible: root.outcome.received
        label: qsTr("办件编号")
        number: root.outcome.caseNo
        numberName: "caseNo"
    }

    NumberPlate {
        width: parent.width
        compact: root.outcome.received
        tone: root.outcome.received ? "plain" : "warn"
        label: qsTr("回执编号")
        number: root.outcome.receiptNo
        numberName: "receiptNo"
    }

    NumberPlate {
        width: parent.width
        visible: root.outcome.earlierNo !== ""
        compact: true
        tone: "warn"
        label: root.outcome.earlier
        number: root.outcome.earlierNo
        numberName: "earlierNo"
    }

    Words {
        width: parent.width
        visible: root.outcome.earlierNo !== ""
        text: qsTr("两次申请都已收到。如果是同一件事，请拨打 %1 撤回其中一件。").arg(root.shell.hotline)
    }

    Flow {
        width: parent.width
        spacing: Theme.gap

        SecondaryButton {
            objectName: "receipt-phone"
            height: Theme.primaryTarget
            symbol: "code"
            label: qsTr("手机扫码保存回执")
            onActivated: root.outcome.choose("phone")
        }

        SecondaryButton {
            objectName: "receipt-none"
            height: Theme.primaryTarget
            label: root.outcome.left ? qsTr("不是我提交的") : qsTr("不需要回执")
            onActivated: root.outcome.choose("none")
        }
    }

    Panel {
        width: parent.width
        spacing: Theme.space

        FactLine {
            width: parent.width
            label: qsTr("事项")
            value: root.outcome.name
        }

        FactLine {
            width: parent.width
            visible: root.outcome.applicant !== ""
            label: qsTr("申请人")
            confidential: true
            value: root.outcome.applicant
        }

        FactLine {
            width: parent.width
            visible: root.outcome.pages >= 0
            label: qsTr("材料")
            value: qsTr("%1 页").arg(root.outcome.pages)
        }
    }

    SectionTitle {
        width: parent.width
        text: qsTr("接下来")
    }

    Words {
        width: parent.width
        text: root.outcome.report
            ? qsTr("您反映的问题会转给负责的部门。凭回执编号，可以在“查进度”里看处理到哪一步，也可以拨打 %1。").arg(root.shell.hotline)
            : root.outcome.received
            ? qsTr("承诺 %1 个工作日内办结。凭办件编号和证件号码后四位，可以随时查询进度。").arg(root.outcome.promisedDays)
            : qsTr("请保管好回执编号。送达后，凭这个编号可以查到办件编号和进度；需要帮助请拨打 %1。").arg(root.shell.hotline)
    }
}
