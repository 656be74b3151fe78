import QtQuick
import Kiosk

// The time on the wall, hours and minutes.
Words {
    id: root

    property date now: new Date()

    text: Qt.formatTime(now, "HH:mm")
    lineHeight: 1
    wrapMode: Text.NoWrap

    Timer {
        interval: 5000
        repeat: true
        running: root.visible
        onTriggered: root.now = new Date()
    }
}
