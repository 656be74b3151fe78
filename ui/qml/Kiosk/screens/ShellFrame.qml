pragma ComponentBehavior: Bound

import QtQuick
import Kiosk
import Kiosk.ViewModels

// The frame around every screen. Exactly one screen is alive at a time: the one the session is in.
Item {
    id: root

    required property ShellViewModel shell

    readonly property bool nobody: shell.screen === "attract"
    readonly property bool covered: shell.warning
    readonly property bool asking: shell.access.shown && !covered

    StatusStrip {
        id: strip

        width: parent.width
        visible: !root.nobody && !root.covered
        enabled: !root.asking
        place: root.shell.place
        terminalNo: root.shell.terminalNo
        offline: root.shell.offline
        onLanguageAsked: root.shell.switchLanguage()
        onAccessAsked: root.shell.access.open(true)
    }

    Note {
        id: banner

        anchors.top: strip.bottom
        anchors.topMargin: visible ? Theme.gap : 0
        x: Theme.margin
        width: parent.width - 2 * x
        height: visible ? implicitHeight : 0
        tone: "warn"
        textName: "banner"
        message: root.nobody || root.covered ? "" : root.shell.banner
    }

    ScreenLoader {
        objectName: "screen"
        anchors.top: root.nobody ? parent.top : banner.bottom
        anchors.bottom: root.nobody ? parent.bottom : footer.top
        width: parent.width
        visible: !root.covered
        enabled: !root.asking
        shell: root.shell
    }

    FooterBar {
        id: footer

        anchors.bottom: keyboard.top
        width: parent.width
        visible: !root.nobody && !root.covered
        enabled: !root.asking
        hotline: root.shell.hotline
        canGoBack: root.shell.canGoBack
        canEnd: root.shell.canEnd
        onBackAsked: root.shell.goBack()
        onEndAsked: root.shell.end()
    }

    Loader {
        anchors.fill: parent
        active: root.asking
        sourceComponent: AccessPanel { access: root.shell.access }
    }

    IdleCover {
        anchors.fill: parent
        visible: root.covered
        secondsLeft: root.shell.secondsLeft
        personal: root.shell.personal
        card: root.shell.cardLies
        onMoreTimeAsked: root.shell.askMoreTime()
        onEndAsked: root.shell.end()
    }

    KeyboardPanel {
        id: keyboard

        language: root.shell.language
        anchors.bottom: parent.bottom
        width: parent.width
    }
}
