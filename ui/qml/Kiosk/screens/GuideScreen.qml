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
        message: root.guide.here ? "" : qsTr("这个事项请到窗口办理：%1").arg(root.guide.window)
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
                required property bool required

                width: parent?.width ?? 0
                Accessible.role: Accessible.StaticText
                Accessible.name: name

                Row {
                    spacing: Theme.gap

                    Words {
                        anchors.verticalCenter: parent.verticalCenter
                        text: material.name
                        font.weight: Font.Medium
                        wrapMode: Text.NoWrap
                    }

                    Tag {
                        anchors.verticalCenter: parent.verticalCenter
                        visible: !material.required
                        text: qsTr("没有可以不交")
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
