pragma ComponentBehavior: Bound

import QtQuick
import Kiosk
import Kiosk.ViewModels

// Everything to know before starting.
ShellPage {
    id: root

    readonly property GuideViewModel guide: shell.guide

    title: guide.name
    lead: guide.summary
    fault: guide.fault
    faultTone: "warn"
    primary: guide.here ? qsTr("开始办理") : ""

    actions: [
        SecondaryButton {
            objectName: "print-guide"
            height: Theme.primaryTarget
            available: !root.guide.printing
            symbol: "print"
            label: root.guide.printing ? qsTr("正在打印…") : qsTr("打印指南")
            onActivated: root.guide.printGuide()
        }
    ]

    Note {
        width: parent.width
        tone: "good"
        textName: "guide-printed"
        message: root.guide.printed ? qsTr("指南在出纸口，请取走。") : ""
    }

    Flow {
        width: parent.width
        spacing: Theme.gap

        Tag {
            tone: "accent"
            text: root.guide.department
        }

        Tag {
            visible: root.guide.sample
            tone: "warn"
            text: qsTr("示例内容，不作办理依据")
        }
    }

    Note {
        width: parent.width
        message: root.guide.elsewhere
    }

    Panel {
        width: parent.width

        Repeater {
            model: root.guide.facts

            FactLine {
                width: parent?.width ?? 0
            }
        }
    }

    SectionList {
        width: parent.width
        title: qsTr("办理条件")
        rows: root.guide.conditions
    }

    Column {
        width: parent.width
        spacing: Theme.gap
        visible: root.guide.materials.count > 0

        SectionTitle {
            text: qsTr("需要的材料")
        }

        Repeater {
            model: root.guide.materials

            Panel {
                id: material

                required property string name
                required property string how
                required property string mark

                width: parent?.width ?? 0
                Accessible.role: Accessible.StaticText
                Accessible.name: name

                Flow {
                    width: parent.width
                    spacing: Theme.gap

                    Words {
                        width: Math.min(implicitWidth, parent.width)
                        text: material.name
                        font.weight: Font.Medium
                    }

                    Tag {
                        visible: material.mark !== ""
                        text: material.mark
                    }
                }

                SmallWords {
                    width: parent.width
                    text: material.how
                }
            }
        }
    }

    SectionList {
        width: parent.width
        title: qsTr("办理流程")
        numbered: true
        rows: root.guide.steps
    }

    FactSection {
        width: parent.width
        title: qsTr("常见问题")
        rows: root.guide.faq
    }

    SectionList {
        width: parent.width
        title: qsTr("办理依据")
        rows: root.guide.basis
    }

    FactSection {
        width: parent.width
        title: qsTr("办理地点")
        rows: root.guide.places
    }

    Panel {
        width: parent.width

        FactLine {
            width: parent.width
            label: qsTr("办理窗口")
            value: root.guide.window
        }

        FactLine {
            width: parent.width
            label: qsTr("咨询电话")
            value: root.guide.phone
        }

        SmallWords {
            width: parent.width
            text: qsTr("指南更新日期 %1").arg(root.guide.asOf)
        }
    }
}
