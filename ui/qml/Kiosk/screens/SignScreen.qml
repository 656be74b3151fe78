import QtQuick
import Kiosk
import Kiosk.Native
import Kiosk.ViewModels

// Signing with a finger, or by laying the card down once more.
ShellPage {
    id: root

    readonly property SigningViewModel signing: shell.signing

    title: qsTr("请签名")
    lead: fault !== "" && Theme.scale > 1.2 ? "" : signing.cardMay
        ? qsTr("用手指在框里写您的姓名。不方便写，可以把身份证再放一次，代替签名。") : qsTr("用手指在框里写您的姓名。")
    fault: signing.fault
    primary: qsTr("签好了，提交申请")
    primaryIcon: "tick"

    actions: SecondaryButton {
        objectName: "clear"
        height: Theme.primaryTarget
        available: root.signing.begun
        symbol: "erase"
        label: qsTr("重写")
        onActivated: root.signing.clear()
    }

    stage: Item {
        anchors.fill: parent

        Rectangle {
            id: paper

            width: parent.width
            height: Math.min(0.4 * width, parent.height - told.height - Theme.space)
            radius: Theme.radius
            color: Theme.surface
            border.width: 2 * Theme.stroke
            border.color: root.signing.begun ? Theme.accent : Theme.edge

            Rectangle {
                x: 8 * Theme.mm
                y: 0.78 * parent.height
                width: parent.width - 16 * Theme.mm
                height: Theme.hairline
                color: Theme.accentLine
            }

            SignaturePad {
                id: pad

                property bool confidential: true

                objectName: "pad"
                anchors.fill: parent
                anchors.margins: Theme.stroke
                visible: !root.signing.byCard
                strokes: root.signing.strokes
                ink: Theme.ink
                thickness: 1.1 * Theme.mm
                onDrawn: root.signing.draw(pad.latest)
                Accessible.role: Accessible.Graphic
                Accessible.name: qsTr("签名框")
            }

            Row {
                anchors.centerIn: parent
                visible: root.signing.byCard
                spacing: Theme.space

                Icon {
                    anchors.verticalCenter: parent.verticalCenter
                    name: "card"
                    tint: Theme.goodInk
                    size: 16 * Theme.mm
                }

                Words {
                    objectName: "confirmed"
                    anchors.verticalCenter: parent.verticalCenter
                    text: qsTr("已用身份证确认")
                    color: Theme.goodInk
                    font.pixelSize: Theme.leadText
                    font.weight: Font.Medium
                }
            }
        }

        Note {
            id: told

            anchors.top: paper.bottom
            anchors.topMargin: Theme.space
            width: parent.width
            textName: "card-instead"
            message: !root.signing.cardMay || root.signing.byCard || (root.signing.begun && Theme.scale > 1.2) ? "" : root.signing.lifted
                ? qsTr("用身份证代替签名：现在把身份证放到读卡区。")
                : qsTr("用身份证代替签名：先拿起身份证，再放到读卡区。")
        }
    }
}
