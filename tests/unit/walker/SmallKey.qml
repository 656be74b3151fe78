import QtQuick

Item {
    property int keyType: 1
}
