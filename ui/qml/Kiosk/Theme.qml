pragma Singleton

import QtQuick
import Kiosk

// Every colour and every size of the screens. Sizes are millimetres of the panel times `mm`.
QtObject {
    // Set once by the window: pixels for one millimetre, and which way round the panel hangs.
    property real mm: 4.03
    property bool portrait: true
    property bool motion: true

    readonly property string family: "Noto Sans CJK SC"
    readonly property Glyphs glyphs: Glyphs {}

    readonly property color clear: "transparent"
    readonly property color paper: "#FAF7F1"
    readonly property color surface: "#FFFFFF"
    readonly property color shade: "#F1ECE2"
    readonly property color ink: "#17262B"
    readonly property color inkSoft: "#43555B"
    readonly property color inverse: "#FFFFFF"
    readonly property color accent: "#0A5A5C"
    readonly property color accentPressed: "#063D3F"
    readonly property color accentSoft: "#E1EEEC"
    readonly property color accentLine: "#8AB5B1"
    readonly property color line: "#DDD6C9"
    readonly property color edge: "#6B7B80"
    readonly property color idle: "#5F6D71"
    readonly property color warnSoft: "#FFF2D4"
    readonly property color warnInk: "#543800"
    readonly property color warnEdge: "#B07A00"
    readonly property color faultSoft: "#FBEAE5"
    readonly property color faultInk: "#7A1F0E"
    readonly property color faultEdge: "#B0452F"
    readonly property color goodSoft: "#E3F1E6"
    readonly property color goodInk: "#185A2B"
    readonly property color goodEdge: "#3E8A55"
    readonly property color night: "#0B3C40"
    readonly property color nightLine: "#1B5A5E"
    readonly property color nightGlow: "#D9B26A"

    // Type, by the em square: a capital is 0.73 of it, so body text has capitals of 5 mm.
    readonly property real smallText: 5.4 * mm
    readonly property real bodyText: 6.8 * mm
    readonly property real leadText: 7.8 * mm
    readonly property real titleText: 11.5 * mm
    readonly property real displayText: 17 * mm
    readonly property real giantText: 26 * mm
    readonly property real leading: 1.32

    readonly property real gap: Math.round(3.2 * mm)
    readonly property real space: Math.round(5 * mm)
    readonly property real wide: Math.round(9 * mm)
    readonly property real margin: Math.round((portrait ? 15 : 17) * mm)
    readonly property real radius: Math.round(2.6 * mm)
    readonly property real hairline: Math.max(1, Math.round(0.3 * mm))
    readonly property real stroke: Math.max(2, Math.round(0.6 * mm))

    readonly property real target: Math.round(15.5 * mm)
    readonly property real primaryTarget: Math.round(21 * mm)
    readonly property real stripHeight: Math.round(20 * mm)
    readonly property real footerHeight: Math.round(22 * mm)
}
