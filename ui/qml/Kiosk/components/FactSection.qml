pragma ComponentBehavior: Bound

import QtQuick
import Kiosk

// A heading and facts below it, each with its name.
Column {
    id: root

    required property string title
    required property var rows

    visible: facts.count > 0
    spacing: Theme.gap

    SectionTitle {
        width: parent.width
        text: root.title
    }

    Panel {
        width: parent.width

        Repeater {
            id: facts

            model: root.rows

            FactLine {
                width: parent?.width ?? 0
            }
        }
    }
}
