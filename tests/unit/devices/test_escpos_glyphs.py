import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.model import Block, PairBlock, QrBlock, RuleBlock, TextBlock
from devices.printer.fonts import find_fonts
from devices.printer.glyphs import GETA, with_marks
from devices.printer.raster import draw_slip

FONTS = find_fonts("printer-1")
RARE_NAMES = "𠮷𬭎𬭛㐂䶮𡘙𣎴𫗧𮕩㛃龘𬱖𫘧"


def text_of(block: Block) -> str:
    assert isinstance(block, TextBlock)
    return block.text


def test_rare_characters_of_names_are_drawn_each_as_itself() -> None:
    assert with_marks((TextBlock(RARE_NAMES),), FONTS) == ((TextBlock(RARE_NAMES),), 0)
    drawn = {draw_slip("p", (TextBlock(char),), 576, FONTS).tobytes() for char in RARE_NAMES + GETA}
    assert len(drawn) == len(RARE_NAMES) + 1


@pytest.mark.parametrize("bold", [False, True])
def test_both_weights_have_the_same_characters(*, bold: bool) -> None:
    mark = draw_slip("p", (TextBlock("\U000200d9", bold=bold),), 576, FONTS).tobytes()
    for char in RARE_NAMES:
        assert draw_slip("p", (TextBlock(char, bold=bold),), 576, FONTS).tobytes() != mark


def test_a_character_without_a_glyph_is_marked_and_named_at_the_foot() -> None:
    blocks, missing = with_marks((PairBlock("姓名", "陈𪚥𠀀𪚥"), RuleBlock()), FONTS)
    assert missing == 2
    assert blocks[:2] == (PairBlock("姓名", f"陈{GETA}{GETA}{GETA}"), RuleBlock())
    assert text_of(blocks[2]).endswith("U+2A6A5 U+20000")


def test_the_yen_of_latin_1_is_the_one_of_gb_18030() -> None:
    (block,), missing = with_marks((TextBlock("¥12"),), FONTS)
    assert (text_of(block), missing) == ("￥12", 0)


def test_what_cannot_be_seen_is_left_out_and_line_feeds_stay() -> None:
    (block,), missing = with_marks((TextBlock("葛\U000e0100\u200b\x00城\n\u3000乙"),), FONTS)
    assert (text_of(block), missing) == ("葛城\n\u3000乙", 0)


def test_codes_are_left_as_they_are() -> None:
    assert with_marks((QrBlock("¥\U000200d9"),), FONTS) == ((QrBlock("¥\U000200d9"),), 0)


@given(st.text(max_size=12))
def test_every_text_can_be_printed_and_none_is_blank_without_a_mark(text: str) -> None:
    blocks, missing = with_marks((TextBlock(text),), FONTS)
    assert len(blocks) == 1 + (missing > 0)
    assert (GETA in text_of(blocks[0])) or not missing
    draw_slip("p", blocks, 384, FONTS)
