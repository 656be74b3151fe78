import QtQuick
import Kiosk

// Plain text; never rich, so that nothing a form holds can become markup.
Text {
    color: Theme.ink
    font.family: Theme.family
    font.pixelSize: Theme.bodyText
    lineHeight: Theme.leading
    textFormat: Text.PlainText
    wrapMode: Text.Wrap
}
