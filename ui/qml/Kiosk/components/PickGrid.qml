pragma ComponentBehavior: Bound

import QtQuick
import Kiosk

// Choices in columns; a touch on one is enough.
Grid {
    id: root

    property alias model: repeater.model
    property string prefix: "pick"
    property bool confidential: false
    property bool roomy: false
    signal chosen(string code)

    spacing: Theme.gap

    Repeater {
        id: repeater

        PickCard {
            id: card

            required property int index
            required property string code
            required property string title
            property bool confidential: root.confidential
            // The other one of its row, where two stand beside each other: both are as high as the higher one.
            property Item mate: null

            objectName: root.prefix + "-" + code
            width: (root.width - (root.columns - 1) * root.spacing) / root.columns
            height: Math.max(implicitHeight, root.columns === 2 ? mate?.implicitHeight ?? 0 : 0)
            roomy: root.roomy
            label: title
            onActivated: root.chosen(code)

            Component.onCompleted: {
                const before = index % 2 === 1 ? repeater.itemAt(index - 1) as PickCard : null;
                if (before) {
                    mate = before;
                    before.mate = card;
                }
            }
        }
    }
}
