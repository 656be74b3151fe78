import QtQuick
import QtQuick.VirtualKeyboard
import QtQuick.VirtualKeyboard.Settings
import Kiosk

// The on-screen keyboard: Pinyin and English, no handwriting, no settings. It follows the language of the
// screens at each change; the resident may switch it for a field without changing the screens.
Rectangle {
    id: root

    objectName: "keyboardPlace"

    property string language: "zh-CN"
    readonly property string locale: language === "en" ? "en_US" : "zh_CN"

    height: panel.height
    color: Theme.shade

    Component.onCompleted: {
        VirtualKeyboardSettings.handwritingModeDisabled = true;
        VirtualKeyboardSettings.visibleFunctionKeys = QtVirtualKeyboard.KeyboardFunctionKeys.Hide
                | QtVirtualKeyboard.KeyboardFunctionKeys.Language;
        VirtualKeyboardSettings.closeOnReturn = true;
        VirtualKeyboardSettings.wordCandidateList.autoCommitWord = false;
        VirtualKeyboardSettings.activeLocales = ["zh_CN", "en_US"];
        VirtualKeyboardSettings.locale = root.locale;
    }

    onLocaleChanged: VirtualKeyboardSettings.locale = root.locale

    InputPanel {
        id: panel

        anchors.horizontalCenter: parent.horizontalCenter
        width: Math.min(parent.width, 340 * Theme.mm)
    }
}
