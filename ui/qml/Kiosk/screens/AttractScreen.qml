import QtQuick
import Kiosk
import Kiosk.ViewModels

// Nobody is here: an invitation that drifts about, so that no part of the panel shows the same all night.
TouchButton {
    id: root

    required property ShellViewModel shell
    readonly property OutageViewModel outage: shell.outage
    readonly property bool closed: outage.reason !== ""
    // A screen that lies has no room for the emblem beside a notice.
    readonly property bool crowded: (outage.cutOff || outage.slipLeft) && height < width
    property real drift: 0

    objectName: "start"
    label: closed ? qsTr("触摸屏幕，查指南和进度") : qsTr("触摸屏幕开始")
    onActivated: root.shell.start()

    background: Rectangle {
        color: Theme.night

        Weave {
            anchors.fill: parent
        }
    }

    // What has to be read: no thread of the background goes through it.
    component NightWords: Prose {
        room: parent?.width ?? 0
        anchors.horizontalCenter: parent?.horizontalCenter
        horizontalAlignment: Text.AlignHCenter
        color: Theme.nightGlow

        Rectangle {
            z: -1
            anchors.fill: parent
            anchors.margins: -Theme.gap
            radius: Theme.radius
            color: Theme.night
        }
    }

    contentItem: Item {
        Column {
            // Up and down all the room there is: no pixel shows the same for longer than a few minutes.
            x: (root.width - width) * (0.5 + 0.45 * Math.sin(root.drift))
            y: (root.height - height) * (0.5 - 0.45 * Math.cos(0.7 * root.drift + 1.2))
            width: Math.min(root.width - 2 * Theme.margin, 300 * Theme.mm)
            spacing: Theme.wide

            Emblem {
                anchors.horizontalCenter: parent.horizontalCenter
                visible: !root.crowded
                size: 44 * Theme.mm
                tint: Theme.inverse
            }

            Words {
                objectName: "title"
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                text: qsTr("24 小时自助政务终端")
                color: Theme.inverse
                font.pixelSize: Theme.titleText
                lineHeight: 1.2
            }

            Rectangle {
                anchors.horizontalCenter: parent.horizontalCenter
                width: invitation.width + 36 * Theme.mm
                height: invitation.height + 20 * Theme.mm
                radius: height / 2
                color: Theme.night
                border.width: 2 * Theme.stroke
                border.color: Theme.nightGlow

                Column {
                    id: invitation

                    anchors.centerIn: parent
                    spacing: 2 * Theme.mm

                    Words {
                        anchors.horizontalCenter: parent.horizontalCenter
                        text: root.closed ? qsTr("触摸屏幕，查指南和进度") : "触摸屏幕开始"
                        color: Theme.inverse
                        font.pixelSize: root.closed ? Theme.titleText : Theme.displayText
                        font.weight: Font.DemiBold
                        lineHeight: 1.1
                        wrapMode: Text.NoWrap
                    }

                    Words {
                        anchors.horizontalCenter: parent.horizontalCenter
                        visible: !root.closed
                        text: "Touch to start"
                        color: Theme.inverse
                        font.pixelSize: Theme.titleText
                        lineHeight: 1.1
                        wrapMode: Text.NoWrap
                    }
                }
            }

            OutageWords {
                width: parent.width
                visible: root.closed
                reason: root.outage.reason
                since: root.outage.since
                hotline: root.shell.hotline
                neighbours: root.outage.neighbours
            }

            NightWords {
                objectName: "cutOff"
                visible: root.outage.cutOff
                text: qsTr("终端刚才重新启动过，上一次操作没有完成，内容没有保存。没有拿到回执的，请重新办理。")
            }

            NightWords {
                objectName: "slipLeft"
                visible: root.outage.slipLeft
                text: qsTr("终端刚才重新启动过。上一次提交的申请已经保存，没有丢失。请触摸屏幕领取回执。")
            }

            NightWords {
                objectName: "forgotten"
                visible: text !== ""
                text: root.outage.forgotten
            }

            ClockWords {
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                color: Theme.inverse
                font.pixelSize: Theme.displayText
            }

            Words {
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                text: qsTr("%1　终端 %2").arg(root.shell.place).arg(root.shell.terminalNo)
                color: Theme.inverse
            }
        }
    }

    Timer {
        interval: 200
        repeat: true
        running: root.visible && Theme.motion
        onTriggered: root.drift += 0.003
    }
}
