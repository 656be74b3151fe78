import QtQuick
import Kiosk

// One short word about the thing beside it.
Rectangle {
    id: root

    required property string text
    property string tone: "plain"

    implicitWidth: words.implicitWidth + 6 * Theme.mm
    implicitHeight: words.implicitHeight + 2 * Theme.mm
    radius: height / 2
    color: tone === "good" ? Theme.goodSoft : tone === "warn" ? Theme.warnSoft
         : tone === "accent" ? Theme.accentSoft : Theme.shade

    Words {
        id: words

        anchors.centerIn: parent
        text: root.text
        font.pixelSize: Theme.smallText
        color: root.tone === "good" ? Theme.goodInk : root.tone === "warn" ? Theme.warnInk
             : root.tone === "accent" ? Theme.accent : Theme.inkSoft
        lineHeight: 1.1
        wrapMode: Text.NoWrap
    }
}
