import QtQuick
import Kiosk

// What is wrong with the answer, beside its input; the summary above says the same.
Row {
    id: root

    required property string message

    visible: message !== ""
    spacing: 2.5 * Theme.mm
    Accessible.ignored: true

    Icon {
        id: sign

        y: (words.pitch - height) / 2
        name: "attention"
        tint: Theme.faultInk
        size: 7.5 * Theme.mm * Theme.reach
    }

    Words {
        id: words

        objectName: "problem"
        width: root.width - sign.width - root.spacing
        text: root.message
        color: Theme.faultInk
        font.weight: Font.Medium
    }
}
