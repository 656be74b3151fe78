import QtQuick
import QtQuick.VirtualKeyboard
import QtQuick.VirtualKeyboard.Components

// Digits on the left as on the pad of digits, and the signs that names and addresses need.
KeyboardLayout {
    id: root

    readonly property bool latin: InputContext.locale === "en_US"

    inputMethod: PlainInputMethod {}
    inputMode: InputEngine.InputMode.Numeric
    keyWeight: 100

    KeyboardRow {
        Key { key: Qt.Key_1; text: "1" }
        Key { key: Qt.Key_2; text: "2" }
        Key { key: Qt.Key_3; text: "3" }
        FillerKey { weight: 50 }
        Key { key: Qt.Key_Minus; text: "-" }
        Key { key: Qt.Key_NumberSign; text: "#" }
        Key { key: Qt.Key_periodcentered; text: "\u00B7" }
        Key { key: Qt.Key_Slash; text: "/" }
        BackspaceKey { weight: 150 }
    }

    KeyboardRow {
        Key { key: Qt.Key_4; text: "4" }
        Key { key: Qt.Key_5; text: "5" }
        Key { key: Qt.Key_6; text: "6" }
        FillerKey { weight: 50 }
        Key { key: Qt.Key_ParenLeft; text: root.latin ? "(" : "\uFF08" }
        Key { key: Qt.Key_ParenRight; text: root.latin ? ")" : "\uFF09" }
        Key { key: Qt.Key_Comma; text: root.latin ? "," : "\uFF0C" }
        Key { key: Qt.Key_Period; text: root.latin ? ";" : "\u3002" }
        Key { weight: 150; key: Qt.Key_At; text: "@" }
    }

    KeyboardRow {
        Key { key: Qt.Key_7; text: "7" }
        Key { key: Qt.Key_8; text: "8" }
        Key { key: Qt.Key_9; text: "9" }
        FillerKey { weight: 50 }
        Key { key: 0x3001; text: root.latin ? "!" : "\u3001" }
        Key { key: Qt.Key_Colon; text: root.latin ? ":" : "\uFF1A" }
        Key { key: Qt.Key_Question; text: root.latin ? "?" : "\uFF1F" }
        Key { key: Qt.Key_Underscore; text: "_" }
        Key { weight: 150; key: Qt.Key_Apostrophe; text: "'" }
    }

    KeyboardRow {
        Key { key: Qt.Key_X; text: "X" }
        Key { key: Qt.Key_0; text: "0" }
        Key { key: Qt.Key_Period; text: "." }
        FillerKey { weight: 50 }
        SpaceKey { weight: 300 }
        EnterKey { weight: 250 }
    }
}
