import QtQuick
import Kiosk

// One thing on one page: where one is, what it is about, the thing itself, and the one thing to do next.
// Upright everything stands below each other; lying, the heading stands on the left of the thing itself.
Item {
    id: root

    property string title: ""
    property string lead: ""
    property string fault: ""
    property string faultTone: "fault"
    property bool faultTakesFocus: false
    property int stepNo: 0
    property int stepCount: 0
    property int turn: 0
    property string primary: ""
    property string primaryIcon: "forward"
    property bool primaryAvailable: true
    default property alias content: area.content
    property alias contentSpacing: area.spacing
    property alias actions: secondary.data
    property Item stage: null
    readonly property real bodyWidth: body.width
    signal proceed

    onTurnChanged: button.settle()

    Column {
        id: head

        x: Theme.margin
        y: Theme.wide
        width: Theme.portrait ? root.width - 2 * Theme.margin : 0.34 * root.width - Theme.margin
        spacing: Theme.space

        StepMark {
            width: parent.width
            visible: root.stepCount > 0
            stepNo: root.stepNo
            stepCount: root.stepCount
        }

        Heading {
            objectName: "title"
            width: parent.width
            text: root.title
        }

        Words {
            width: parent.width
            visible: root.lead !== ""
            text: root.lead
            color: Theme.inkSoft
        }

        Note {
            width: parent.width
            tone: root.faultTone
            message: root.fault
            textName: "fault"
            onMessageChanged: if (root.faultTakesFocus && message !== "") forceActiveFocus()
        }
    }

    Item {
        id: body

        x: Theme.portrait ? Theme.margin : 0.34 * root.width + Theme.wide
        y: Theme.portrait ? head.y + head.height + Theme.wide : Theme.wide
        width: root.width - x - Theme.margin
        height: (foot.visible ? foot.y - Theme.space : root.height - Theme.space) - y

        ScrollArea {
            id: area

            anchors.fill: parent
            visible: root.stage === null
        }
    }

    Item {
        id: stageHolder

        x: body.x
        y: body.y
        width: body.width
        height: body.height
        data: root.stage === null ? [] : [root.stage]
    }

    Column {
        id: foot

        x: body.x
        y: root.height - height - Theme.space
        width: body.width
        spacing: Theme.gap
        visible: root.primary !== "" || secondary.children.length > 0

        Item {
            width: parent.width
            height: Theme.primaryTarget

            Row {
                id: secondary

                anchors.left: parent.left
                LayoutMirroring.enabled: Theme.left
                height: parent.height
                spacing: Theme.gap
            }

            PrimaryButton {
                id: button

                readonly property real room: parent.width - (secondary.width > 0 ? secondary.width + Theme.gap : 0)

                objectName: "continue"
                anchors.right: parent.right
                LayoutMirroring.enabled: Theme.left
                width: Theme.portrait ? room : Math.min(room, Math.max(implicitWidth, 110 * Theme.mm))
                visible: root.primary !== ""
                label: root.primary
                symbol: root.primaryIcon
                available: root.primaryAvailable
                onActivated: root.proceed()
            }
        }
    }
}
