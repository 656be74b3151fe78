import QtQuick
import QtQuick.Templates as T
import Kiosk

// What every button has: a name, and calm: it answers a third of a second after it has settled, so that one
// touch too many on the last screen decides nothing on this one.
T.AbstractButton {
    id: root

    required property string label
    property bool available: true
    // One of the next things to do: at least 20 mm, others 15.
    property bool primary: false
    property bool settled: false
    signal activated

    function settle() {
        settled = false;
        settling.restart();
    }

    implicitHeight: Theme.target
    enabled: available && settled
    focusPolicy: Qt.TabFocus
    hoverEnabled: false
    Accessible.role: Accessible.Button
    Accessible.name: label

    onClicked: {
        // A half-typed syllable belongs to the answer. The linter knows `Qt.inputMethod` as a bare object.
        Qt.inputMethod.commit(); // qmllint disable missing-property
        root.activated();
    }
    onVisibleChanged: if (visible) settle()
    Component.onCompleted: settle()

    Timer {
        id: settling

        interval: 300
        onTriggered: root.settled = true
    }
}
