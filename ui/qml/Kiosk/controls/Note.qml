pragma ComponentBehavior: Bound

import QtQuick
import Kiosk

// One message with its sign; the sign and the words say the same, colour is never alone. It may have a button
// that leads to what it is about: the five keys get there by the next step.
Rectangle {
    id: root

    property string tone: "info"
    required property string message
    property string textName: ""
    property string action: ""
    property string symbol: tone === "good" ? "tick" : tone === "info" ? "info" : "attention"

    signal acted

    readonly property color ink: tone === "fault" ? Theme.faultInk : tone === "warn" ? Theme.warnInk
                               : tone === "good" ? Theme.goodInk : Theme.accentPressed
    readonly property color edge: tone === "fault" ? Theme.faultEdge : tone === "warn" ? Theme.warnEdge
                                : tone === "good" ? Theme.goodEdge : Theme.accentLine

    visible: message !== ""
    implicitHeight: Math.max(words.implicitHeight, hand.height) + 8 * Theme.mm
    radius: Theme.radius
    color: tone === "fault" ? Theme.faultSoft : tone === "warn" ? Theme.warnSoft
         : tone === "good" ? Theme.goodSoft : Theme.accentSoft
    border.width: Theme.hairline
    border.color: edge

    Icon {
        id: sign

        // In the middle of the first line, at any size of type.
        x: 4 * Theme.mm
        y: words.y + (words.pitch - height) / 2
        name: root.symbol
        tint: root.ink
        size: 8.5 * Theme.mm * Theme.reach
    }

    Prose {
        id: words

        objectName: root.textName
        x: sign.x + sign.width + 3.5 * Theme.mm
        y: 4 * Theme.mm
        room: (hand.active ? hand.x - Theme.gap : root.width - 5 * Theme.mm) - x
        text: root.message
        color: root.ink
        Accessible.role: Accessible.AlertMessage
        Accessible.name: text
    }

    Loader {
        id: hand

        anchors.right: parent.right
        anchors.rightMargin: 4 * Theme.mm
        anchors.verticalCenter: parent.verticalCenter
        active: root.action !== ""
        sourceComponent: SecondaryButton {
            property bool passedOver: true

            objectName: root.textName + "-fix"
            label: root.action
            onActivated: root.acted()
        }
    }
}
