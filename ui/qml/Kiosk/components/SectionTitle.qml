import QtQuick
import Kiosk

// A heading inside a page.
Words {
    font.pixelSize: Theme.leadText
    font.weight: Font.DemiBold
}
