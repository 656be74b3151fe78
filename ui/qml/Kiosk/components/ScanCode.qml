import QtQuick

// A code to scan with the phone; square.
PageThumb {
    id: root

    required property string label

    objectName: "code"
    height: width
    Accessible.role: Accessible.Graphic
    Accessible.name: label
}
