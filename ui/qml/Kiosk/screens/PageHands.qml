import QtQuick
import Kiosk
import Kiosk.ViewModels

// What can be done with the page that is looked at.
Grid {
    id: root

    required property PagesViewModel pages
    readonly property real cell: (width - (columns - 1) * spacing) / columns

    columns: Theme.portrait ? 2 : 1
    spacing: Theme.gap

    SecondaryButton {
        objectName: "page-earlier"
        width: root.cell
        visible: !root.pages.alone
        available: root.pages.canEarlier
        symbol: "earlier"
        label: qsTr("往前移")
        onActivated: root.pages.move(-1)
    }

    SecondaryButton {
        objectName: "page-later"
        width: root.cell
        visible: !root.pages.alone
        available: root.pages.canLater
        symbol: "later"
        label: qsTr("往后移")
        onActivated: root.pages.move(1)
    }

    SecondaryButton {
        objectName: "retake"
        width: root.cell
        symbol: "retake"
        label: qsTr("再来一次")
        onActivated: root.pages.retake()
    }

    SecondaryButton {
        objectName: "page-remove"
        width: root.cell
        symbol: "delete"
        label: qsTr("删除")
        onActivated: root.pages.remove()
    }
}
