from datetime import UTC, datetime

import pytest

from devices.model import PairBlock, TextBlock
from kiosk.catalogue.loader import load_builtin
from kiosk.domain.text import Language
from kiosk.guide_slips import guide_blocks

AT = datetime(2026, 3, 1, 4, 30, tzinfo=UTC)


@pytest.mark.parametrize("language", Language)
def test_a_printed_guide_says_what_to_bring_and_of_which_day_it_is(language: Language) -> None:
    item = load_builtin().item("old-age-allowance")
    blocks = guide_blocks(item, language, AT)
    lines = [block.text for block in blocks if isinstance(block, TextBlock)]
    for material in item.materials:
        assert any(material.name.in_(language) in line for line in lines)
    assert any(item.guide.as_of in line and "2026-03-01 12:30" in line for line in lines)
    assert any(block.value == item.guide.phone for block in blocks if isinstance(block, PairBlock))
