pragma ComponentBehavior: Bound

import QtQuick
import Kiosk
import Kiosk.ViewModels

// Five faces; nobody has to.
ShellPage {
    id: root

    readonly property RatingViewModel rating: shell.rating
    readonly property bool asking: rating.phase === "asking"
    readonly property bool listed: Theme.scale > 1.2

    title: asking ? qsTr("这次办理，您满意吗？") : qsTr("谢谢您")
    lead: asking ? qsTr("可以不评价。评价不记您的姓名，不影响办理。") : ""
    primary: asking ? qsTr("不评价，完成") : qsTr("完成")
    primaryIcon: "tick"

    Grid {
        width: parent.width
        visible: root.asking
        columns: root.listed ? 1 : 5
        spacing: Theme.gap

        Repeater {
            model: root.rating.faces

            FaceButton {
                required property int score
                required property string title
                required symbol

                objectName: "face-" + score
                width: root.listed ? parent?.width ?? 0 : ((parent?.width ?? 0) - 4 * Theme.gap) / 5
                listed: root.listed
                label: title
                onActivated: root.rating.rate(score)
            }
        }
    }

    Note {
        objectName: "rating-told"
        width: parent.width
        tone: root.rating.phase === "sent" ? "good" : "info"
        textName: "rating-words"
        message: root.rating.phase === "sent" ? qsTr("您的评价已经送到。")
               : root.rating.phase === "unsent" ? qsTr("现在没有送出您的评价，也没有保存。您的申请不受影响。")
               : root.rating.phase === "sending" ? qsTr("正在送出您的评价，您可以直接离开。") : ""
    }
}
