import QtQuick

// Our names for glyphs of the Material Design Icons font; behind each, its name there. Outlines where there are.
QtObject {
    readonly property string family: "Material Design Icons"
    readonly property var codes: ({
        "back": "\u{F0141}", // chevron-left
        "forward": "\u{F0142}", // chevron-right
        "up": "\u{F0143}", // chevron-up
        "down": "\u{F0140}", // chevron-down
        "leave": "\u{F0206}", // exit-to-app
        "close": "\u{F0156}", // close
        "tick": "\u{F012C}", // check
        "attention": "\u{F002A}", // alert-outline
        "info": "\u{F02FD}", // information-outline
        "search": "\u{F0349}", // magnify
        "phone": "\u{F0DF0}", // phone-outline
        "globe": "\u{F05CA}", // translate
        "offline": "\u{F0164}", // cloud-off-outline
        "eye": "\u{F06D0}", // eye-outline
        "hidden": "\u{F06D1}", // eye-off-outline
        "apply": "\u{F0DC9}", // file-document-edit-outline
        "guides": "\u{F15D6}", // book-open-page-variant-outline
        "document": "\u{F09EE}", // file-document-outline
        "elderly": "\u{F1581}", // human-cane
        "home": "\u{F06A1}", // home-outline
        "card": "\u{F0DAB}", // card-account-details-outline
        "school": "\u{F1180}", // school-outline
        "support": "\u{F157E}", // hand-heart-outline
        "building": "\u{F151F}", // office-building-outline
        "shop": "\u{F10C1}", // storefront-outline
        "scan": "\u{F06AB}", // scanner
        "camera": "\u{F0D5D}", // camera-outline
        "receipt": "\u{F19DC}", // receipt-text-outline
        "saved": "\u{F1270}", // inbox-arrow-down-outline
        "access": "\u{F02E6}", // human
        "speech": "\u{F057E}", // volume-high
        "silent": "\u{F0581}", // volume-off
        "headphones": "\u{F02CB}", // headphones
        "larger": "\u{F027F}", // format-size
        "contrast": "\u{F0197}", // contrast-circle
        "low": "\u{F05A4}", // wheelchair-accessibility
        "left": "\u{F182C}", // hand-back-left-outline
        "clock": "\u{F0150}", // clock-outline
        "keyboard": "\u{F097B}", // keyboard-outline
        "handwriting": "\u{F19B9}", // draw-pen
        "shift": "\u{F0636}", // apple-keyboard-shift
        "erase": "\u{F0B5C}", // backspace-outline
        "undo": "\u{F054C}", // undo
        "edit": "\u{F0CB6}", // pencil-outline
        "delete": "\u{F09E7}", // delete-outline
        "retake": "\u{F0E1A}", // camera-retake-outline
        "repeat": "\u{F0450}", // refresh
        "earlier": "\u{F005D}", // arrow-up
        "later": "\u{F0045}", // arrow-down
        "add": "\u{F0415}", // plus
        "remove": "\u{F0374}", // minus
        "print": "\u{F1786}", // printer-outline
        "code": "\u{F0432}", // qrcode
        "place": "\u{F07D9}", // map-marker-outline
        "report": "\u{F0B23}", // bullhorn-outline
        "progress": "\u{F0996}", // progress-clock
        "mine": "\u{F0013}", // account-outline
        "family": "\u{F0B58}", // account-group-outline
        "child": "\u{F0E7D}", // baby-face-outline
        "health": "\u{F06EF}", // medical-bag
        "work": "\u{F0814}", // briefcase-outline
        "certificate": "\u{F1188}", // certificate-outline
        "star": "\u{F04D2}", // star-outline
        "very-good": "\u{F069C}", // emoticon-excited-outline
        "good": "\u{F01F5}", // emoticon-happy-outline
        "fair": "\u{F01F6}", // emoticon-neutral-outline
        "poor": "\u{F01F8}", // emoticon-sad-outline
        "very-poor": "\u{F0C6A}", // emoticon-angry-outline
        "calendar": "\u{F0B67}", // calendar-outline
        "shield": "\u{F0CC8}", // shield-check-outline
        "fingerprint": "\u{F0237}" // fingerprint
    })
}
