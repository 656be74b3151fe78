"""Whether Qt's on-screen keyboard can work here, and where its QML is."""

from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QPluginLoader

KEYBOARD = "Kiosk/keyboard/Keyboard.qml"
_PLUGIN = "platforminputcontexts/libqtvirtualkeyboardplugin.so"


def keyboard_fault() -> str | None:
    """Return why the keyboard's plugin cannot be loaded (a missing library, usually), or None."""
    plugins = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath))
    loader = QPluginLoader(str(plugins / _PLUGIN))
    return None if loader.load() else loader.errorString()
