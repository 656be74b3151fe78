pragma ComponentBehavior: Bound

import QtQuick
import Kiosk
import Kiosk.ViewModels

// All pages small, or one of them large with what can be done with it.
Item {
    id: root

    required property PagesViewModel pages

    ScrollArea {
        anchors.fill: parent
        visible: !root.pages.looking

        Row {
            width: parent.width
            visible: root.pages.removed !== ""
            spacing: Theme.gap

            Note {
                id: removed

                width: parent.width - restore.width - Theme.gap
                height: Math.max(implicitHeight, restore.height)
                message: root.pages.removed
                textName: "removed"
            }

            SecondaryButton {
                id: restore

                objectName: "page-restore"
                height: Math.max(implicitHeight, removed.implicitHeight)
                symbol: "undo"
                label: qsTr("放回来")
                onActivated: root.pages.restore()
            }
        }

        Note {
            width: parent.width
            message: root.pages.full
            textName: "full"
        }

        Grid {
            id: grid

            width: parent.width
            columns: Theme.portrait ? 3 : 4
            spacing: Theme.space

            Repeater {
                model: root.pages.rows

                PageTile {
                    id: tile

                    width: Math.floor((grid.width - (grid.columns - 1) * grid.spacing) / grid.columns)
                    onActivated: root.pages.look(tile.number)
                }
            }
        }
    }

    PageThumb {
        objectName: "page"
        x: !Theme.portrait && Theme.left ? parent.width - width : 0
        width: parent.width - (Theme.portrait ? 0 : hands.width + Theme.space)
        height: parent.height - (Theme.portrait ? hands.height + Theme.space : 0)
        visible: root.pages.looking
        picture: root.pages.picture
        Accessible.role: Accessible.Graphic
        Accessible.name: root.pages.place
    }

    PageHands {
        id: hands

        x: Theme.portrait || Theme.left ? 0 : parent.width - width
        y: parent.height - height
        width: Theme.portrait ? parent.width : 74 * Theme.mm * Theme.reach
        visible: root.pages.looking
        pages: root.pages
    }
}
