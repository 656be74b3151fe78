import QtQuick
import Kiosk
import Kiosk.ViewModels

// Lies over every screen when asked for: language, size, contrast, reach, side, time and voice.
Rectangle {
    id: root

    required property AccessViewModel access
    readonly property real third: (choices.width - 2 * Theme.gap) / 3

    color: Theme.veil
    Accessible.role: Accessible.Dialog
    Accessible.name: heading.text

    // What lies below is out of reach while the panel is open.
    MouseArea {
        objectName: "accessVeil"
        anchors.fill: parent
        Accessible.name: qsTr("关闭")
        Accessible.ignored: true
        onClicked: root.access.open(false)
    }

    Rectangle {
        objectName: "accessPanel"
        anchors.bottom: parent.bottom
        anchors.horizontalCenter: parent.horizontalCenter
        width: Math.min(parent.width, 300 * Theme.mm)
        height: Math.min(parent.height - Theme.space, heading.height + choices.implicitHeight + foot.height + 3 * Theme.wide)
        color: Theme.paper
        border.width: Theme.hairline
        border.color: Theme.line

        // A touch on the panel is none on what lies below.
        MouseArea {
            objectName: "accessSheet"
            anchors.fill: parent
            Accessible.name: heading.text
            Accessible.ignored: true
        }

        Heading {
            id: heading

            objectName: "accessTitle"
            x: Theme.margin
            y: Theme.wide
            width: parent.width - 2 * x
            text: qsTr("语言和显示")
        }

        ScrollArea {
            x: Theme.margin
            anchors.top: heading.bottom
            anchors.bottom: foot.top
            anchors.topMargin: Theme.space
            anchors.bottomMargin: Theme.space
            width: parent.width - 2 * x

            AccessChoices {
                id: choices

                width: parent.width
                access: root.access
            }
        }

        Row {
            id: foot

            anchors.bottom: parent.bottom
            anchors.bottomMargin: Theme.space
            x: Theme.margin
            width: parent.width - 2 * x
            spacing: Theme.gap
            layoutDirection: Theme.left ? Qt.RightToLeft : Qt.LeftToRight

            SecondaryButton {
                id: reset

                objectName: "accessReset"
                height: Theme.primaryTarget
                label: qsTr("恢复原样")
                onActivated: root.access.reset()
            }

            PrimaryButton {
                objectName: "accessDone"
                width: parent.width - reset.width - Theme.gap
                label: qsTr("好了，继续")
                symbol: "tick"
                onActivated: root.access.open(false)
            }
        }
    }
}
