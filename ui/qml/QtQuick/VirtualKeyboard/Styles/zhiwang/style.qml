import QtQuick
import QtQuick.VirtualKeyboard
import QtQuick.VirtualKeyboard.Styles
import Kiosk

// How the keyboard looks: keys of at least 20 mm to the touch, candidates of at least 15 mm. Where no words are
// offered, the keys take the room of the strip, so that the keyboard is equally high whatever is typed.
KeyboardStyle {
    keyboardDesignWidth: Theme.portrait ? 268 : 340
    keyboardDesignHeight: InputContext.inputEngine.wordCandidateListVisibleHint ? 86 : 103
    keyboardRelativeLeftMargin: 1.5 / keyboardDesignWidth
    keyboardRelativeRightMargin: 1.5 / keyboardDesignWidth
    keyboardRelativeTopMargin: 1.5 / keyboardDesignHeight
    keyboardRelativeBottomMargin: 1.5 / keyboardDesignHeight

    keyboardBackground: Rectangle { color: Theme.shade }

    keyPanel: KeyFace {}
    spaceKeyPanel: KeyFace { words: qsTr("空格") }
    backspaceKeyPanel: KeyFace { sign: "erase" }
    languageKeyPanel: KeyFace {}
    enterKeyPanel: KeyFace { words: qsTr("完成"); main: true }
    hideKeyPanel: KeyFace { sign: "down" }
    shiftKeyPanel: KeyFace { sign: "shift"; chosen: InputContext.capsLockActive || InputContext.shiftActive }
    symbolKeyPanel: KeyFace {}
    modeKeyPanel: KeyFace {}
    handwritingKeyPanel: KeyFace {}

    languagePopupListEnabled: false

    selectionListHeight: 17 * Theme.mm
    selectionListBackground: Rectangle {
        color: Theme.surface

        Rectangle {
            width: parent.width
            height: Theme.hairline
            color: Theme.line
        }
    }
    selectionListDelegate: SelectionListItem {
        id: candidate

        // The list hands out its roles by name only; a required property would keep "index" from the base.
        // qmllint disable unqualified
        readonly property string word: display
        // qmllint enable unqualified

        objectName: "candidate"
        width: Math.max(17 * Theme.mm, label.implicitWidth + 8 * Theme.mm)

        Text {
            id: label

            anchors.centerIn: parent
            text: candidate.word
            textFormat: Text.PlainText
            color: Theme.ink
            font.family: Theme.family
            font.pixelSize: Theme.leadText
        }

        Rectangle {
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            width: Theme.hairline
            height: parent.height / 2
            color: Theme.line
        }
    }
    selectionListHighlight: Rectangle { color: Theme.accentSoft }

    characterPreviewMargin: 2 * Theme.mm
    characterPreviewDelegate: Item {
        id: preview

        property string text
        property string flickLeft
        property string flickTop
        property string flickRight
        property string flickBottom

        Rectangle {
            anchors.fill: parent
            radius: Theme.radius
            color: Theme.accent

            Text {
                anchors.centerIn: parent
                text: preview.text
                color: Theme.inverse
                font.family: Theme.family
                font.pixelSize: Theme.leadText
            }
        }
    }

    alternateKeysListItemWidth: 17 * Theme.mm
    alternateKeysListItemHeight: 17 * Theme.mm
    alternateKeysListDelegate: Item {
        id: alternative

        // qmllint disable unqualified
        readonly property string word: model.text
        // qmllint enable unqualified

        width: 17 * Theme.mm
        height: 17 * Theme.mm

        Text {
            anchors.centerIn: parent
            text: alternative.word
            color: Theme.ink
            font.family: Theme.family
            font.pixelSize: Theme.leadText
        }
    }
    alternateKeysListHighlight: Rectangle {
        radius: Theme.radius
        color: Theme.accentSoft
    }
    alternateKeysListBackground: Rectangle {
        radius: Theme.radius
        color: Theme.surface
        border.width: Theme.hairline
        border.color: Theme.line
    }

    navigationHighlight: Rectangle {
        color: Theme.clear
        border.width: Theme.stroke
        border.color: Theme.accent
    }
    selectionHandle: Item {}
    fullScreenInputColor: Theme.ink
}
