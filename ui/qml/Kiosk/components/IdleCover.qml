import QtQuick
import Kiosk

// Somebody may have left: nothing of them stays readable, and there is time to say that one is still here.
Rectangle {
    id: root

    required property int secondsLeft
    required property bool personal
    required property bool card
    signal moreTimeAsked
    signal endAsked

    color: Theme.paper
    Accessible.role: Accessible.Dialog
    Accessible.name: asking.text

    Column {
        anchors.centerIn: parent
        width: Math.min(parent.width - 2 * Theme.margin, 230 * Theme.mm)
        spacing: Theme.wide

        Rectangle {
            anchors.horizontalCenter: parent.horizontalCenter
            width: 62 * Theme.mm
            height: width
            radius: width / 2
            color: Theme.surface
            border.width: 2 * Theme.stroke
            border.color: Theme.accent

            Words {
                objectName: "countdown"
                Accessible.ignored: true
                anchors.centerIn: parent
                text: root.secondsLeft
                color: Theme.accent
                font.pixelSize: Theme.giantText
                font.weight: Font.DemiBold
                lineHeight: 1
            }
        }

        Heading {
            id: asking

            objectName: "warning"
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: qsTr("您还在吗？")
        }

        Words {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            color: Theme.inkSoft
            text: root.personal
                ? qsTr("%1 秒后自动结束。没有提交的内容会全部清除，不会留在这台终端上。").arg(root.secondsLeft)
                : qsTr("%1 秒后回到开始画面。").arg(root.secondsLeft)
        }

        Note {
            width: parent.width
            tone: "warn"
            textName: "card-lies"
            message: root.card ? qsTr("身份证还在读卡区") : ""
        }

        PrimaryButton {
            objectName: "moreTime"
            width: parent.width
            implicitHeight: 26 * Theme.mm
            symbol: ""
            label: qsTr("还需要时间")
            onActivated: root.moreTimeAsked()
        }

        SecondaryButton {
            objectName: "endNow"
            anchors.horizontalCenter: parent.horizontalCenter
            label: qsTr("结束")
            onActivated: root.endAsked()
        }
    }
}
