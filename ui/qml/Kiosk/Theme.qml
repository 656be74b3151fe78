pragma Singleton

import QtQuick
import Kiosk

// Every colour and every size of the screens. Sizes are millimetres of the panel times `mm`.
QtObject {
    // Set once by the window: pixels for one millimetre, and which way round the panel hangs.
    property real mm: 4.03
    property bool portrait: true
    property bool motion: true

    readonly property Glyphs glyphs: Glyphs {}
    // Set by the resident, for one visit: see kiosk/session/access.py.
    property real scale: 1
    property bool contrast: false
    property bool left: false
    property string language: "zh-CN"
    readonly property bool elder: scale > 1.2

    readonly property string family: language === "zh-Hant" ? "Noto Sans CJK HK" : "Noto Sans CJK SC"

    readonly property color clear: "transparent"
    readonly property color paper: contrast ? "#FFFFFF" : "#FAF7F1"
    readonly property color surface: "#FFFFFF"
    readonly property color shade: contrast ? "#FFFFFF" : "#F1ECE2"
    readonly property color ink: contrast ? "#000000" : "#17262B"
    readonly property color inkSoft: contrast ? "#000000" : "#43555B"
    readonly property color inverse: "#FFFFFF"
    readonly property color accent: contrast ? "#003B3D" : "#0A5A5C"
    readonly property color accentPressed: contrast ? "#000000" : "#063D3F"
    readonly property color accentSoft: contrast ? "#FFFFFF" : "#E1EEEC"
    // Under a finger, in any contrast: each touch has to be seen.
    readonly property color touched: contrast ? "#BFD9D6" : "#CDE2DF"
    readonly property color accentLine: contrast ? "#003B3D" : "#8AB5B1"
    // Edges of what can be touched: 3 : 1 against paper and surface.
    readonly property color accentEdge: contrast ? "#003B3D" : "#5E9491"
    readonly property color cardEdge: contrast ? "#000000" : "#7F8D91"
    readonly property color line: contrast ? "#000000" : "#DDD6C9"
    readonly property color edge: contrast ? "#000000" : "#6B7B80"
    readonly property color idle: contrast ? "#3B474B" : "#5F6D71"
    readonly property color warnSoft: contrast ? "#FFFFFF" : "#FFF2D4"
    readonly property color warnInk: contrast ? "#3D2800" : "#543800"
    readonly property color warnEdge: contrast ? "#3D2800" : "#B07A00"
    readonly property color faultSoft: contrast ? "#FFFFFF" : "#FBEAE5"
    readonly property color faultInk: contrast ? "#5E1305" : "#7A1F0E"
    readonly property color faultEdge: contrast ? "#5E1305" : "#B0452F"
    readonly property color goodSoft: contrast ? "#FFFFFF" : "#E3F1E6"
    readonly property color goodInk: contrast ? "#0B3A19" : "#185A2B"
    readonly property color goodEdge: contrast ? "#0B3A19" : "#3E8A55"
    readonly property color veil: "#8C17262B"
    readonly property color night: contrast ? "#000000" : "#0B3C40"
    readonly property color nightLine: contrast ? "#333333" : "#1B5A5E"
    readonly property color nightGlow: contrast ? "#FFFFFF" : "#D9B26A"

    // Type, by the em square: a capital is 0.73 of it, so body text has capitals of 5 mm.
    readonly property real smallText: 5.4 * mm * scale
    readonly property real bodyText: 6.8 * mm * scale
    readonly property real leadText: 7.8 * mm * scale
    readonly property real titleText: 11.5 * mm * (0.4 + 0.6 * scale)
    readonly property real displayText: 17 * mm * (0.6 + 0.4 * scale)
    readonly property real giantText: 26 * mm
    readonly property real leading: 1.32

    readonly property real gap: Math.round(3.2 * mm)
    readonly property real space: Math.round(5 * mm)
    readonly property real wide: Math.round(9 * mm)
    readonly property real margin: Math.round((portrait ? 15 : 17) * mm)
    readonly property real radius: Math.round(2.6 * mm)
    readonly property real hairline: Math.max(1, Math.round((contrast ? 0.5 : 0.3) * mm))
    readonly property real stroke: Math.max(2, Math.round(0.6 * mm))

    // A finger that trembles needs more than a steady one: targets grow half as fast as the text.
    readonly property real reach: 0.5 + 0.5 * scale
    readonly property real target: Math.round(15.5 * mm * reach)
    readonly property real primaryTarget: Math.round(21 * mm * reach)

    // The frame is on every screen and has little to say; it grows less than what is read.
    readonly property real frameScale: Math.min(scale, 1.2)
    readonly property real frameText: 5.4 * mm * frameScale
    readonly property real stripHeight: Math.round(20 * mm * frameScale)
    readonly property real footerHeight: Math.round(22 * mm * frameScale)
}
