"""The two weights of Noto Sans CJK SC that everything on paper is set in."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

from devices.errors import DeviceError, Remedy

FOLDER = Path("/usr/share/fonts/opentype/noto")
"""Where Debian's ``fonts-noto-cjk`` puts the collections."""

_FAMILY = "Noto Sans CJK SC"
_REGULAR = "NotoSansCJK-Regular.ttc"
_BOLD = "NotoSansCJK-Bold.ttc"
_FACES_AT_MOST = 16


@dataclass(frozen=True, slots=True)
class Fonts:
    """Both weights, found once; sizes are cut on demand.

    Args:
        regular: Collection file of the regular weight.
        regular_index: Which face in it is the Simplified Chinese one.
        bold: Collection file of the bold weight.
        bold_index: Which face in it is the Simplified Chinese one.
    """

    regular: Path
    regular_index: int
    bold: Path
    bold_index: int

    def at(self, size_px: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
        """Return the face at ``size_px`` dots to the em."""
        if bold:
            return _cut(self.bold, self.bold_index, size_px)
        return _cut(self.regular, self.regular_index, size_px)


def find_fonts(device: str, folder: Path = FOLDER) -> Fonts:
    """Look the two collections up.

    The same character is drawn differently for Japan, Korea, Taiwan and the mainland; a collection holds
    all of them, and an official slip must use the mainland's.

    Args:
        device: Logical name, for the error.
        folder: Where the collections lie.

    Raises:
        DeviceError: ``printer.font-missing`` (service).
    """
    regular, bold = folder / _REGULAR, folder / _BOLD
    return Fonts(regular, _face(device, regular), bold, _face(device, bold))


def _face(device: str, path: Path) -> int:
    # Asked for a file that is not there, Pillow would look for one of that name all over the system.
    if not path.is_file():
        raise DeviceError(device, "printer.font-missing", Remedy.SERVICE, f"{path}: install fonts-noto-cjk")
    for index in range(_FACES_AT_MOST):
        try:
            face = ImageFont.truetype(str(path), 16, index=index, layout_engine=ImageFont.Layout.BASIC)
        except OSError as error:
            raise DeviceError(device, "printer.font-missing", Remedy.SERVICE, f"{path}: {error}") from error
        if face.getname()[0] == _FAMILY:
            return index
    raise DeviceError(device, "printer.font-missing", Remedy.SERVICE, f"{path} holds no {_FAMILY}")


@lru_cache(maxsize=32)
def _cut(path: Path, index: int, size_px: int) -> ImageFont.FreeTypeFont:
    # The basic engine gives the same picture on every machine; complex shaping is not needed for Chinese.
    return ImageFont.truetype(str(path), size_px, index=index, layout_engine=ImageFont.Layout.BASIC)
