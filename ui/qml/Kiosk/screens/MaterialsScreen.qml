pragma ComponentBehavior: Bound

import QtQuick
import Kiosk
import Kiosk.ViewModels

// The documents: which are there, which are missing.
ShellPage {
    id: root

    readonly property MaterialsViewModel materials: shell.materials

    title: qsTr("提交材料")
    lead: materials.rows.count > 0 ? qsTr("点一项，按提示扫描或拍照。原件请您带走。") : qsTr("这个事项不需要提交材料。")
    fault: materials.fault
    primary: qsTr("继续")

    Repeater {
        model: root.materials.rows

        MaterialCard {
            id: card

            required property string code
            required property string name
            required property bool required

            objectName: "material-" + code
            width: parent?.width ?? 0
            label: name
            needed: required
            onActivated: root.materials.choose(card.code)
        }
    }
}
