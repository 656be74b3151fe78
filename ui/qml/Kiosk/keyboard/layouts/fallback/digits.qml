import QtQuick
import QtQuick.Layouts
import QtQuick.VirtualKeyboard
import QtQuick.VirtualKeyboard.Components

// Digits alone, in the order of a telephone; where an identity number is asked for, with its X.
KeyboardLayout {
    id: root

    readonly property bool identity: InputContext.inputMethodHints & Qt.ImhUppercaseOnly

    inputMethod: PlainInputMethod {}
    inputMode: InputEngine.InputMode.Numeric
    keyWeight: 100

    KeyboardRow {
        Layout.fillWidth: false
        Layout.fillHeight: true
        Layout.alignment: Qt.AlignHCenter
        Layout.preferredWidth: 1.7 * height

        KeyboardColumn {
            Layout.preferredWidth: 300

            KeyboardRow {
                Key { key: Qt.Key_1; text: "1" }
                Key { key: Qt.Key_2; text: "2" }
                Key { key: Qt.Key_3; text: "3" }
            }

            KeyboardRow {
                Key { key: Qt.Key_4; text: "4" }
                Key { key: Qt.Key_5; text: "5" }
                Key { key: Qt.Key_6; text: "6" }
            }

            KeyboardRow {
                Key { key: Qt.Key_7; text: "7" }
                Key { key: Qt.Key_8; text: "8" }
                Key { key: Qt.Key_9; text: "9" }
            }

            KeyboardRow {
                Key { text: root.identity ? "X" : "-" }
                Key { key: Qt.Key_0; text: "0" }
                Key { key: Qt.Key_Period; text: "."; enabled: !root.identity }
            }
        }

        KeyboardColumn {
            Layout.preferredWidth: 130

            KeyboardRow { BackspaceKey {} }
            KeyboardRow { EnterKey {} }
        }
    }
}
