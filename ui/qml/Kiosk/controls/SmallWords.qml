import Kiosk

Words {
    color: Theme.inkSoft
    font.pixelSize: Theme.smallText
}
