import QtQuick
import Kiosk
import Kiosk.ViewModels

// What can be set for one visit, one row each.
Column {
    id: root

    required property AccessViewModel access
    readonly property real third: (width - (Theme.elder || !Theme.portrait ? 0 : 46 * Theme.mm + Theme.gap) - 2 * Theme.gap) / 3
    readonly property real half: (width - Theme.gap) / 2

    spacing: Theme.space

    SettingRow {
        width: parent.width
        label: qsTr("语言")

        Segment {
            objectName: "language-zh-CN"
            width: root.third
            height: Theme.primaryTarget
            label: "简体中文"
            chosen: root.access.language === "zh-CN"
            onActivated: root.access.speak("zh-CN")
        }

        Segment {
            objectName: "language-zh-Hant"
            width: root.third
            height: Theme.primaryTarget
            label: "繁體中文"
            chosen: root.access.language === "zh-Hant"
            onActivated: root.access.speak("zh-Hant")
        }

        Segment {
            objectName: "language-en"
            width: root.third
            height: Theme.primaryTarget
            label: "English"
            chosen: root.access.language === "en"
            onActivated: root.access.speak("en")
        }
    }

    SettingRow {
        width: parent.width
        label: qsTr("字号")

        Segment {
            objectName: "size-100"
            width: root.third
            height: Theme.primaryTarget
            label: qsTr("标准")
            chosen: root.access.size === 100
            onActivated: root.access.resize(100)
        }

        Segment {
            objectName: "size-130"
            width: root.third
            height: Theme.primaryTarget
            label: qsTr("大")
            chosen: root.access.size === 130
            onActivated: root.access.resize(130)
        }

        Segment {
            objectName: "size-160"
            width: root.third
            height: Theme.primaryTarget
            label: qsTr("特大")
            chosen: root.access.size === 160
            onActivated: root.access.resize(160)
        }
    }

    Grid {
        width: parent.width
        columns: Theme.scale > 1.4 ? 1 : 2
        spacing: Theme.gap

        TickBox {
            objectName: "access-contrast"
            width: parent.columns === 1 ? root.width : root.half
            label: qsTr("高对比度")
            ticked: root.access.contrast
            onActivated: root.access.toggle("contrast")
        }

        TickBox {
            objectName: "access-low"
            width: parent.columns === 1 ? root.width : root.half
            label: qsTr("低位操作")
            ticked: root.access.low
            onActivated: root.access.toggle("low")
        }

        TickBox {
            objectName: "access-left"
            width: parent.columns === 1 ? root.width : root.half
            label: qsTr("左手操作")
            ticked: root.access.left
            onActivated: root.access.toggle("left")
        }

        TickBox {
            objectName: "access-slow"
            width: parent.columns === 1 ? root.width : root.half
            label: qsTr("时间加倍")
            ticked: root.access.slow
            onActivated: root.access.toggle("slow")
        }
    }

    TickBox {
        objectName: "access-voice"
        width: parent.width
        label: qsTr("朗读屏幕上的内容")
        ticked: root.access.voice
        onActivated: root.access.toggle("voice")
    }

    SecondaryButton {
        objectName: "access-again"
        width: parent.width
        height: Theme.primaryTarget
        visible: root.access.voice
        symbol: "repeat"
        label: qsTr("再读一遍这个屏幕")
        onActivated: root.access.readAgain()
    }

    SettingRow {
        width: parent.width
        visible: root.access.voice
        label: qsTr("语速")

        StepSetting {
            name: "rate"
            value: root.access.rate
            most: root.access.fastest
            lessLabel: qsTr("说慢一点")
            moreLabel: qsTr("说快一点")
            onStepped: by => root.access.hasten(by)
        }
    }

    SettingRow {
        width: parent.width
        visible: root.access.voice
        label: qsTr("音量")

        StepSetting {
            name: "volume"
            value: root.access.volume
            most: root.access.loudest
            lessLabel: qsTr("轻一点")
            moreLabel: qsTr("响一点")
            onStepped: by => root.access.louden(by)
        }
    }
}
