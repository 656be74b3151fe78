import Kiosk

// A photo of a reported problem: the live picture, then what was taken.
TakingPage {
    title: taking.judging ? qsTr("用这张照片吗？") : taking.working ? qsTr("正在拍照，请不要移动") : qsTr("对准要拍的东西")
    lead: taking.judging ? qsTr("请看看有没有拍到别人的脸或车牌。")
                         : qsTr("可以把手机里的照片举到摄像头前。请不要拍到别人的脸和车牌。")
    take: qsTr("拍照")
    again: qsTr("重新拍")
    keep: qsTr("就用这一张")
    pictureName: qsTr("刚拍的照片")
}
