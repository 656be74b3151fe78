pragma ComponentBehavior: Bound

import QtQuick
import Kiosk
import Kiosk.ViewModels

// Finding a service by words, or by going through life events, themes or departments.
ShellPage {
    id: root

    readonly property FindViewModel find: shell.find

    title: find.group !== "" ? find.group : qsTr("找到要办的事项")
    lead: find.group !== "" ? (find.items.count > 0 ? qsTr("共 %1 项。").arg(find.items.count) : "")
                            : qsTr("输入名称、拼音或首字母，或者一类一类地找。")

    stage: Item {
        anchors.fill: parent

        TextInputField {
            id: field

            width: parent.width
            inputName: "search"
            confidential: false
            icon: "search"
            label: qsTr("搜索事项")
            hint: qsTr("例如：高龄、gaoling、gl")
            value: root.find.query
            take: root.find.take
            onEdited: text => root.find.search(text)
        }

        Flow {
            id: chips

            anchors.top: field.bottom
            anchors.topMargin: Theme.space
            width: parent.width
            spacing: Theme.gap

            Repeater {
                model: root.find.facets

                Segment {
                    required property string code
                    required property string title

                    objectName: "facet-" + code
                    label: title
                    onActivated: root.find.browse(code)
                }
            }

            FilterChip {
                objectName: "only-here"
                label: qsTr("只看本机可办")
                chosen: root.find.here
                onActivated: root.find.toggleHere()
            }
        }

        Note {
            id: near

            anchors.top: chips.bottom
            anchors.topMargin: visible ? Theme.space : 0
            width: parent.width
            height: visible ? implicitHeight : 0
            textName: "near"
            message: root.find.near && root.find.items.count > 0 ? qsTr("没有完全一样的事项。您是不是要找：") : ""
        }

        ListView {
            id: list

            anchors.top: near.bottom
            anchors.topMargin: Theme.space
            anchors.bottom: parent.bottom
            width: parent.width
            visible: root.find.groups.count === 0
            spacing: Theme.gap
            clip: true
            boundsBehavior: Flickable.StopAtBounds
            // Made at once and not in idle moments: a list emptied meanwhile would trip over its own plans.
            cacheBuffer: 0
            displayMarginBeginning: 3 * height
            displayMarginEnd: 3 * height
            model: root.find.items

            delegate: ItemCard {
                required property string code
                required property string name

                objectName: "item-" + code
                width: list.width
                label: name
                onActivated: root.find.chooseItem(code)
            }
        }

        ScrollBar {
            view: list
            beyond: Theme.space
        }

        ScrollArea {
            anchors.fill: list
            visible: root.find.groups.count > 0

            PickGrid {
                width: parent?.width ?? 0
                columns: Theme.elder ? 1 : 2
                model: root.find.groups
                prefix: "group"
                onChosen: key => root.find.open(key)
            }
        }

        Note {
            objectName: "nothing"
            anchors.top: list.top
            width: parent.width
            visible: root.find.items.count === 0 && root.find.groups.count === 0
            message: (root.find.here ? qsTr("本机能办的事项里没有找到。关掉“只看本机可办”，再看看到窗口办的事项；也可以拨打 %1。")
                : qsTr("没有找到。换一个说法试试，或点“全部”看所有事项；也可以拨打 %1。")).arg(root.shell.hotline)
        }
    }
}
