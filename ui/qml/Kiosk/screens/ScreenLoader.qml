pragma ComponentBehavior: Bound

import QtQuick
import Kiosk
import Kiosk.ViewModels

// The one screen that the session is in.
Loader {
    id: root

    required property ShellViewModel shell

    readonly property var pages: ({
        "attract": attract, "home": home, "find": find, "guide": guide, "precheck": precheck, "unfit": unfit, "notice": notice,
        "identify": identify, "prefill": prefill, "question": question, "materials": materials,
        "capture": capture, "pages": paging, "mine": mine, "review": review, "sign": sign, "submit": submit, "result": result,
        "receipt": receipt, "failed": failed, "rating": rating, "end": end,
        "pick": pick, "entry": entry, "case": story, "document": document, "photo": photo
    })

    sourceComponent: pages[shell.screen]

    Component { id: attract; AttractScreen { shell: root.shell } }
    Component { id: home; HomeScreen { shell: root.shell } }
    Component { id: find; FindScreen { shell: root.shell } }
    Component { id: guide; GuideScreen { shell: root.shell } }
    Component { id: precheck; PrecheckScreen { shell: root.shell } }
    Component { id: unfit; UnfitScreen { shell: root.shell } }
    Component { id: mine; MineScreen { shell: root.shell } }
    Component { id: notice; NoticeScreen { shell: root.shell } }
    Component { id: identify; IdentifyScreen { shell: root.shell } }
    Component { id: prefill; PrefillScreen { shell: root.shell } }
    Component { id: question; QuestionScreen { shell: root.shell } }
    Component { id: materials; MaterialsScreen { shell: root.shell } }
    Component { id: capture; CaptureScreen { shell: root.shell } }
    Component { id: paging; PagesScreen { shell: root.shell } }
    Component { id: review; ReviewScreen { shell: root.shell } }
    Component { id: sign; SignScreen { shell: root.shell } }
    Component { id: submit; SubmitScreen { shell: root.shell } }
    Component { id: result; ResultScreen { shell: root.shell } }
    Component { id: receipt; ReceiptScreen { shell: root.shell } }
    Component { id: pick; PickScreen { shell: root.shell } }
    Component { id: entry; EntryScreen { shell: root.shell } }
    Component { id: photo; PhotoScreen { shell: root.shell } }
    Component { id: document; DocumentScreen { shell: root.shell } }
    Component { id: story; CaseScreen { shell: root.shell } }
    Component { id: failed; FailedScreen { shell: root.shell } }
    Component { id: rating; RatingScreen { shell: root.shell } }
    Component { id: end; EndScreen { shell: root.shell } }
}
