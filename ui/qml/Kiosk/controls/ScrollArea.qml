import QtQuick
import Kiosk

// A page that may be longer than the panel; a bar and a soft edge say that there is more.
Item {
    id: root

    default property alias content: column.data
    property alias spacing: column.spacing
    readonly property bool more: pane.contentHeight - pane.height - pane.contentY > 2
    readonly property Item field: Window.activeFocusItem instanceof TextInput ? Window.activeFocusItem : null

    onFieldChanged: following.restart()
    onHeightChanged: following.restart()

    // What is typed into stays in view when the keyboard opens below it.
    Timer {
        id: following

        interval: 1
        onTriggered: {
            let inside = root.field;
            while (inside && inside !== column)
                inside = inside.parent;
            if (!inside)
                return;
            const top = root.field.mapToItem(column, 0, 0).y;
            const bottom = top + root.field.height + Theme.space;
            if (bottom > pane.contentY + pane.height)
                pane.contentY = Math.max(0, Math.min(bottom, pane.contentHeight) - pane.height);
            else if (top < pane.contentY)
                pane.contentY = Math.max(0, top - Theme.space);
        }
    }

    Flickable {
        id: pane

        anchors.fill: parent
        contentWidth: width
        contentHeight: column.implicitHeight
        boundsBehavior: Flickable.StopAtBounds
        flickableDirection: Flickable.VerticalFlick
        interactive: contentHeight > height
        clip: true

        Column {
            id: column

            width: pane.width
            spacing: Theme.space
        }
    }

    ScrollBar {
        view: pane
        beyond: Theme.space
    }

    Rectangle {
        width: pane.width
        height: Theme.stroke
        anchors.bottom: pane.bottom
        color: Theme.accentLine
        visible: root.more
    }
}
