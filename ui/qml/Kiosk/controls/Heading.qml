import QtQuick
import Kiosk

Words {
    Accessible.role: Accessible.Heading
    Accessible.name: text
    font.pixelSize: Theme.titleText
    font.weight: Font.DemiBold
    lineHeight: 1.2
}
