pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.VirtualKeyboard
import QtQuick.VirtualKeyboard.Settings
import Kiosk
import Kiosk.Native

// The on-screen keyboard: Pinyin, writing with a finger, English, digits, and one row that says which. It
// follows the language of the screens; the resident may choose another way for as long as the visit lasts.
Rectangle {
    id: root

    objectName: "keyboardPlace"

    property string language: "zh-CN"
    property Handwriting handwriting: null
    property bool writing: false

    readonly property string locale: language === "en" ? "en_US" : "zh_CN"
    readonly property bool digits: (InputContext.inputMethodHints & Qt.ImhDigitsOnly) !== 0
    readonly property bool inking: writing && !digits && (handwriting?.available ?? false)
    readonly property string mode: inking ? "writing"
                                 : panel.keyboard.layoutType !== "main" ? "digits"
                                 : panel.keyboard.locale === "en_US" ? "english" : "pinyin"
    readonly property bool open: InputMethod.visible
    readonly property Item field: Window.activeFocusItem
    readonly property real keys: 103 * panel.width / (Theme.portrait ? 268 : 340)
    readonly property bool above: Theme.portrait && !digits

    height: keys + (above ? modes.height + 2 * Theme.gap : 0)
    color: Theme.shade

    Component.onCompleted: {
        VirtualKeyboardSettings.layoutPath = Qt.resolvedUrl("layouts");
        VirtualKeyboardSettings.handwritingModeDisabled = true;
        VirtualKeyboardSettings.visibleFunctionKeys = QtVirtualKeyboard.KeyboardFunctionKeys.None;
        VirtualKeyboardSettings.closeOnReturn = true;
        VirtualKeyboardSettings.wordCandidateList.autoCommitWord = false;
        VirtualKeyboardSettings.wordCandidateList.alwaysVisible = true;
        VirtualKeyboardSettings.activeLocales = ["zh_CN", "en_US"];
        VirtualKeyboardSettings.locale = root.locale;
    }

    onLocaleChanged: VirtualKeyboardSettings.locale = root.locale
    onFieldChanged: handwriting?.clear()
    onOpenChanged: handwriting?.clear()

    Binding {
        target: root.handwriting
        property: "traditional"
        value: root.language === "zh-Hant"
        when: root.handwriting !== null
    }

    Connections {
        target: root.handwriting

        function onWiped() {
            root.writing = false;
            VirtualKeyboardSettings.locale = root.locale;
        }
    }

    Grid {
        id: modes

        readonly property int count: root.handwriting?.available ? 4 : 3
        readonly property real keyWidth: root.above ? (root.width - (count + 1) * Theme.gap) / count
                                            : (root.width - panel.width) / 2 - Theme.margin - Theme.gap
        readonly property real keyHeight: root.above ? 21 * Theme.mm : (root.keys - (count + 1) * Theme.gap) / count

        objectName: "keyboardModes"
        z: 1
        x: Theme.portrait ? Theme.gap : Theme.left ? root.width - width - Theme.margin : Theme.margin
        y: Theme.gap
        visible: !root.digits
        columns: root.above ? count : 1
        spacing: Theme.gap

        Repeater {
            model: [
                { mode: "pinyin", label: qsTr("拼音") },
                { mode: "writing", label: qsTr("手写") },
                { mode: "english", label: qsTr("英文") },
                { mode: "digits", label: qsTr("数字") }
            ].filter(entry => entry.mode !== "writing" || root.handwriting?.available)

            KeyboardKey {
                required property var modelData

                objectName: "mode-" + modelData.mode
                width: modes.keyWidth
                height: modes.keyHeight
                label: modelData.label
                chosen: root.mode === modelData.mode
                Accessible.checked: chosen
                onClicked: {
                    // What is half typed would come out as letters.
                    Qt.inputMethod.reset(); // qmllint disable missing-property
                    root.writing = modelData.mode === "writing";
                    panel.keyboard.symbolMode = modelData.mode === "digits";
                    if (modelData.mode === "pinyin" || modelData.mode === "english")
                        VirtualKeyboardSettings.locale = modelData.mode === "english" ? "en_US" : "zh_CN";
                }
            }
        }
    }

    InputPanel {
        id: panel

        anchors.bottom: parent.bottom
        anchors.horizontalCenter: parent.horizontalCenter
        width: Math.min(parent.width, 340 * Theme.mm)
        visible: !root.inking
    }

    WritingPanel {
        anchors.bottom: panel.bottom
        anchors.horizontalCenter: parent.horizontalCenter
        width: panel.width
        height: root.keys
        visible: root.inking
        handwriting: root.handwriting
    }

    Rectangle {
        width: parent.width
        height: Theme.hairline
        color: Theme.line
    }
}
