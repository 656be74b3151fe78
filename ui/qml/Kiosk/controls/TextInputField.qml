import QtQuick
import Kiosk

// The only text field there is. The keyboard learns nothing from it and offers nothing of anyone else's:
// ImhSensitiveData and ImhNoPredictiveText keep the words out of the dictionary of the pinyin engine.
Rectangle {
    id: root

    property string inputName: "answer"
    property string label: ""
    property string hint: ""
    property string icon: ""
    property string value: ""
    property int take: 0
    property int kindHints: Qt.ImhNone
    property bool faulty: false
    property bool eager: false
    property bool confidential: true
    property alias text: input.text
    signal edited(string text)

    implicitHeight: Theme.primaryTarget
    radius: Theme.radius
    color: Theme.surface
    border.width: input.activeFocus ? 2 * Theme.stroke : Theme.stroke
    border.color: faulty ? Theme.faultEdge : input.activeFocus ? Theme.accent : Theme.edge

    onActiveFocusChanged: if (activeFocus) input.forceActiveFocus()
    onTakeChanged: input.text = value
    onEagerChanged: if (eager) input.forceActiveFocus()
    Component.onCompleted: {
        input.text = value;
        if (eager)
            input.forceActiveFocus();
    }

    Icon {
        id: sign

        anchors.left: parent.left
        anchors.leftMargin: 5 * Theme.mm
        anchors.verticalCenter: parent.verticalCenter
        visible: root.icon !== ""
        name: root.icon
        tint: Theme.inkSoft
    }

    TextInput {
        id: input

        objectName: root.inputName
        anchors.left: sign.visible ? sign.right : parent.left
        anchors.right: parent.right
        anchors.leftMargin: sign.visible ? 3 * Theme.mm : 6 * Theme.mm
        anchors.rightMargin: 6 * Theme.mm
        height: parent.height
        verticalAlignment: TextInput.AlignVCenter
        activeFocusOnTab: true
        clip: true
        color: Theme.ink
        selectionColor: Theme.accentLine
        selectedTextColor: Theme.ink
        selectByMouse: false
        font.family: Theme.family
        font.pixelSize: Theme.leadText * 1.1
        inputMethodHints: Qt.ImhSensitiveData | Qt.ImhNoPredictiveText | root.kindHints
        Accessible.role: Accessible.EditableText
        Accessible.name: root.label

        onTextEdited: root.edited(text)

        Words {
            anchors.fill: parent
            verticalAlignment: Text.AlignVCenter
            visible: input.text === "" && input.preeditText === ""
            text: root.hint
            color: Theme.inkSoft
            lineHeight: 1
            wrapMode: Text.NoWrap
            elide: Text.ElideRight
        }
    }
}
