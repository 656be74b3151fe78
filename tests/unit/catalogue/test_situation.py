import copy
import json
from importlib.resources import files
from typing import Any

import pytest

from kiosk.catalogue.errors import CatalogueError
from kiosk.catalogue.model import ServiceItem
from kiosk.catalogue.reading import read_item
from kiosk.catalogue.situation import next_question, stopped_by

CODE = "residence-registration"
Folder = dict[str, Any]
STOPS = "请到户籍地办理，或者拨打 12345。"


@pytest.fixture
def folder() -> Folder:
    root = files("kiosk.catalogue") / "items" / CODE
    folder: Folder = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in root.iterdir()}
    item = folder["item.json"]
    item["precheck"] = [
        {"code": "household", "choices": ["shenzhen", "other"], "stops": ["other"]},
        {"code": "home", "choices": ["own", "rented"]},
    ]
    item["materials"] = [
        {"code": "lease", "capture": "scan", "when": {"precheck": "home", "is": ["rented"]}, "later": True},
        {"code": "permit", "capture": "scan", "source": "e-licence"},
    ]
    for name in ("texts.zh-CN.json", "texts.en.json"):
        folder[name]["precheck"] = {
            "household": {
                "title": "T",
                "choices": {"shenzhen": "S", "other": "O"},
                "stops": {"other": STOPS if "zh" in name else "Ask 12345."},
            },
            "home": {"title": "T", "choices": {"own": "O", "rented": "R"}},
        }
        folder[name]["materials"] = {
            "lease": {"name": "L", "how": "H"},
            "permit": {"name": "P", "how": "H", "issuer": "I"},
        }
    return folder


def read(folder: Folder) -> ServiceItem:
    return read_item(CODE, folder).item


def codes(item: ServiceItem, situation: dict[str, str]) -> list[str]:
    return [material.code for material in item.to_bring(situation)]


def test_a_document_is_asked_for_only_in_the_situation_that_needs_it(folder: Folder) -> None:
    item = read(folder)
    assert codes(item, {"home": "rented"}) == ["lease"]
    assert codes(item, {"home": "own"}) == []


def test_a_question_that_was_not_answered_holds_no_document_back(folder: Folder) -> None:
    assert codes(read(folder), {}) == ["lease"]


def test_what_the_district_has_itself_is_needed_but_not_to_bring(folder: Folder) -> None:
    needed = read(folder).needed({"home": "own"})
    assert [(one.code, one.issuer and one.issuer.en) for one in needed] == [("permit", "I")]


def test_an_answer_that_rules_the_item_out_tells_why_and_what_else(folder: Folder) -> None:
    questions = read(folder).precheck
    stops = stopped_by(questions, {"household": "other"})
    assert stops is not None
    assert stops.zh == STOPS
    assert stopped_by(questions, {"household": "shenzhen", "home": "own"}) is None
    assert stopped_by(questions, {}) is None


def test_the_questions_come_one_after_the_other(folder: Folder) -> None:
    questions = read(folder).precheck
    asked = [next_question(questions, situation) for situation in ({}, {"household": "shenzhen"})]
    assert [one and one.code for one in asked] == ["household", "home"]
    assert next_question(questions, {"household": "shenzhen", "home": "own"}) is None


@pytest.mark.parametrize(
    ("file", "path", "value", "named"),
    [
        ("item.json", ("precheck", 0, "stops"), ["shenzhen", "other"], "precheck.household.stops"),
        ("item.json", ("precheck", 0, "stops"), ["elsewhere"], "precheck.household.stops"),
        ("item.json", ("precheck", 1, "code"), "household", "precheck"),
        ("item.json", ("precheck", 1, "choices"), ["own", "own"], "precheck.home.choices"),
        ("item.json", ("materials", 0, "when", "is"), ["borrowed"], "materials.lease.when"),
        ("item.json", ("materials", 0, "when", "precheck"), "weather", "materials.lease.when"),
        ("item.json", ("events",), ["eclipse"], "events"),
        ("item.json", ("filing",), "window", "hot"),
        ("item.json", ("withdrawn",), {"on": "2026-01-01"}, "withdrawn"),
        ("item.json", ("offer",), [{"reason": {"zh": "一", "en": "I"}}], "offer.0"),
        (
            "item.json",
            ("offer",),
            [{"reason": {"zh": "一", "en": "I"}, "age": {"since": 65, "until": 60}}],
            "offer.0.age",
        ),
        (
            "item.json",
            ("offer",),
            [{"reason": {"zh": "一", "en": "I"}, "child": {"age": 6, "by": "02-29"}}],
            "offer.0.child.by",
        ),
        ("texts.en.json", ("precheck",), {}, "precheck"),
        ("texts.en.json", ("precheck", "household", "stops"), {}, "precheck.household.stops"),
        ("texts.zh-CN.json", ("precheck", "home", "choices"), {"own": "O"}, "precheck.home.choices"),
        ("texts.en.json", ("guide", "basis"), ["Only here"], "guide.basis"),
    ],
)
def test_what_does_not_fit_together_is_named(
    folder: Folder, file: str, path: tuple[str | int, ...], value: object, named: str
) -> None:
    broken = copy.deepcopy(folder)
    inner: Any = broken[file]
    for part in path[:-1]:
        inner = inner[part]
    inner[path[-1]] = value
    with pytest.raises(CatalogueError) as caught:
        read(broken)
    assert f"{CODE}/{file}: {named}: " in caught.value.detail


def test_a_guide_may_hold_its_texts_in_one_file(folder: Folder) -> None:
    item = folder["item.json"]
    item["filing"] = "window"
    del item["hot"]
    item["texts"] = {"zh": folder["texts.zh-CN.json"], "en": folder["texts.en.json"]}
    assert read({"item.json": item}).guide == read(folder | {"item.json": {**item, "texts": None}}).guide
    with pytest.raises(CatalogueError, match="has the texts already"):
        read(folder)
