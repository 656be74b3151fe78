"""The roll of paper: text lines and pictures from top to bottom, until the knife falls."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from devices.sim.drawing import face

CELL_PX: Final = 24
"""Height of the built-in font, and width of a Chinese character in it."""

_MARGIN_PX: Final = {384: 40, 576: 32}
_KNIFE_PX: Final = 112
"""The knife stands 14 mm behind the head: what is cut off is what the head printed that much earlier."""
_WHITE: Final = 255
_ASCII_END: Final = 0x80

Dots = NDArray[np.uint8]
"""``(rows, width)`` uint8, 0 where a dot is burnt and 255 elsewhere."""


@dataclass(frozen=True, slots=True)
class Style:
    """How text is set until the next command changes it."""

    wide: int = 1
    high: int = 1
    bold: bool = False
    underline: bool = False


class Paper:
    """What has come out since the last cut.

    Args:
        width_px: Printable dots across.
    """

    def __init__(self, width_px: int) -> None:
        self.width_px = width_px
        self._strips = [self._blank(_KNIFE_PX)]
        self._line: list[Dots] = []

    def write(self, text: str, style: Style) -> str:
        """Set characters on the current line; return those that no longer fit."""
        for at, char in enumerate(text):
            cell = _cell(char, style)
            if self._line_px() + cell.shape[1] > self.width_px:
                return text[at:]
            self._line.append(cell)
        return ""

    def end_line(self, spacing_px: int, align: int) -> None:
        """Print the current line and feed to the next one.

        Args:
            spacing_px: Distance from line to line.
            align: 0 left, 1 centred, 2 right.
        """
        high_px = max((cell.shape[0] for cell in self._line), default=0)
        strip = self._blank(max(high_px, spacing_px))
        left_px = (self.width_px - self._line_px()) * align // 2
        for cell in self._line:
            rows, columns = cell.shape
            strip[high_px - rows : high_px, left_px : left_px + columns] = cell
            left_px += columns
        self._line = []
        self._strips.append(strip)

    def picture(self, dots: Dots, align: int) -> None:
        """Print a picture; what stands out of the paper is lost, as on the real thing."""
        shown = dots[:, : self.width_px]
        strip = self._blank(shown.shape[0])
        left_px = (self.width_px - shown.shape[1]) * align // 2
        strip[:, left_px : left_px + shown.shape[1]] = shown
        self._strips.append(strip)

    def feed(self, rows: int) -> None:
        """Move the paper on."""
        self._strips.append(self._blank(rows))

    def drop_line(self) -> None:
        """Forget a line that was set but not printed."""
        self._line = []

    def cut(self) -> Image.Image:
        """Return the paper beyond the knife, with its margins; the rest is the top of the next slip."""
        printed = np.vstack(self._strips)
        self._strips = [printed[-_KNIFE_PX:]]
        margin_px = _MARGIN_PX[self.width_px]
        beyond = printed[:-_KNIFE_PX] if len(printed) > _KNIFE_PX else self._blank(1)
        slip = np.pad(beyond, ((0, 0), (margin_px, margin_px)), constant_values=_WHITE)
        return Image.fromarray(slip)

    def _blank(self, rows: int) -> Dots:
        return np.full((rows, self.width_px), _WHITE, np.uint8)

    def _line_px(self) -> int:
        return sum(cell.shape[1] for cell in self._line)


def unpack(data: bytes, row_bytes: int, scale: tuple[int, int]) -> Dots:
    """Turn packed rows, 1 bits burnt, into dots.

    Args:
        data: Whole rows.
        row_bytes: Bytes to a row.
        scale: Horizontal and vertical magnification.
    """
    rows = np.frombuffer(data, np.uint8).reshape(-1, row_bytes)
    dots = np.where(np.unpackbits(rows, axis=1) == 1, 0, _WHITE).astype(np.uint8)
    return dots.repeat(scale[1], axis=0).repeat(scale[0], axis=1)


@lru_cache(maxsize=2048)
def _cell(char: str, style: Style) -> Dots:
    width_px = CELL_PX // 2 if ord(char) < _ASCII_END else CELL_PX
    cell = Image.new("L", (width_px, CELL_PX), _WHITE)
    pen = ImageDraw.Draw(cell)
    for shift_px in (0, 1) if style.bold else (0,):
        pen.text((shift_px, round(CELL_PX * 0.86)), char, font=face("mono", CELL_PX - 1), fill=0, anchor="ls")
    if style.underline:
        pen.line((0, CELL_PX - 1, width_px, CELL_PX - 1), fill=0)
    dots = np.where(np.asarray(cell) < 160, 0, _WHITE).astype(np.uint8)  # noqa: PLR2004  # ink threshold
    return dots.repeat(style.high, axis=0).repeat(style.wide, axis=1)
