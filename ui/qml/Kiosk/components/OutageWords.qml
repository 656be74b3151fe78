pragma ComponentBehavior: Bound

import QtQuick
import Kiosk

// Nothing can be filed here now: why, since when, and where to go instead. Light on dark, for the start screen.
Column {
    id: root

    required property string reason
    required property string since
    required property string hotline
    required property list<string> neighbours

    spacing: Theme.space

    Words {
        objectName: "outage"
        width: parent.width
        horizontalAlignment: Text.AlignHCenter
        text: qsTr("这台终端现在不能提交申请")
        color: Theme.nightGlow
        font.pixelSize: Theme.titleText
        font.weight: Font.DemiBold
        lineHeight: 1.2
    }

    Words {
        objectName: "outageReason"
        width: parent.width
        horizontalAlignment: Text.AlignHCenter
        text: root.since === "" ? root.reason : qsTr("%1（%2 起）").arg(root.reason).arg(root.since)
        color: Theme.inverse
    }

    Words {
        width: parent.width
        visible: root.neighbours.length > 0
        horizontalAlignment: Text.AlignHCenter
        text: qsTr("可以改到这里办理：")
        color: Theme.inverse
    }

    Repeater {
        model: root.neighbours

        Words {
            required property string modelData

            width: root.width
            horizontalAlignment: Text.AlignHCenter
            text: modelData
            color: Theme.inverse
            font.weight: Font.Medium
        }
    }

    Words {
        width: parent.width
        horizontalAlignment: Text.AlignHCenter
        text: qsTr("人工帮助 %1").arg(root.hotline)
        color: Theme.inverse
    }
}
