import QtQuick

// The keyboard's place at the foot of the window; as high as the keyboard while it is needed, else nothing.
// The application names the keyboard once the first frame stands: nobody types on the first screen.
Item {
    id: root

    objectName: "keyboardPanel"

    property url source: ""
    property string language: "zh-CN"
    property QtObject handwriting: null
    readonly property bool open: keyboard.item !== null && InputMethod.visible

    implicitHeight: open ? keyboard.height : 0
    clip: true

    Loader {
        id: keyboard

        width: root.width
        // The software renderer draws what is wholly clipped without any clipping.
        visible: root.open
        asynchronous: true
        source: root.source
        onLoaded: if (root.Window.activeFocusItem instanceof TextInput) InputMethod.show()
    }

    Binding {
        target: keyboard.item
        property: "language"
        value: root.language
        when: keyboard.item !== null
    }

    Binding {
        target: keyboard.item
        property: "handwriting"
        value: root.handwriting
        when: keyboard.item !== null
    }
}
