pragma ComponentBehavior: Bound

import QtQuick
import Kiosk
import Kiosk.ViewModels

// The frame around every screen. Exactly one screen is alive at a time: the one the session is in.
Window {
    id: root

    required property ShellViewModel shell
    property real panelWidthMm: width > height ? 476 : 268

    readonly property bool nobody: shell.screen === "attract"
    readonly property bool covered: shell.warning
    readonly property var pages: ({
        "attract": attract, "home": home, "find": find, "guide": guide, "notice": notice,
        "identify": identify, "prefill": prefill, "question": question, "materials": materials,
        "capture": capture, "review": review, "submit": submit, "result": result,
        "receipt": receipt, "end": end
    })

    width: 1080
    height: 1920
    visible: true
    color: Theme.paper
    title: qsTr("织网终端")

    Binding {
        target: Theme
        property: "mm"
        value: root.width / root.panelWidthMm
    }

    Binding {
        target: Theme
        property: "portrait"
        value: root.width < root.height
    }

    StatusStrip {
        id: strip

        width: parent.width
        visible: !root.nobody
        place: root.shell.place
        terminalNo: root.shell.terminalNo
        offline: root.shell.offline
        onLanguageAsked: root.shell.switchLanguage()
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

    Loader {
        objectName: "screen"
        anchors.top: root.nobody ? parent.top : banner.bottom
        anchors.bottom: root.nobody ? parent.bottom : footer.top
        width: parent.width
        visible: !root.covered
        sourceComponent: root.pages[root.shell.screen]
    }

    FooterBar {
        id: footer

        anchors.bottom: keyboard.top
        width: parent.width
        visible: !root.nobody
        hotline: root.shell.hotline
        canGoBack: root.shell.canGoBack
        canEnd: root.shell.canEnd
        onBackAsked: root.shell.goBack()
        onEndAsked: root.shell.end()
    }

    IdleCover {
        anchors.fill: parent
        visible: root.covered
        secondsLeft: root.shell.secondsLeft
        personal: root.shell.personal
        onMoreTimeAsked: root.shell.askMoreTime()
        onEndAsked: root.shell.end()
    }

    KeyboardPanel {
        id: keyboard

        language: root.shell.language
        anchors.bottom: parent.bottom
        width: parent.width
    }

    Component { id: attract; AttractScreen { shell: root.shell } }
    Component { id: home; HomeScreen { shell: root.shell } }
    Component { id: find; FindScreen { shell: root.shell } }
    Component { id: guide; GuideScreen { shell: root.shell } }
    Component { id: notice; NoticeScreen { shell: root.shell } }
    Component { id: identify; IdentifyScreen { shell: root.shell } }
    Component { id: prefill; PrefillScreen { shell: root.shell } }
    Component { id: question; QuestionScreen { shell: root.shell } }
    Component { id: materials; MaterialsScreen { shell: root.shell } }
    Component { id: capture; CaptureScreen { shell: root.shell } }
    Component { id: review; ReviewScreen { shell: root.shell } }
    Component { id: submit; SubmitScreen { shell: root.shell } }
    Component { id: result; ResultScreen { shell: root.shell } }
    Component { id: receipt; ReceiptScreen { shell: root.shell } }
    Component { id: end; EndScreen { shell: root.shell } }
}
