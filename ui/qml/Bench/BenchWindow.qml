pragma ComponentBehavior: Bound

import QtQuick
import Kiosk
import Kiosk.Bench

// What hands do at a real terminal. For whoever tries the terminal out; residents never see it.
Window {
    id: root

    required property BenchPanel bench

    width: 380
    height: column.implicitHeight + 48
    visible: true
    color: Theme.shade
    title: "试验台 Bench"

    Column {
        id: column

        x: 24
        y: 24
        width: root.width - 48
        spacing: 10

        BenchHeading { text: "身份证 ID card" }

        Repeater {
            model: root.bench.persons

            BenchButton {
                id: card

                required property int index
                required property string modelData

                objectName: "bench-card-" + index
                label: "放卡 Place: " + modelData
                chosen: root.bench.card === index
                onActivated: root.bench.place(card.index)
            }
        }

        BenchButton {
            objectName: "bench-take-card"
            label: "取卡 Take the card"
            enabled: root.bench.card >= 0
            onActivated: root.bench.take()
        }

        BenchHeading { text: "一码通 One-ID code" }

        Repeater {
            model: root.bench.persons

            BenchButton {
                id: phone

                required property int index
                required property string modelData

                objectName: "bench-code-" + index
                label: "出示 Show: " + modelData
                onActivated: root.bench.show_code(phone.index)
            }
        }

        BenchHeading { text: "打印机 Printer" }

        BenchButton {
            objectName: "bench-paper"
            label: root.bench.paper ? "取走纸卷 Take the paper away" : "装回纸卷 Put the paper back"
            chosen: !root.bench.paper
            onActivated: root.bench.toggle_paper()
        }

        BenchButton {
            objectName: "bench-cover"
            label: root.bench.cover ? "打开纸仓盖 Open the cover" : "关上纸仓盖 Close the cover"
            chosen: !root.bench.cover
            onActivated: root.bench.toggle_cover()
        }

        BenchHeading { text: "网络 Network" }

        BenchButton {
            objectName: "bench-network"
            label: root.bench.network ? "断开网络 Cut the network" : "恢复网络 Restore the network"
            chosen: !root.bench.network
            onActivated: root.bench.toggle_network()
        }

        BenchHeading { text: "设备进程 Device processes" }

        Repeater {
            model: root.bench.devices

            BenchButton {
                id: device

                required property string modelData

                objectName: "bench-kill-" + modelData
                label: "结束进程 Kill: " + modelData
                onActivated: root.bench.kill(device.modelData)
            }
        }
    }
}
