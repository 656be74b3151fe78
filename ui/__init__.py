"""The screens: QML, view-models and the one crossing between Qt's thread and the rest. The only Qt code."""
