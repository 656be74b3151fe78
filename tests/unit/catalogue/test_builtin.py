import re
from pathlib import Path

import pytest

from kiosk.catalogue.catalogue import Catalogue
from kiosk.catalogue.files import FieldTexts
from kiosk.catalogue.loader import load_builtin
from kiosk.catalogue.model import ServiceItem
from kiosk.catalogue.themes import THEMES

CATALOGUE: Catalogue = load_builtin()
PLATFORM_KEYS = {
    "population.phone",
    "population.residence_address",
    "household.address",
    "household.number",
    "social.card_number",
    "social.bank_name",
    "social.bank_tail",
}
CARD_KEYS = {
    "card.name",
    "card.number",
    "card.sex",
    "card.ethnic",
    "card.born",
    "card.address",
    "card.issuer",
}


def test_two_items_are_filed_here_and_six_are_guides() -> None:
    here = [item.code for item in CATALOGUE.items if item.filing == "here"]
    assert here == ["old-age-allowance", "residence-registration"]
    assert len(CATALOGUE.items) == 8
    assert {item.code for item in CATALOGUE.items[:2]} == set(here)


def test_no_theme_is_a_door_to_an_empty_room() -> None:
    for theme in THEMES:
        assert CATALOGUE.by_theme(theme.key), theme.key
    assert CATALOGUE.by_theme(None) == CATALOGUE.items


@pytest.mark.parametrize("item", CATALOGUE.items, ids=lambda item: item.code)
def test_a_form_exists_exactly_for_what_is_filed_here(item: ServiceItem) -> None:
    assert (CATALOGUE.form_source(item.code) is not None) == (item.filing == "here")
    assert CATALOGUE.item(item.code) is item


@pytest.mark.parametrize("item", CATALOGUE.items, ids=lambda item: item.code)
def test_codes_stay_within_the_length_of_the_exchange_tables(item: ServiceItem) -> None:
    assert len(item.basic_code) == 12
    assert len(item.implementation_code) == 31


@pytest.mark.parametrize("item", CATALOGUE.items, ids=lambda item: item.code)
def test_an_item_needs_the_devices_that_its_required_materials_are_taken_with(item: ServiceItem) -> None:
    if item.filing == "window":
        return
    device = {"scan": "scanner", "photo": "camera"}
    needed = {device[material.capture] for material in item.materials if material.required}
    assert needed | {"id-card"} == set(item.requires.devices)


@pytest.mark.parametrize("item", [item for item in CATALOGUE.items if item.filing == "here"])
def test_every_prefill_key_is_one_that_somebody_can_answer(item: ServiceItem) -> None:
    source = CATALOGUE.form_source(item.code)
    assert source is not None
    assert set(source.ui.prefill.values()) <= PLATFORM_KEYS | CARD_KEYS


def chinese(texts: dict[str, FieldTexts]) -> str:
    return "".join(
        text.title + text.label + text.hint + "".join(text.choices.values()) for text in texts.values()
    )


def test_english_texts_hold_no_chinese_and_chinese_titles_ask_a_question() -> None:
    han = re.compile(r"[\u4e00-\u9fff]")
    for item in CATALOGUE.items:
        source = CATALOGUE.form_source(item.code)
        texts = [item.guide.summary, item.guide.who, *item.guide.steps, *item.guide.conditions]
        assert not any(han.search(text.en) for text in texts)
        assert all(han.search(text.zh) for text in texts)
        if source is not None:
            assert not han.search(chinese(dict(source.en)))
            assert all(text.title.endswith("？") for text in source.zh.values())


def test_the_data_lies_where_the_program_is_installed() -> None:
    folder = Path(load_builtin.__code__.co_filename).parent / "items"
    assert {path.parent.name for path in folder.glob("*/item.json")} == {
        item.code for item in CATALOGUE.items
    }
