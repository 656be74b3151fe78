import QtQuick
import Kiosk

// Plain text; never rich, so that nothing a form holds can become markup.
Text {
    // How high one line is: a sign beside the words stands in the middle of the first.
    readonly property real pitch: implicitHeight / Math.max(1, lineCount)

    color: Theme.ink
    font.family: Theme.family
    font.pixelSize: Theme.bodyText
    lineHeight: Theme.leading
    textFormat: Text.PlainText
    wrapMode: Text.Wrap
}
