pragma ComponentBehavior: Bound

import QtQuick
import Kiosk

// What the five keys type with: the wheel of letters, and where it stands. Keys move it, no finger does.
Rectangle {
    id: root

    property bool open: false
    property string wheelName: ""
    property string letters: ""
    property list<string> options: []
    property int at: 0
    property string help: ""

    readonly property int around: 3

    visible: open
    implicitHeight: column.implicitHeight + 14 * Theme.mm
    radius: 2 * Theme.radius
    color: Theme.surface
    border.width: 1.6 * Theme.mm
    border.color: Theme.ink
    Accessible.ignored: true

    Column {
        id: column

        anchors.centerIn: parent
        width: parent.width - 16 * Theme.mm
        spacing: Theme.space

        Words {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: root.letters === "" ? root.wheelName : root.wheelName + "　" + root.letters
            font.weight: Font.DemiBold
        }

        Row {
            width: parent.width

            Repeater {
                model: 2 * root.around + 1

                Item {
                    id: place

                    required property int index
                    readonly property bool middle: index === root.around
                    readonly property int count: Math.max(1, root.options.length)
                    readonly property int option: (root.at + index - root.around + 8 * count) % count

                    width: column.width / (2 * root.around + 1)
                    height: 34 * Theme.mm

                    Rectangle {
                        anchors.fill: parent
                        visible: place.middle
                        radius: Theme.radius
                        color: Theme.accent
                    }

                    Words {
                        anchors.fill: parent
                        anchors.margins: 1 * Theme.mm
                        horizontalAlignment: Text.AlignHCenter
                        verticalAlignment: Text.AlignVCenter
                        text: root.options[place.option] ?? ""
                        color: place.middle ? Theme.inverse : Theme.inkSoft
                        lineHeight: 1.1
                        font.pixelSize: text.length > 2 ? Theme.bodyText
                                      : place.middle ? Theme.displayText : Theme.titleText
                    }
                }
            }
        }

        SmallWords {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: root.help
        }
    }
}
