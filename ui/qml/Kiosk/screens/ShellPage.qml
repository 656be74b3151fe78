import Kiosk
import Kiosk.ViewModels

// What every screen of a visit takes from the shell.
ScreenPage {
    id: root

    required property ShellViewModel shell

    stepNo: shell.stepNo
    stepCount: shell.stepCount
    onProceed: root.shell.goOn()
}
