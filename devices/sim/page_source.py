"""The page that lies on the simulated scanner: a sample household register card of an invented person."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from devices.sim.drawing import Face, face

DPI: Final = 200
_GLASS_MM: Final = (226.0, 166.0)
_PAGE_MM: Final = (206.0, 146.0)
_TILT_DEG: Final = 1.4
_GLASS_COLOUR: Final = (38, 40, 43)
_PAPER: Final = (250, 247, 238)
_INK: Final = (34, 34, 38)
_FORM: Final = (96, 60, 50)
_SEAL: Final = (196, 40, 36)
_SEED: Final = 20260301

_COLUMNS_MM: Final = (14.0, 42.0, 112.0, 142.0, 192.0)
_TOP_MM: Final = 27.0
_ROW_MM: Final = 9.6


@dataclass(frozen=True, slots=True)
class _Letters:
    face: Face
    size_mm: float
    colour: tuple[int, int, int]


def write_page(path: Path, name: str, number: str) -> None:
    """Draw the card of ``name`` as it lies on the glass and write it as a PNM file.

    Args:
        path: File to write; the whole of it appears at once.
        name: Name of the invented person.
        number: Identity number of the invented person; birth date and sex follow from one of 18 characters
            and are left blank for any other.
    """
    unfinished = path.with_suffix(".part")
    _on_glass(_card(name, number)).save(unfinished, format="PPM")
    unfinished.replace(path)


def _px(length_mm: float) -> int:
    return round(length_mm / 25.4 * DPI)


def _card(name: str, number: str) -> Image.Image:
    card = Image.new("RGB", (_px(_PAGE_MM[0]), _px(_PAGE_MM[1])), _PAPER)
    pen = ImageDraw.Draw(card)
    _guilloche(pen, card.size)
    _write(pen, (_PAGE_MM[0] / 2, 15.0), "常住人口登记卡", _Letters("serif-bold", 8.4, _FORM), "mm")
    rows = _rows(name, number)
    for index, (left, left_value, right, right_value) in enumerate(rows):
        _row(pen, _TOP_MM + index * _ROW_MM, (left, left_value, right, right_value))
    bottom_mm = _TOP_MM + len(rows) * _ROW_MM
    for index, label in enumerate(("何时由何地迁来本市（县）", "何时由何地迁来本址")):
        _wide_row(pen, bottom_mm + index * _ROW_MM, label, "")
    foot_mm = bottom_mm + 2 * _ROW_MM + 6.5
    _write(pen, (16.0, foot_mm), "承办人签章：", _Letters("serif", 4.2, _FORM))
    _write(pen, (128.0, foot_mm), "登记日期：2024年05月16日", _Letters("serif", 4.2, _FORM))
    _write(pen, (128.0, foot_mm + 7.5), "样本 · 人物为虚构 · 不作任何证明之用", _Letters("sans", 3.0, _FORM))
    return ImageChops.multiply(ImageChops.multiply(card, _watermark(card.size)), _seal(card.size))


def _rows(name: str, number: str) -> list[tuple[str, str, str, str]]:
    born = sex = ""
    if re.fullmatch(r"\d{17}[\dX]", number):
        born = f"{number[6:10]}年{number[10:12]}月{number[12:14]}日"
        sex = "男" if int(number[16]) % 2 else "女"
    return [
        ("姓　　名", name, "户主或与户主关系", "户主"),
        ("曾 用 名", "", "性　　别", sex),
        ("出 生 地", "广东省深圳市宝安区", "民　　族", "汉族"),
        ("籍　　贯", "广东省深圳市", "出生日期", born),
        ("本市其他住址", "", "宗教信仰", ""),
        ("公民身份号码", number, "身　　高", ""),
        ("文化程度", "初中", "婚姻状况", "已婚"),
        ("服务处所", "", "职　　业", "退休"),
    ]


def _row(pen: ImageDraw.ImageDraw, top_mm: float, cells: tuple[str, str, str, str]) -> None:
    for index, text in enumerate(cells):
        left_mm, right_mm = _COLUMNS_MM[index], _COLUMNS_MM[index + 1]
        pen.rectangle(
            (_px(left_mm), _px(top_mm), _px(right_mm), _px(top_mm + _ROW_MM)), outline=_FORM, width=2
        )
        middle_mm = top_mm + _ROW_MM / 2
        if index % 2:
            _write(pen, (left_mm + 3.0, middle_mm), text, _Letters("serif-bold", 4.6, _INK))
        else:
            size_mm = 3.9 if len(text) < 8 else 3.3  # noqa: PLR2004  # the longest label takes two thirds
            _write(pen, ((left_mm + right_mm) / 2, middle_mm), text, _Letters("serif", size_mm, _FORM), "mm")


def _wide_row(pen: ImageDraw.ImageDraw, top_mm: float, label: str, value: str) -> None:
    label_right_mm = 64.0
    for left_mm, right_mm in ((_COLUMNS_MM[0], label_right_mm), (label_right_mm, _COLUMNS_MM[-1])):
        pen.rectangle(
            (_px(left_mm), _px(top_mm), _px(right_mm), _px(top_mm + _ROW_MM)), outline=_FORM, width=2
        )
    middle_mm = top_mm + _ROW_MM / 2
    _write(
        pen, ((_COLUMNS_MM[0] + label_right_mm) / 2, middle_mm), label, _Letters("serif", 3.6, _FORM), "mm"
    )
    _write(pen, (label_right_mm + 3.0, middle_mm), value, _Letters("serif-bold", 4.4, _INK))


def _write(
    pen: ImageDraw.ImageDraw, at_mm: tuple[float, float], text: str, letters: _Letters, anchor: str = "lm"
) -> None:
    place_px = (_px(at_mm[0]), _px(at_mm[1]))
    pen.text(
        place_px, text, font=face(letters.face, _px(letters.size_mm)), fill=letters.colour, anchor=anchor
    )


def _guilloche(pen: ImageDraw.ImageDraw, size_px: tuple[int, int]) -> None:
    """Draw the fine waves of security paper."""
    across = np.arange(0, size_px[0], 6)
    for line in range(-40, size_px[1] + 40, 22):
        down = line + 16 * np.sin(across / 70 + line / 60) + 6 * np.sin(across / 23)
        pen.line([(int(x), int(y)) for x, y in zip(across, down, strict=True)], fill=(240, 230, 216), width=1)


def _watermark(size_px: tuple[int, int]) -> Image.Image:
    sheet = Image.new("RGB", size_px, (255, 255, 255))
    pen = ImageDraw.Draw(sheet)
    pen.text(
        (size_px[0] // 2, size_px[1] // 2),
        "样　本",
        font=face("sans-bold", _px(44)),
        fill=(244, 233, 229),
        anchor="mm",
    )
    return sheet.rotate(18, resample=Image.Resampling.BICUBIC, fillcolor=(255, 255, 255))


def _seal(size_px: tuple[int, int]) -> Image.Image:
    """Draw a round red stamp that names nobody."""
    sheet = Image.new("RGB", size_px, (255, 255, 255))
    pen = ImageDraw.Draw(sheet)
    centre, radius = (_px(74.0), _px(129.0)), _px(12.5)
    box = (centre[0] - radius, centre[1] - radius, centre[0] + radius, centre[1] + radius)
    pen.ellipse(box, outline=_SEAL, width=_px(0.8))
    pen.text(centre, "★", font=face("sans", _px(8)), fill=_SEAL, anchor="mm")
    pen.text(
        (centre[0], centre[1] - _px(7.2)),
        "户口专用章",
        font=face("serif-bold", _px(3.0)),
        fill=_SEAL,
        anchor="mm",
    )
    pen.text(
        (centre[0], centre[1] + _px(7.2)),
        "样　本",
        font=face("serif-bold", _px(3.0)),
        fill=_SEAL,
        anchor="mm",
    )
    return sheet.rotate(9, center=centre, resample=Image.Resampling.BICUBIC, fillcolor=(255, 255, 255))


def _on_glass(card: Image.Image) -> Image.Image:
    """Lay the card a little crooked on dark ground, with its shadow and the sensor's noise."""
    glass = Image.new("RGB", (_px(_GLASS_MM[0]), _px(_GLASS_MM[1])), _GLASS_COLOUR)
    tilted = card.rotate(_TILT_DEG, Image.Resampling.BICUBIC, expand=True)
    mask = Image.new("L", card.size, 255).rotate(_TILT_DEG, Image.Resampling.BICUBIC, expand=True)
    corner = ((glass.width - tilted.width) // 2, (glass.height - tilted.height) // 2)
    shadow = Image.new("L", glass.size, 0)
    shadow.paste(mask, (corner[0] + 5, corner[1] + 7))
    glass.paste((14, 15, 16), mask=shadow.filter(ImageFilter.GaussianBlur(9)))
    glass.paste(tilted, corner, mask)
    noise = np.random.default_rng(_SEED).normal(0, 2.2, (glass.height, glass.width, 1))
    return Image.fromarray(np.clip(np.asarray(glass) + noise, 0, 255).astype(np.uint8))
