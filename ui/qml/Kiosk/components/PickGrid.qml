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
            required property string code
            required property string title
            property bool confidential: root.confidential

            objectName: root.prefix + "-" + code
            width: (root.width - (root.columns - 1) * root.spacing) / root.columns
            roomy: root.roomy
            label: title
            onActivated: root.chosen(code)
        }
    }
}
