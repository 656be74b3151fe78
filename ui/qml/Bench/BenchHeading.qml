import QtQuick
import Kiosk

// A heading of the bench panel.
Text {
    topPadding: 8
    color: Theme.inkSoft
    font.family: Theme.family
    font.pixelSize: 14
    font.bold: true
}
