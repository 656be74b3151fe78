pragma ComponentBehavior: Bound

import QtQuick
import Kiosk
import Kiosk.ViewModels

// The guide itself, from what it is to where people help.
Column {
    id: root

    required property GuideViewModel guide

    spacing: Theme.space

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

    Repeater {
        model: root.guide.successors

        ItemCard {
            required property string code
            required property string name

            objectName: "successor-" + code
            width: parent?.width ?? 0
            label: name
            onActivated: root.guide.chooseSuccessor()
        }
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
