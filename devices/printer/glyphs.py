"""Characters that the font does not have: marked on the slip and told, never left out.

Noto Sans CJK has all of the 8 105 characters of the General Standard Table and those of GB 18030 levels 1 and
2; of the rarest blocks (extensions B to H) it has a part.
"""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final, assert_never

from PIL import Image, ImageDraw, ImageFont

from devices.model import BarcodeBlock, Block, GapBlock, PairBlock, QrBlock, RuleBlock, TextBlock
from devices.printer.fonts import Fonts

GETA: Final = "〓"
"""What Chinese and Japanese printers have always set for a character that they do not have."""

_NO_CHARACTER: Final = "\U0010fffd"
_PROBE_PX: Final = 24
_UNSEEN: Final = ("Cc", "Cf", "Mn")
"""Control and format characters, and what only modifies the character before it: variation selectors."""
_FULL_WIDTH_YEN: Final = {0xA5: 0xFFE5}
"""GB 18030 has ￥; U+00A5 is four bytes in it, which printers read as something else."""


def with_marks(blocks: Sequence[Block], fonts: Fonts) -> tuple[tuple[Block, ...], int]:
    """Replace characters that could not be drawn by a mark, and say so at the foot of the slip.

    Returns:
        The blocks as they can be printed, and how many different characters were missing.
    """
    font = fonts.at(_PROBE_PX)
    blank = _shape(font, _NO_CHARACTER)
    missing: dict[str, None] = {}

    def marked(text: str) -> str:
        kept = [char for char in text.translate(_FULL_WIDTH_YEN) if not _is_unseen(char)]
        lacking = {char for char in set(kept) if not char.isspace() and _shape(font, char) == blank}
        missing.update((char, None) for char in kept if char in lacking)
        return "".join(GETA if char in lacking else char for char in kept)

    printable = [_marked(block, marked) for block in blocks]
    if missing:
        points = " ".join(f"U+{ord(char):04X}" for char in missing)
        note = f"{GETA} 本机字库暂无此字 Character not available: {points}"
        printable.append(TextBlock(note, size="small"))
    return tuple(printable), len(missing)


def _marked(block: Block, marked: Callable[[str], str]) -> Block:
    match block:
        case TextBlock():
            return replace(block, text=marked(block.text))
        case PairBlock():
            return replace(block, label=marked(block.label), value=marked(block.value))
        case RuleBlock() | GapBlock() | QrBlock() | BarcodeBlock():
            return block
        case _:
            assert_never(block)


def _is_unseen(char: str) -> bool:
    return char != "\n" and unicodedata.category(char) in _UNSEEN


def _shape(font: ImageFont.FreeTypeFont, char: str) -> bytes:
    cell = Image.new("L", (2 * _PROBE_PX, 2 * _PROBE_PX))
    ImageDraw.Draw(cell).text((0, 0), char, font=font, fill=255)
    return cell.tobytes()
