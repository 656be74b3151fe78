"""Faces for the pictures that simulated devices make."""

from functools import lru_cache
from pathlib import Path
from typing import Final, Literal

from PIL import ImageFont

_FOLDER: Final = Path("/usr/share/fonts/opentype/noto")
_FILES: Final = {
    "sans": "NotoSansCJK-Regular.ttc",
    "sans-bold": "NotoSansCJK-Bold.ttc",
    "mono": "NotoSansCJK-Regular.ttc",
    "serif": "NotoSerifCJK-Regular.ttc",
    "serif-bold": "NotoSerifCJK-Bold.ttc",
}
_FAMILIES: Final = {
    "sans": "Noto Sans CJK SC",
    "sans-bold": "Noto Sans CJK SC",
    "mono": "Noto Sans Mono CJK SC",
    "serif": "Noto Serif CJK SC",
    "serif-bold": "Noto Serif CJK SC",
}
_FACES_AT_MOST: Final = 10

Face = Literal["sans", "sans-bold", "mono", "serif", "serif-bold"]


@lru_cache(maxsize=64)
def face(name: Face, size_px: int) -> ImageFont.FreeTypeFont:
    """Return a Simplified Chinese face of Debian's fonts-noto-cjk.

    Raises:
        FileNotFoundError: The package is not installed.
    """
    path = _FOLDER / _FILES[name]
    if not path.exists():
        raise FileNotFoundError(f"{path}: install fonts-noto-cjk")
    for index in range(_FACES_AT_MOST):
        font = ImageFont.truetype(str(path), size_px, index=index, layout_engine=ImageFont.Layout.BASIC)
        if font.getname()[0] == _FAMILIES[name]:
            return font
    raise FileNotFoundError(f"{path} holds no {_FAMILIES[name]}")
