import QtQuick
import Kiosk

// One prefilled datum: what it is, where it is from, and whether it is used, left out, or wrong.
Rectangle {
    id: root

    required property string label
    required property string value
    required property string source
    required property string choice
    required property bool fixed
    property string name: ""
    property bool confidential: true
    readonly property bool used: choice === "use"
    readonly property bool stacked: Theme.scale > 1.2
    signal chosen(string choice)

    implicitHeight: (stacked ? texts.height + (fixed ? mark.height : picks.height) + 2 * Theme.gap
                             : Math.max(texts.height, picks.height)) + 7 * Theme.mm
    radius: Theme.radius
    color: used ? Theme.surface : Theme.paper
    border.width: Theme.hairline
    border.color: used ? Theme.accentLine : Theme.line
    Accessible.role: Accessible.StaticText
    Accessible.name: label

    Column {
        id: texts

        x: 6 * Theme.mm
        y: root.stacked ? 3.5 * Theme.mm : (parent.height - height) / 2
        width: (root.stacked ? parent.width : (root.fixed ? mark.x : picks.x)) - x - 4 * Theme.mm
        spacing: 0.5 * Theme.mm

        SmallWords {
            width: parent.width
            text: root.label
            lineHeight: 1.2
        }

        Words {
            objectName: root.name + "-value"
            width: parent.width
            text: root.value
            color: root.used ? Theme.ink : Theme.inkSoft
            font.pixelSize: Theme.leadText
            font.weight: Font.Medium
            font.strikeout: !root.used
            lineHeight: 1.25
        }

        SmallWords {
            width: parent.width
            text: root.source
            font.pixelSize: 0.9 * Theme.smallText
            lineHeight: 1.2
        }
    }

    SmallWords {
        id: mark

        x: root.stacked ? texts.x : parent.width - width - 6 * Theme.mm
        y: root.stacked ? texts.y + texts.height + Theme.gap : (parent.height - height) / 2
        visible: root.fixed
        text: qsTr("以证件为准")
        color: Theme.accent
        wrapMode: Text.NoWrap
    }

    Row {
        id: picks

        readonly property real each: root.stacked ? (root.width - 8 * Theme.mm - 2 * Theme.gap) / 3 : 32 * Theme.mm

        x: root.stacked ? 4 * Theme.mm : parent.width - width - 4 * Theme.mm
        y: root.stacked ? texts.y + texts.height + Theme.gap : (parent.height - height) / 2
        visible: !root.fixed
        spacing: Theme.gap

        Segment {
            objectName: root.name + "-use"
            width: picks.each
            textSize: Theme.smallText
            label: qsTr("使用")
            Accessible.name: label + " " + root.label
            chosen: root.choice === "use"
            onActivated: root.chosen("use")
        }

        Segment {
            objectName: root.name + "-skip"
            width: picks.each
            textSize: Theme.smallText
            label: qsTr("不使用")
            Accessible.name: label + " " + root.label
            chosen: root.choice === "skip"
            onActivated: root.chosen("skip")
        }

        Segment {
            objectName: root.name + "-wrong"
            width: picks.each
            textSize: Theme.smallText
            label: qsTr("有误")
            Accessible.name: label + " " + root.label
            chosen: root.choice === "wrong"
            onActivated: root.chosen("wrong")
        }
    }
}
