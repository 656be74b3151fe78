import QtQuick
import Kiosk

// Shows what the number pad typed. Keys of a keyboard on a cable do the same as those of the pad.
Rectangle {
    id: root

    property string label: ""
    property string hint: ""
    property string text: ""
    property bool faulty: false
    property bool eager: false
    property bool confidential: true
    default property alias content: inside.data
    signal pressed(string key)

    objectName: "digits"
    implicitHeight: Theme.primaryTarget
    radius: Theme.radius
    color: Theme.surface
    border.width: root.activeFocus ? 2 * Theme.stroke : Theme.stroke
    border.color: root.faulty ? Theme.faultEdge : root.activeFocus ? Theme.accent : Theme.edge
    activeFocusOnTab: true
    Accessible.role: Accessible.EditableText
    Accessible.name: root.label

    onEagerChanged: if (eager) forceActiveFocus()
    Component.onCompleted: if (eager) forceActiveFocus()

    Keys.onPressed: event => {
        event.accepted = event.key === Qt.Key_Backspace || /^[0-9xX]$/.test(event.text);
        if (event.accepted)
            root.pressed(event.key === Qt.Key_Backspace ? "erase" : event.text.toUpperCase());
    }

    TapHandler {
        onTapped: root.forceActiveFocus()
    }

    Item {
        id: inside

        anchors.fill: parent
        anchors.leftMargin: 6 * Theme.mm
        anchors.rightMargin: 6 * Theme.mm
    }

    Words {
        anchors.fill: inside
        visible: inside.children.length === 0
        verticalAlignment: Text.AlignVCenter
        text: root.text === "" ? root.hint : root.text
        color: root.text === "" ? Theme.inkSoft : Theme.ink
        font.pixelSize: root.text === "" ? Theme.leadText : Theme.leadText * 1.25
        font.weight: root.text === "" ? Font.Normal : Font.Medium
        lineHeight: 1
        wrapMode: Text.NoWrap
        elide: Text.ElideLeft
    }
}
