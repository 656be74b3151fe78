pragma ComponentBehavior: Bound

import QtQuick
import Kiosk

// How an application goes, from the door to the receipt.
Item {
    id: root

    readonly property list<string> symbols: ["search", "card", "apply", "receipt"]
    readonly property list<string> words: [qsTr("找事项"), qsTr("放身份证"), qsTr("填写提交"), qsTr("拿回执")]

    implicitHeight: 44 * Theme.mm

    Row {
        anchors.fill: parent

        Repeater {
            model: 4

            Item {
                id: way

                required property int index

                width: root.width / 4
                height: root.height

                Rectangle {
                    x: way.width / 2 + 15 * Theme.mm
                    y: 13 * Theme.mm
                    width: way.width - 30 * Theme.mm
                    height: Theme.stroke
                    color: Theme.accentLine
                    visible: way.index < 3
                }

                Rectangle {
                    id: circle

                    anchors.horizontalCenter: parent.horizontalCenter
                    width: 26 * Theme.mm
                    height: width
                    radius: width / 2
                    color: Theme.surface
                    border.width: Theme.stroke
                    border.color: Theme.accentLine

                    Icon {
                        anchors.centerIn: parent
                        name: root.symbols[way.index]
                        tint: Theme.accent
                        size: 13 * Theme.mm
                    }
                }

                Words {
                    anchors.top: circle.bottom
                    anchors.topMargin: 3 * Theme.mm
                    width: parent.width
                    horizontalAlignment: Text.AlignHCenter
                    text: root.words[way.index]
                }
            }
        }
    }
}
