import QtQuick
import Kiosk
import Kiosk.ViewModels

// One certificate: whose it is, masked, then the paper.
ShellPage {
    id: root

    readonly property DocumentViewModel document: shell.document

    title: document.title
    lead: document.name
    fault: document.fault
    primary: document.printed ? "" : document.primary
    primaryIcon: "print"

    // Taking the paper comes next; another copy is for whoever needs one.
    actions: SecondaryButton {
        objectName: "reprint"
        height: Theme.primaryTarget
        visible: root.document.printed
        symbol: "print"
        label: root.document.primary
        onActivated: root.proceed()
    }

    Busy {
        anchors.horizontalCenter: parent.horizontalCenter
        visible: root.document.working
    }

    Note {
        width: parent.width
        tone: "good"
        message: root.document.printed ? qsTr("打印件在 A4 出纸口。请拿好，不要留在机器里。") : ""
    }

    Panel {
        width: parent.width
        spacing: Theme.space

        Row {
            spacing: Theme.space

            Icon {
                name: "certificate"
                tint: Theme.accent
                size: 14 * Theme.mm
            }

            Words {
                anchors.verticalCenter: parent.verticalCenter
                text: root.document.name
                font.pixelSize: Theme.leadText
                font.weight: Font.DemiBold
                Accessible.ignored: true
            }
        }

        FactLine {
            width: parent.width
            label: qsTr("姓名")
            confidential: true
            value: root.document.holder
        }

        FactLine {
            width: parent.width
            label: qsTr("证件号码")
            confidential: true
            value: root.document.number
        }

        FactLine {
            width: parent.width
            label: qsTr("出具部门")
            value: root.document.source
        }

        FactLine {
            width: parent.width
            label: qsTr("数据日期")
            value: root.document.asOf
        }

        FactLine {
            width: parent.width
            label: qsTr("页数和费用")
            value: qsTr("A4 纸 %1 页，不收费").arg(root.document.pages)
        }
    }

    Words {
        width: parent.width
        visible: root.document.fault === "" && !root.document.printed
        text: qsTr("打印前会再核对一次：材料上的姓名和号码必须是您本人的。")
        color: Theme.inkSoft
    }
}
