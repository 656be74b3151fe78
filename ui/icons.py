"""The font that the icons are glyphs of: Material Design Icons, from its package."""

from importlib.util import find_spec
from pathlib import Path

from PySide6.QtGui import QFontDatabase

from ui.errors import DisplayError

_FAMILY = "Material Design Icons"
_PACKAGE = "fonticon_mdi7"
_FILE = "materialdesignicons-webfont.ttf"


def load_icon_font() -> None:
    """Make the icons known to Qt; doing it again changes nothing.

    Raises:
        DisplayError: ``ui.no-icons`` when the package or its font is not there.
    """
    if QFontDatabase.hasFamily(_FAMILY):
        return
    spec = find_spec(_PACKAGE)  # importing it would build a table of seven thousand names
    if spec is None or spec.origin is None:
        raise DisplayError("ui.no-icons", f"{_PACKAGE} is not installed")
    path = Path(spec.origin).parent / "fonts" / _FILE
    if QFontDatabase.addApplicationFont(str(path)) < 0:
        raise DisplayError("ui.no-icons", f"{path} cannot be used")
