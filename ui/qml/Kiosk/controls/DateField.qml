pragma ComponentBehavior: Bound

import QtQuick
import Kiosk

// A date as it is typed on the number pad: year, month and day, each in a box of its own.
DigitField {
    id: root

    property string digits: ""

    implicitHeight: boxes.implicitHeight
    color: Theme.clear
    border.width: 0
    text: [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6, 8)].filter(part => part !== "").join(" ")

    Row {
        id: boxes

        x: -6 * Theme.mm
        width: root.width
        spacing: Theme.gap

        Repeater {
            model: [
                { "unit": qsTr("年"), "start": 0, "end": 4, "share": 0.44 },
                { "unit": qsTr("月"), "start": 4, "end": 6, "share": 0.28 },
                { "unit": qsTr("日"), "start": 6, "end": 8, "share": 0.28 }
            ]

            Column {
                id: box

                required property var modelData
                readonly property bool next: root.digits.length >= modelData.start
                                             && (root.digits.length < modelData.end || modelData.end === 8)

                width: (boxes.width - 2 * boxes.spacing) * modelData.share
                spacing: 1.5 * Theme.mm

                SmallWords {
                    text: box.modelData.unit
                    color: box.next ? Theme.accent : Theme.inkSoft
                    font.weight: box.next ? Font.DemiBold : Font.Normal
                    lineHeight: 1.1
                }

                Rectangle {
                    width: parent.width
                    height: Theme.primaryTarget
                    radius: Theme.radius
                    color: Theme.surface
                    border.width: box.next && root.activeFocus ? 2 * Theme.stroke : Theme.stroke
                    border.color: root.faulty ? Theme.faultEdge : box.next ? Theme.accent : Theme.edge

                    Words {
                        anchors.centerIn: parent
                        text: root.digits.slice(box.modelData.start, box.modelData.end)
                        font.pixelSize: Theme.titleText
                        font.weight: Font.Medium
                        lineHeight: 1
                    }
                }
            }
        }
    }
}
