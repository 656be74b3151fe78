import QtQuick
import Kiosk

// Back, end and help: the same place on every screen.
Rectangle {
    id: root

    required property string hotline
    required property bool canGoBack
    required property bool canEnd
    signal backAsked
    signal endAsked

    implicitHeight: Theme.footerHeight
    color: Theme.shade
    Accessible.role: Accessible.ToolBar
    LayoutMirroring.enabled: Theme.left
    LayoutMirroring.childrenInherit: true

    Rectangle {
        width: parent.width
        height: Theme.hairline
        color: Theme.line
    }

    SecondaryButton {
        objectName: "back"
        anchors.left: parent.left
        anchors.leftMargin: Theme.margin
        anchors.verticalCenter: parent.verticalCenter
        visible: root.canGoBack
        textSize: Theme.frameText
        symbol: "back"
        label: qsTr("返回")
        onActivated: root.backAsked()
    }

    Row {
        anchors.centerIn: parent
        spacing: 2.5 * Theme.mm

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            name: "phone"
            tint: Theme.inkSoft
            size: 6.5 * Theme.mm
        }

        SmallWords {
            objectName: "help"
            anchors.verticalCenter: parent.verticalCenter
            text: qsTr("人工帮助 %1").arg(root.hotline)
            font.pixelSize: Theme.frameText
            wrapMode: Text.NoWrap
        }
    }

    SecondaryButton {
        objectName: "end"
        anchors.right: parent.right
        anchors.rightMargin: Theme.margin
        anchors.verticalCenter: parent.verticalCenter
        available: root.canEnd
        textSize: Theme.frameText
        symbol: "leave"
        label: qsTr("结束离开")
        onActivated: root.endAsked()
    }
}
