pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.VirtualKeyboard
import Kiosk
import Kiosk.Native

// Writing one character with a finger: the pad under the hand that writes, what it may be beside it.
Item {
    id: root

    objectName: "writing"

    required property Handwriting handwriting

    readonly property var words: handwriting?.candidates ?? []
    readonly property bool both: handwriting?.traditional ?? false
    readonly property int columns: 5
    readonly property int rows: both ? 3 : 2
    readonly property real side: height - 2 * Theme.gap
    readonly property real rest: width - side - 3 * Theme.gap
    readonly property real keyWidth: (rest - (columns - 1) * Theme.gap) / columns
    readonly property real actionHeight: Math.max(20 * Theme.mm, (side - 3 * Theme.gap) / 4)
    readonly property real keyHeight: (side - actionHeight - rows * Theme.gap) / rows

    Binding {
        target: root.handwriting
        property: "before"
        // Nothing while hidden: a binding keeps its value, and this one is what a resident wrote.
        value: root.visible ? InputContext.surroundingText.substring(0, InputContext.cursorPosition) : ""
        when: root.visible
    }

    Rectangle {
        id: sheet

        x: Theme.left ? Theme.gap : root.width - width - Theme.gap
        y: Theme.gap
        width: root.side
        height: root.side
        radius: Theme.radius
        color: Theme.surface
        border.width: Theme.stroke
        border.color: Theme.accentLine

        Rectangle {
            anchors.centerIn: parent
            width: parent.width - 2 * Theme.space
            height: Theme.hairline
            color: Theme.line
        }

        Rectangle {
            anchors.centerIn: parent
            width: Theme.hairline
            height: parent.height - 2 * Theme.space
            color: Theme.line
        }

        WritingPad {
            objectName: "writingPad"
            anchors.fill: parent
            anchors.margins: Theme.stroke
            handwriting: root.handwriting
            ink: Theme.ink
            thickness: 3 * Theme.mm
            Accessible.role: Accessible.Canvas
            Accessible.name: qsTr("手写格")
        }
    }

    Words {
        x: grid.x
        y: grid.y
        width: root.rest
        height: root.side - root.actionHeight - Theme.gap
        visible: root.words.length === 0
        horizontalAlignment: Text.AlignHCenter
        verticalAlignment: Text.AlignVCenter
        text: qsTr("用手指在格子里写一个字，再点写对的字")
        color: Theme.inkSoft
    }

    Grid {
        id: grid

        x: Theme.left ? sheet.width + 2 * Theme.gap : Theme.gap
        y: Theme.gap
        columns: root.columns
        spacing: Theme.gap

        Repeater {
            model: root.words.slice(0, root.columns * root.rows)

            KeyboardKey {
                required property int index
                required property string modelData

                objectName: "written-" + index
                width: root.keyWidth
                height: root.keyHeight
                label: modelData
                textSize: Math.min(0.56 * height, 0.62 * width)
                onClicked: {
                    InputContext.commit(modelData);
                    root.handwriting.clear();
                }
            }
        }
    }

    Row {
        x: grid.x
        y: Theme.gap + root.side - root.actionHeight
        spacing: Theme.gap

        KeyboardKey {
            objectName: "writingUndo"
            width: root.keyWidth
            height: root.actionHeight
            label: qsTr("撤一笔")
            quiet: true
            enabled: root.handwriting?.begun ?? false
            onClicked: root.handwriting.undo()
        }

        KeyboardKey {
            objectName: "writingClear"
            width: root.keyWidth
            height: root.actionHeight
            label: qsTr("重写")
            quiet: true
            enabled: root.handwriting?.begun ?? false
            onClicked: root.handwriting.clear()
        }

        KeyboardKey {
            objectName: "writingSpace"
            width: root.keyWidth
            height: root.actionHeight
            label: qsTr("空格")
            quiet: true
            onClicked: InputContext.commit(" ")
        }

        KeyboardKey {
            objectName: "writingBackspace"
            width: root.keyWidth
            height: root.actionHeight
            label: qsTr("退格")
            quiet: true
            autoRepeat: true
            onClicked: InputContext.sendKeyClick(Qt.Key_Backspace, "")
        }

        KeyboardKey {
            objectName: "writingDone"
            width: root.keyWidth
            height: root.actionHeight
            label: qsTr("完成")
            main: true
            onClicked: InputContext.priv.hideInputPanel()
        }
    }
}
