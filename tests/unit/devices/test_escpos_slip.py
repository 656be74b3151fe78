from pathlib import Path

import numpy as np
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from devices.errors import DeviceError, Remedy
from devices.model import BarcodeBlock, GapBlock, PairBlock, QrBlock, RuleBlock, TextBlock
from devices.printer.encode import encode_body, encode_cut, without_hidden_commands
from devices.printer.fonts import find_fonts
from devices.printer.raster import draw_slip
from devices.printer.wrap import NOT_AT_END, NOT_AT_START, wrap

FONTS = find_fonts("printer-1")
MIXED_TEXT = st.text(alphabet="深圳市宝安区办理结果，。（）“”ABCxyz019-/ ", max_size=80)


def with_margins(slip: Image.Image) -> Image.Image:
    paper = Image.new("L", (slip.width + 64, slip.height + 64), 255)
    paper.paste(slip.convert("L"), (32, 32))
    return paper


def cells(text: str) -> float:
    return sum(1.0 if ord(char) < 0x80 else 2.0 for char in text)


def ink(picture: Image.Image) -> int:
    return int(np.count_nonzero(~np.asarray(picture)))


@given(MIXED_TEXT)
def test_wrapping_loses_nothing_but_spaces_and_keeps_to_the_width(text: str) -> None:
    lines = wrap(text, 20, cells)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(cells(line) <= 20 for line in lines)


def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one() -> None:
    lines = wrap("请携带本人身份证，到（就近的）服务大厅，办理“补充材料”手续。" * 3, 14, cells)
    assert all(line[0] not in NOT_AT_START for line in lines)
    assert all(line[-1] not in NOT_AT_END for line in lines)


def test_a_number_moves_to_the_next_line_whole() -> None:
    assert wrap("受理编号BA-2026-1234", 16, cells) == ["受理编号", "BA-2026-1234"]


def test_a_word_wider_than_the_paper_breaks_behind_a_hyphen() -> None:
    assert wrap("BA-20260001234-X7", 16, cells) == ["BA-20260001234-", "X7"]


def test_line_feeds_stay_and_an_empty_paragraph_is_one_line() -> None:
    assert wrap("甲\n\n乙", 20, cells) == ["甲", "", "乙"]
    assert wrap("", 20, cells) == [""]


@pytest.mark.parametrize("width_px", [384, 576])
def test_the_qr_code_on_the_slip_reads_back(width_px: int) -> None:
    data = "https://acceptance.example/p/BA-2026-00001234-X7?k=8c1f"
    slip = draw_slip("printer-1", (TextBlock("回执", "huge", "centre"), QrBlock(data)), width_px, FONTS)
    (found,) = zxingcpp.read_barcodes(slip.convert("L"))
    assert found.text == data
    assert slip.size[0] == width_px


def test_a_qr_code_that_nobody_could_read_is_refused() -> None:
    with pytest.raises(DeviceError) as caught:
        draw_slip("printer-1", (QrBlock("0123456789abcdef" * 100),), 384, FONTS)
    assert (caught.value.code, caught.value.remedy) == ("printer.qr-too-large", Remedy.SERVICE)


def test_values_stand_in_one_column_beside_labels_of_any_length() -> None:
    blocks = (PairBlock("事项", "■"), PairBlock("受理机关名称", "■"))
    slip = np.asarray(draw_slip("printer-1", blocks, 576, FONTS))
    half = slip.shape[0] // 2
    first, second = (np.flatnonzero(~row.all(axis=0)) for row in (slip[:half], slip[half:]))
    assert first.max() == second.max()


def test_a_long_value_wraps_beside_its_label_and_not_under_it() -> None:
    short = draw_slip("printer-1", (PairBlock("地址", "宝安区"),), 576, FONTS)
    long = draw_slip("printer-1", (PairBlock("地址", "深圳市宝安区新安街道海滨社区" * 4),), 576, FONTS)
    below = np.asarray(long)[short.height :]
    label_right_px = round(FONTS.at(27).getlength("地址"))
    assert long.height > 2 * short.height
    assert below[:, :label_right_px].all()


def test_a_rule_and_a_gap_take_the_room_they_name() -> None:
    assert draw_slip("printer-1", (GapBlock(5.0),), 576, FONTS).size == (576, 40)
    rule = np.asarray(draw_slip("printer-1", (RuleBlock(),), 576, FONTS))
    assert np.count_nonzero(~rule.all(axis=1)) == 2


def test_a_slip_of_nothing_is_still_a_picture() -> None:
    assert draw_slip("printer-1", (), 576, FONTS).size == (576, 1)


def test_bold_burns_more_than_regular() -> None:
    regular, bold = (
        draw_slip("p", (TextBlock("业务受理回执", bold=bold),), 576, FONTS) for bold in (False, True)
    )
    assert ink(bold) > ink(regular)


def test_a_rare_character_of_a_name_is_drawn_and_not_replaced() -> None:
    rare, missing = (draw_slip("p", (TextBlock(char, "huge"),), 576, FONTS) for char in ("𬭛", "\U0010fffd"))
    assert rare.tobytes() != missing.tobytes()


@pytest.mark.parametrize("width_px", [384, 576])
def test_the_barcode_on_the_slip_reads_back(width_px: int) -> None:
    slip = draw_slip("printer-1", (BarcodeBlock("BA-2026-00001234"),), width_px, FONTS)
    (found,) = zxingcpp.read_barcodes(with_margins(slip))
    assert (found.text, found.format) == ("BA-2026-00001234", zxingcpp.BarcodeFormat.Code128)
    assert slip.size[0] == width_px


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("", "printer.barcode-invalid"),
        ("受理编号", "printer.barcode-invalid"),
        ("caf\xe9", "printer.barcode-invalid"),
        ("A" * 30, "printer.barcode-too-long"),
    ],
)
def test_a_barcode_that_nobody_could_read_is_refused(data: str, code: str) -> None:
    with pytest.raises(DeviceError) as caught:
        draw_slip("printer-1", (BarcodeBlock(data),), 384, FONTS)
    assert (caught.value.code, caught.value.remedy) == (code, Remedy.SERVICE)
    assert not data or data not in str(caught.value)


def test_without_the_font_the_fault_names_the_package(tmp_path: Path) -> None:
    with pytest.raises(DeviceError) as caught:
        find_fonts("printer-1", tmp_path)
    assert caught.value.code == "printer.font-missing"
    assert "fonts-noto-cjk" in caught.value.detail


@pytest.mark.parametrize(("width_px", "height_px"), [(576, 700), (384, 256), (576, 1)])
def test_the_picture_goes_out_in_bands_that_hold_every_row(width_px: int, height_px: int) -> None:
    random = np.random.default_rng(7)
    dots = random.integers(0, 2, (height_px, width_px)).astype(bool)
    data = encode_body(Image.fromarray(dots))
    assert data.startswith(b"\x1b\x40")
    rest, rows = data[2:], b""
    while rest:
        assert rest[:4] == b"\x1d\x76\x30\x00"
        assert int.from_bytes(rest[4:6], "little") == width_px // 8
        band_rows = int.from_bytes(rest[6:8], "little")
        assert band_rows <= 256
        end = 8 + band_rows * width_px // 8
        rows, rest = rows + rest[8:end], rest[end:]
    burnt = np.unpackbits(np.frombuffer(rows, np.uint8)).reshape(height_px, width_px).astype(bool)
    assert (burnt & ~dots).sum() == (~dots).sum()


def test_the_cut_feeds_past_the_knife_first() -> None:
    assert encode_cut() == b"\x1b\x64\x06\x1d\x56\x00"


@given(st.lists(st.sampled_from([0x10, 0x04, 0x05, 0x14, 0x01, 0x00]), min_size=48, max_size=48 * 6))
def test_no_picture_hides_a_real_time_command(burnt: list[int]) -> None:
    rows = len(burnt) // 48
    inverted = bytes(byte ^ 0xFF for byte in burnt[: rows * 48])
    safe = without_hidden_commands(Image.frombytes("1", (384, rows), inverted))
    data = encode_body(safe)
    for command in (b"\x10\x04", b"\x10\x05", b"\x10\x14"):
        assert command not in data
    before, after = np.frombuffer(inverted, np.uint8), np.frombuffer(safe.tobytes(), np.uint8)
    assert not (after & ~before).any(), "dots may be added, never taken away"
