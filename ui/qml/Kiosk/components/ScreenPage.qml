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
    property string faultAction: ""
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
    // Lying, in large type, the keyboard leaves a low strip: the heading gets half of it and only what is needed.
    readonly property bool tight: !Theme.portrait && Theme.elder && InputMethod.visible
    readonly property real headShare: tight ? 0.48 : 0.34
    signal proceed
    signal fixAsked

    onTurnChanged: button.settle()

    // Lying, a long heading in large type has little room above the keyboard: then it can be moved.
    Flickable {
        id: headPane

        x: Theme.margin
        width: Theme.portrait ? root.width - 2 * Theme.margin : root.headShare * root.width - Theme.margin
        height: Theme.portrait ? contentHeight : root.height
        contentWidth: width
        contentHeight: head.y + head.height
        boundsBehavior: Flickable.StopAtBounds
        interactive: contentHeight > height + 1
        clip: interactive

        Column {
            id: head

            y: root.tight ? Theme.gap : Theme.wide
            width: headPane.width - (Theme.portrait ? 0 : 4 * Theme.mm)
            spacing: Theme.space

            StepMark {
                width: parent.width
                visible: root.stepCount > 0 && !root.tight
                stepNo: root.stepNo
                stepCount: root.stepCount
            }

            // What went wrong comes first: it is said and seen before the rest is gone through again.
            Note {
                width: parent.width
                tone: root.faultTone
                message: root.fault
                textName: "fault"
                // While the keyboard is open the caret is where it belongs.
                action: InputMethod.visible ? "" : root.faultAction
                onActed: root.fixAsked()
            }

            Heading {
                objectName: "title"
                width: parent.width
                text: root.title
            }

            Prose {
                room: parent.width
                // What went wrong matters more than what was said before, where there is room for one of them.
                visible: root.lead !== "" && (root.fault === "" || Theme.portrait || !Theme.elder)
                text: root.lead
                color: Theme.inkSoft
            }
        }
    }

    ScrollBar {
        view: headPane
    }

    Item {
        id: body

        x: Theme.portrait ? Theme.margin : root.headShare * root.width + (root.tight ? Theme.space : Theme.wide)
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
