pragma ComponentBehavior: Bound

import QtQuick
import Kiosk
import Kiosk.ViewModels

// What happens to personal data, before any is read.
ShellPage {
    id: root

    readonly property NoticeViewModel notice: shell.notice

    title: qsTr("核验身份之前，请先了解")
    lead: qsTr("申请“%1”需要处理您的个人信息：").arg(notice.name)
    primary: qsTr("我已了解，继续")

    actions: SecondaryButton {
        objectName: "decline"
        height: Theme.primaryTarget
        label: qsTr("不同意")
        onActivated: root.notice.decline()
    }

    Panel {
        width: parent.width
        spacing: Theme.space

        Repeater {
            model: root.notice.rows

            FactLine {
                width: parent?.width ?? 0
            }
        }
    }

    Note {
        width: parent.width
        message: qsTr("不想在这里提供信息，可以按“不同意”，看窗口地址，到人工窗口办理，结果一样。")
    }
}
