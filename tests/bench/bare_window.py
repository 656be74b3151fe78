"""The least that Qt Quick can show: one window, one rectangle. Prints when its first frame stood.

``python -m tests.bench.bare_window WIDTH_PX HEIGHT_PX``
"""

import sys
from time import monotonic

from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

_QML = """
import QtQuick
Window {{
    visible: true
    width: {}
    height: {}
    Rectangle {{ anchors.fill: parent; color: "seagreen" }}
}}
"""


def main(width_px: str, height_px: str) -> None:
    application = QGuiApplication([])
    engine = QQmlApplicationEngine()
    engine.loadData(_QML.format(width_px, height_px).encode())
    window = engine.rootObjects()[0]
    assert isinstance(window, QQuickWindow)

    def shown() -> None:
        window.frameSwapped.disconnect(shown)
        print(monotonic(), flush=True)
        application.quit()

    window.frameSwapped.connect(shown)
    application.exec()


if __name__ == "__main__":
    main(*sys.argv[1:])
