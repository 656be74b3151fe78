pragma ComponentBehavior: Bound

import QtQuick
import Kiosk
import Kiosk.ViewModels

// Taking one page, then looking at it.
TakingPage {
    id: root

    readonly property CaptureViewModel capture: shell.capture

    taking: capture
    good: capture.good
    title: taking.judging ? (good ? qsTr("看得清楚吗？")
                           : capture.twice ? qsTr("这一页好像已经有了") : qsTr("这一页可能不够清楚"))
         : taking.working ? (taking.photo ? qsTr("正在拍照，请不要移动") : qsTr("正在扫描，请稍候")) : capture.name
    lead: !taking.judging ? capture.how : good ? qsTr("请看看文字是否清楚、四边是否完整。")
        : capture.twice ? qsTr("确实是两张不同的页，也可以就用这一页。")
        : qsTr("您看得清，也可以就用这一页；部门看不清时，会请您再交一次。")
    take: taking.photo ? qsTr("拍照") : qsTr("开始扫描")
    again: qsTr("再来一次")
    keep: qsTr("就用这一页")
    pictureName: qsTr("刚才的一页")

    notes: CaptureNotes {
        width: parent?.width ?? 0
        taking: root.capture
    }
}
