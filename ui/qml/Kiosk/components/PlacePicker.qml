pragma ComponentBehavior: Bound

import QtQuick
import Kiosk

// An address from lists, one step after the other; or the rest of it, typed.
Column {
    id: root

    required property string picking
    required property string picked
    required property string step
    required property var places
    required property var known
    property bool narrow: false
    default property alias content: written.data
    signal placePicked(string name)
    signal sameAsked(string name)
    signal restAsked
    signal anewAsked

    readonly property bool listing: picking === "list"

    spacing: Theme.gap

    Panel {
        id: trail

        property bool confidential: true

        width: parent.width
        visible: root.picked !== ""
        padding: 4 * Theme.mm

        Row {
            width: parent.width
            spacing: 3 * Theme.mm

            Icon {
                id: sign

                y: (picked.pitch - height) / 2
                name: "place"
                tint: Theme.accent
                size: 8 * Theme.mm * Theme.reach
            }

            Words {
                id: picked

                objectName: "picked"
                width: parent.width - sign.width - parent.spacing
                text: root.picked
                font.weight: Font.Medium
            }
        }
    }

    Repeater {
        model: root.known

        PlaceButton {
            id: same

            required property string name
            required property string title
            required detail

            objectName: "same-" + name
            width: parent?.width ?? 0
            label: title
            onActivated: root.sameAsked(same.name)
        }
    }

    Words {
        objectName: "step"
        width: parent.width
        topPadding: y > 0 ? Theme.gap : 0
        text: root.step
        font.weight: Font.DemiBold
    }

    Column {
        id: written

        width: parent.width
        visible: root.picking === "typing"
    }

    Grid {
        id: list

        width: parent.width
        visible: root.listing
        columns: root.narrow ? 3 : 2
        spacing: Theme.gap

        Repeater {
            model: root.places

            PlaceButton {
                id: place

                required property string name
                required property string title
                required sample

                objectName: "place-" + name
                width: Math.floor((list.width - (list.columns - 1) * list.spacing) / list.columns)
                label: title
                onActivated: root.placePicked(place.name)
            }
        }
    }

    SecondaryButton {
        objectName: "by-hand"
        visible: root.listing
        height: Theme.primaryTarget
        symbol: "edit"
        label: qsTr("不在列表里，自己填写")
        onActivated: root.restAsked()
    }

    SecondaryButton {
        objectName: "from-list"
        visible: !root.listing
        height: Theme.primaryTarget
        symbol: "place"
        label: qsTr("从列表里重新选择")
        onActivated: root.anewAsked()
    }
}
