pragma ComponentBehavior: Bound

import QtQuick
import Kiosk
import Kiosk.ViewModels

// Finding a service by words or by theme.
ShellPage {
    id: root

    readonly property FindViewModel find: shell.find

    title: qsTr("找到要办的事项")
    lead: qsTr("输入名称、拼音或首字母，也可以先选主题。")

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
            onEdited: text => root.find.search(text)
        }

        Flow {
            id: chips

            anchors.top: field.bottom
            anchors.topMargin: Theme.space
            width: parent.width
            spacing: Theme.gap

            ThemeChip {
                objectName: "theme-all"
                symbol: ""
                label: qsTr("全部")
                chosen: root.find.everyTheme
                onActivated: root.find.chooseTheme("")
            }

            Repeater {
                model: root.find.themes

                ThemeChip {
                    required property string key
                    required property string title
                    required symbol

                    objectName: "theme-" + key
                    label: title
                    onActivated: root.find.chooseTheme(key)
                }
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
                width: list.width - 5 * Theme.mm
                label: name
                onActivated: root.find.chooseItem(code)
            }
        }

        ScrollBar {
            view: list
        }

        Note {
            objectName: "nothing"
            anchors.top: list.top
            width: parent.width
            visible: root.find.items.count === 0
            message: qsTr("没有找到。换一个说法试试，或点“全部”看所有事项；也可以拨打 %1 询问。").arg(root.shell.hotline)
        }
    }
}
