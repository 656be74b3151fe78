pragma ComponentBehavior: Bound

import QtQuick
import Kiosk

// A heading and its points.
Column {
    id: root

    required property string title
    required property var rows
    property bool numbered: false

    visible: points.count > 0
    spacing: Theme.gap

    SectionTitle {
        width: parent.width
        text: root.title
    }

    Repeater {
        id: points

        model: root.rows

        Item {
            id: point

            required property int index
            required property string text

            width: root.width
            implicitHeight: words.implicitHeight
            Accessible.role: Accessible.StaticText
            Accessible.name: root.numbered ? (index + 1) + ". " + text : text

            Words {
                text: root.numbered ? point.index + 1 : "·"
                color: Theme.accent
                font.weight: Font.DemiBold
            }

            Words {
                id: words

                x: 1.3 * font.pixelSize
                width: parent.width - x
                text: point.text
            }
        }
    }
}
