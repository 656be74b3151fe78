pragma ComponentBehavior: Bound

import QtQuick
import Kiosk
import Kiosk.ViewModels

// The doors. Everything fits on the panel: what there is no room for is left out, services first.
ShellPage {
    id: root

    readonly property HomeViewModel home: shell.home
    readonly property bool few: shell.access.elder

    title: qsTr("您好，您想办什么？")
    lead: few ? "" : qsTr("没有提交之前，可以随时返回或离开，不留下任何信息。")

    stage: Item {
        id: room

        readonly property int bigColumns: root.few && Theme.portrait ? 1 : 2
        readonly property int bigRows: Math.ceil(root.home.big.count / bigColumns)
        readonly property int tileRows: root.few ? 0 : Math.ceil((root.home.small.count + 1) / 3)
        // What is left over in the last row shares it.
        readonly property int tileRest: (root.home.small.count + 1) % 3
        readonly property real tileWidth: Math.floor((width - 2 * Theme.gap) / 3)
        readonly property real restWidth: Math.floor((width - (tileRest - 1) * Theme.gap) / Math.max(1, tileRest))
        readonly property real tileHeight: (Theme.portrait && !root.shell.access.low ? 52 : 40) * Theme.mm
        readonly property real elderHeight: root.few ? Theme.primaryTarget + Theme.space : 0
        readonly property real chipHeight: 18 * Theme.mm + Theme.gap
        readonly property real fixed: search.height + Theme.space + tileRows * (tileHeight + Theme.gap) + elderHeight
        readonly property real bigHeight: Math.min((root.few || Theme.portrait ? 76 : 50) * Theme.mm,
            (height - fixed - (bigRows - 1) * Theme.gap) / Math.max(1, bigRows))
        readonly property real spare: height - fixed - bigRows * (bigHeight + Theme.gap) - 16 * Theme.mm
        readonly property int chips: root.few ? 0 : 2 * Math.max(0, Math.floor(spare / chipHeight))

        anchors.fill: parent

        SearchDoor {
            id: search

            objectName: "door-search"
            width: parent.width
            label: qsTr("搜索：事项名称、拼音或首字母")
            onActivated: root.home.open("apply")
        }

        Grid {
            id: bigs

            y: search.height + Theme.space
            width: parent.width
            columns: room.bigColumns
            spacing: Theme.gap

            Repeater {
                model: root.home.big

                DoorCard {
                    id: big

                    required property int index
                    required property string key
                    required property string title
                    required property string words
                    required property bool open
                    required symbol
                    required note

                    objectName: "door-" + key
                    width: (room.width - (room.bigColumns - 1) * Theme.gap) / room.bigColumns
                    height: room.bigHeight
                    strong: index === 0
                    label: title
                    explanation: root.few || note !== "" ? "" : words
                    available: open
                    onActivated: root.home.open(big.key)
                }
            }
        }

        Flow {
            id: tiles

            y: bigs.y + bigs.height + Theme.gap
            width: parent.width
            visible: !root.few
            spacing: Theme.gap

            Repeater {
                model: root.home.small

                DoorCard {
                    id: small

                    required property int index
                    required property string key
                    required property string title
                    required property bool open
                    required symbol
                    required note

                    objectName: "door-" + key
                    width: index < root.home.small.count + 1 - room.tileRest ? room.tileWidth : room.restWidth
                    height: room.tileHeight
                    tile: true
                    label: title
                    available: open
                    onActivated: root.home.open(small.key)
                }
            }

            DoorCard {
                objectName: "door-elder"
                width: room.tileRest > 0 ? room.restWidth : room.tileWidth
                height: room.tileHeight
                tile: true
                symbol: "larger"
                label: qsTr("长辈版")
                onActivated: root.shell.access.goElder()
            }
        }

        SecondaryButton {
            objectName: "door-standard"
            y: bigs.y + bigs.height + Theme.space
            height: Theme.primaryTarget
            visible: root.few
            symbol: "larger"
            label: qsTr("回到标准版")
            onActivated: root.shell.access.goElder()
        }

        SectionTitle {
            id: hotTitle

            y: tiles.y + tiles.height + Theme.space
            visible: room.chips > 0 && root.home.hot.count > 0
            text: qsTr("可以在这里直接办")
        }

        Grid {
            y: hotTitle.y + hotTitle.height + Theme.gap
            width: parent.width
            columns: 2
            spacing: Theme.gap

            Repeater {
                model: root.home.hot

                ServiceChip {
                    id: chip

                    required property int index
                    required property string code
                    required property string name
                    required symbol

                    objectName: "hot-" + code
                    width: (room.width - Theme.gap) / 2
                    height: 18 * Theme.mm
                    visible: index < room.chips
                    label: name
                    onActivated: root.home.choose(chip.code)
                }
            }
        }
    }
}
