import inspect
import re
from pathlib import Path

import pytest

from kiosk.catalogue.catalogue import Catalogue
from kiosk.catalogue.facets import Facet
from kiosk.catalogue.files import FieldTexts
from kiosk.catalogue.loader import load_builtin
from kiosk.catalogue.model import ServiceItem
from kiosk.catalogue.themes import THEMES

CATALOGUE: Catalogue = load_builtin()
CARD_KEYS = {
    "card.name",
    "card.number",
    "card.sex",
    "card.ethnic",
    "card.born",
    "card.address",
    "card.issuer",
}


def test_what_can_be_filed_here_stands_before_what_can_only_be_read_about() -> None:
    filings = [item.filing for item in CATALOGUE.items]
    assert filings == ["here"] * 24 + ["window"] * (len(filings) - 24)


def test_every_item_says_that_it_is_a_sample() -> None:
    assert all(item.sample for item in CATALOGUE.items)


def test_no_theme_is_a_door_to_an_empty_room() -> None:
    for theme in THEMES:
        assert CATALOGUE.by(Facet.THEME, theme.key), theme.key


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
    needed = {
        device[material.capture]
        for material in item.materials
        if material.required and material.source == "resident" and not material.later
    }
    assert needed | {"id-card"} == set(item.requires.devices)


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
    folder = Path(inspect.getfile(Catalogue)).parent / "items"
    assert {path.parent.name for path in folder.glob("*/item.json")} == {
        item.code for item in CATALOGUE.items
    }
