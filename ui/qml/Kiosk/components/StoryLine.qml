import QtQuick
import Kiosk

// One thing that happened to an application, on a line of them; the newest stands out.
Item {
    id: root

    required property string title
    required property string day
    required property string meaning
    required property string note
    required property bool last
    required property string tone
    property bool tail: true

    implicitHeight: texts.implicitHeight + (tail ? Theme.wide : 0)
    Accessible.role: Accessible.StaticText
    Accessible.name: day === "" ? title : day + " " + title

    Rectangle {
        x: 5 * Theme.mm
        y: 6 * Theme.mm
        width: Theme.stroke
        height: parent.height
        visible: root.tail
        color: Theme.accentLine
    }

    Rectangle {
        x: 5 * Theme.mm + Theme.stroke / 2 - width / 2
        y: 1.2 * Theme.mm
        width: (root.last ? 9 : 6) * Theme.mm
        height: width
        radius: width / 2
        color: root.last ? Theme.accent : Theme.surface
        border.width: Theme.stroke
        border.color: root.last ? Theme.accent : Theme.accentLine
    }

    Column {
        id: texts

        x: 16 * Theme.mm
        width: parent.width - x
        spacing: 1 * Theme.mm

        Words {
            width: parent.width
            text: root.title
            font.pixelSize: root.last ? Theme.leadText : Theme.bodyText
            font.weight: root.last ? Font.DemiBold : Font.Normal
        }

        SmallWords {
            width: parent.width
            visible: root.day !== ""
            text: root.day
        }

        Words {
            width: parent.width
            visible: root.last && root.meaning !== ""
            text: root.meaning
            color: Theme.inkSoft
        }

        Note {
            width: parent.width
            tone: root.last ? root.tone : "info"
            message: root.note
        }
    }
}
