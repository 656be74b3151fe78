import QtQuick
import Kiosk

// One message with its sign; the sign and the words say the same, colour is never alone.
Rectangle {
    id: root

    property string tone: "info"
    required property string message
    property string textName: ""
    property string symbol: tone === "good" ? "tick" : tone === "info" ? "info" : "attention"

    readonly property color ink: tone === "fault" ? Theme.faultInk : tone === "warn" ? Theme.warnInk
                               : tone === "good" ? Theme.goodInk : Theme.accentPressed
    readonly property color edge: tone === "fault" ? Theme.faultEdge : tone === "warn" ? Theme.warnEdge
                                : tone === "good" ? Theme.goodEdge : Theme.accentLine

    visible: message !== ""
    implicitHeight: words.implicitHeight + 8 * Theme.mm
    radius: Theme.radius
    color: tone === "fault" ? Theme.faultSoft : tone === "warn" ? Theme.warnSoft
         : tone === "good" ? Theme.goodSoft : Theme.accentSoft
    border.width: Theme.hairline
    border.color: edge

    Icon {
        x: 4 * Theme.mm
        y: 4 * Theme.mm
        name: root.symbol
        tint: root.ink
        size: 8.5 * Theme.mm
    }

    Words {
        id: words

        objectName: root.textName
        x: 16 * Theme.mm
        y: 4 * Theme.mm
        width: root.width - x - 5 * Theme.mm
        text: root.message
        color: root.ink
        Accessible.role: Accessible.AlertMessage
        Accessible.name: text
    }
}
