"""What stands on a slip, drawn as one 1-bit picture.

Text is drawn here and not by the printer: printer ROM fonts lack the rare characters of personal names,
and a slip with somebody's name wrong on it is worse than none.
"""

from collections.abc import Sequence
from typing import Final, assert_never

import segno
from barcode.codex import Code128
from barcode.errors import BarcodeError
from PIL import Image, ImageDraw, ImageFont

from devices.errors import DeviceError, Remedy
from devices.model import BarcodeBlock, Block, GapBlock, PairBlock, QrBlock, RuleBlock, TextBlock
from devices.printer.fonts import Fonts
from devices.printer.wrap import wrap

DOTS_PER_MM: Final = 8
"""203 dpi, the pitch of nearly every receipt printer."""

WIDTH_PX: Final = {58: 384, 80: 576}
"""Printable dots across, by paper width in millimetres."""

_SIZE_MM: Final = {"small": 2.75, "normal": 3.4, "large": 4.75, "huge": 7.5}
_LEADING: Final = {"small": 1.4, "normal": 1.45, "large": 1.4, "huge": 1.3}
_SIDE_MM: Final = 1.5
_LABEL_SHARE: Final = 0.4
_LABEL_GAP_MM: Final = 2.5
_RULE_MM: Final = 0.25
_RULE_SPACE_MM: Final = 2.0
_QUIET_MODULES: Final = 4
_MODULE_PX_MIN: Final = 3
"""0.375 mm: what a cheap telephone still reads from thermal paper."""
_BAR_PX: Final = (3, 2)
"""Dots to a module, the wider the better; 0.25 mm is what a hand scanner still reads from thermal paper."""
_BARCODE_GAP_MM: Final = 1.0
_INK: Final = 150
"""Grey below which a dot is burnt; above one half, so that thin strokes survive the thermal head."""


def draw_slip(device: str, blocks: Sequence[Block], width_px: int, fonts: Fonts) -> Image.Image:
    """Draw ``blocks`` from top to bottom.

    Args:
        device: Logical name, for the error.
        blocks: What stands on the slip.
        width_px: Printable dots across, a multiple of 8.
        fonts: The faces to set it in.

    Returns:
        A picture of mode ``1``, ``width_px`` wide, 0 where a dot is burnt.

    Raises:
        DeviceError: ``printer.qr-too-large`` or ``printer.barcode-too-long`` (service): the data cannot be
            read back at this paper width; ``printer.barcode-invalid`` (service): it holds what Code 128 has
            no sign for.
    """
    label_px = _label_column(blocks, width_px, fonts)
    strips = [_draw(device, block, width_px, label_px, fonts) for block in blocks]
    height_px = max(1, sum(strip.height for strip in strips))
    slip = Image.new("L", (width_px, height_px), 255)
    top_px = 0
    for strip in strips:
        slip.paste(strip, (0, top_px))
        top_px += strip.height
    return slip.point([0] * _INK + [255] * (256 - _INK)).convert("1", dither=Image.Dither.NONE)


def _draw(device: str, block: Block, width_px: int, label_px: int, fonts: Fonts) -> Image.Image:
    match block:
        case TextBlock():
            return _draw_text(block, width_px, fonts)
        case PairBlock():
            return _draw_pair(block, width_px, label_px, fonts)
        case RuleBlock():
            return _draw_rule(width_px)
        case GapBlock(height_mm):
            return _blank(width_px, _dots(height_mm))
        case QrBlock():
            return _draw_qr(device, block, width_px)
        case BarcodeBlock():
            return _draw_barcode(device, block, width_px, fonts)
        case _:
            assert_never(block)


def _dots(length_mm: float) -> int:
    return round(length_mm * DOTS_PER_MM)


def _blank(width_px: int, height_px: int) -> Image.Image:
    return Image.new("L", (width_px, max(0, height_px)), 255)


def _draw_text(block: TextBlock, width_px: int, fonts: Fonts) -> Image.Image:
    side_px = _dots(_SIDE_MM)
    size_px = _dots(_SIZE_MM[block.size])
    font = fonts.at(size_px, bold=block.bold)
    lines = wrap(block.text, width_px - 2 * side_px, font.getlength)
    line_px = round(size_px * _LEADING[block.size])
    strip = _blank(width_px, line_px * len(lines))
    pen = ImageDraw.Draw(strip)
    for row, line in enumerate(lines):
        left_px = side_px if block.align == "left" else (width_px - font.getlength(line)) / 2
        _write(pen, (round(left_px), row * line_px), line, font, line_px)
    return strip


def _draw_pair(block: PairBlock, width_px: int, label_px: int, fonts: Fonts) -> Image.Image:
    side_px = _dots(_SIDE_MM)
    size_px = _dots(_SIZE_MM["normal"])
    label_font, value_font = fonts.at(size_px), fonts.at(size_px, bold=True)
    value_left_px = side_px + label_px + _dots(_LABEL_GAP_MM)
    labels = wrap(block.label, label_px, label_font.getlength)
    values = wrap(block.value, width_px - side_px - value_left_px, value_font.getlength)
    line_px = round(size_px * _LEADING["normal"])
    strip = _blank(width_px, line_px * max(len(labels), len(values)))
    pen = ImageDraw.Draw(strip)
    for row, line in enumerate(labels):
        _write(pen, (side_px, row * line_px), line, label_font, line_px)
    for row, line in enumerate(values):
        _write(pen, (value_left_px, row * line_px), line, value_font, line_px)
    return strip


def _label_column(blocks: Sequence[Block], width_px: int, fonts: Fonts) -> int:
    """Give every pair of a slip the same label column, wide enough for the longest label if it can be."""
    font = fonts.at(_dots(_SIZE_MM["normal"]))
    labels = [block.label for block in blocks if isinstance(block, PairBlock)]
    widest_px = max((font.getlength(label) for label in labels), default=0)
    return min(round(widest_px + 0.5), round(width_px * _LABEL_SHARE))


def _write(
    pen: ImageDraw.ImageDraw,
    at_px: tuple[int, int],
    text: str,
    font: ImageFont.FreeTypeFont,
    line_px: int,
) -> None:
    """Set one line on its baseline, so that Latin and Chinese of any weight stand level."""
    left_px, top_px = at_px
    # Chinese glyphs fill the em box from 12 % below the baseline to 88 % above it.
    baseline_px = top_px + (line_px - font.size) / 2 + font.size * 0.88
    pen.text((left_px, round(baseline_px)), text, font=font, fill=0, anchor="ls")


def _draw_rule(width_px: int) -> Image.Image:
    space_px, thick_px = _dots(_RULE_SPACE_MM), _dots(_RULE_MM)
    strip = _blank(width_px, 2 * space_px + thick_px)
    ImageDraw.Draw(strip).rectangle(
        (_dots(_SIDE_MM), space_px, width_px - 1 - _dots(_SIDE_MM), space_px + thick_px - 1), fill=0
    )
    return strip


def _draw_qr(device: str, block: QrBlock, width_px: int) -> Image.Image:
    """Draw whole dots to a module: a module of 3.6 dots is one that some telephones cannot read."""
    code = segno.make_qr(block.data, error="m", boost_error=False)
    modules = len(code.matrix)
    room_px = min(_dots(block.width_mm), width_px)
    module_px = max(_MODULE_PX_MIN, room_px // modules)
    size_px = module_px * modules
    quiet_px = _QUIET_MODULES * module_px
    if size_px + 2 * quiet_px > width_px:
        raise DeviceError(
            device, "printer.qr-too-large", Remedy.SERVICE, f"{modules} modules on {width_px} dots"
        )
    strip = _blank(width_px, size_px + 2 * quiet_px)
    picture = Image.new("L", (modules, modules), 255)
    picture.putdata([0 if dark else 255 for row in code.matrix for dark in row])
    scaled = picture.resize((size_px, size_px), Image.Resampling.NEAREST)
    strip.paste(scaled, ((width_px - size_px) // 2, quiet_px))
    return strip


def _draw_barcode(device: str, block: BarcodeBlock, width_px: int, fonts: Fonts) -> Image.Image:
    bars = _bars(device, block.data)
    # The quiet zone of ten modules (ISO/IEC 15417) is the paper's own margin, 4 mm and more on either side.
    module_px = next((px for px in _BAR_PX if len(bars) * px <= width_px), None)
    if module_px is None:
        raise DeviceError(
            device, "printer.barcode-too-long", Remedy.SERVICE, f"{len(bars)} modules on {width_px} dots"
        )
    gap_px, height_px = _dots(_BARCODE_GAP_MM), _dots(block.height_mm)
    caption = _draw_text(TextBlock(block.data, "small", "centre"), width_px, fonts)
    strip = _blank(width_px, gap_px + height_px + caption.height)
    row = Image.new("L", (len(bars), 1), 255)
    row.putdata([0 if bar == "1" else 255 for bar in bars])
    scaled = row.resize((len(bars) * module_px, height_px), Image.Resampling.NEAREST)
    strip.paste(scaled, ((width_px - scaled.width) // 2, gap_px))
    strip.paste(caption, (0, gap_px + height_px))
    return strip


def _bars(device: str, data: str) -> str:
    """Return the modules of a Code 128 symbol, ``1`` for black."""
    refusal = DeviceError(device, "printer.barcode-invalid", Remedy.SERVICE, f"{len(data)} characters")
    if not data or not data.isascii():
        raise refusal
    try:
        return str(Code128(data).build()[0])
    except BarcodeError as error:
        raise refusal from error
