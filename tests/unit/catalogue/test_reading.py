import copy
import json
from importlib.resources import files
from typing import Any

import pytest

from kiosk.catalogue.errors import CatalogueError
from kiosk.catalogue.reading import read_item

CODE = "residence-registration"
Folder = dict[str, Any]


@pytest.fixture
def folder() -> Folder:
    root = files("kiosk.catalogue") / "items" / CODE
    return {path.name: json.loads(path.read_text(encoding="utf-8")) for path in root.iterdir()}


def refusal(folder: Folder, code: str = CODE) -> str:
    with pytest.raises(CatalogueError) as caught:
        read_item(code, folder)
    assert caught.value.code == "catalogue.bad-item"
    return caught.value.detail


def at(folder: Folder, *path: str) -> Any:
    found: Any = folder
    for part in path:
        found = found[part]
    return found


def test_a_missing_file_is_named(folder: Folder) -> None:
    for name in list(folder):
        without = {other: content for other, content in folder.items() if other != name}
        assert refusal(without).startswith(f"{CODE}/{name}: ")


@pytest.mark.parametrize(
    ("file", "path", "key", "value", "named"),
    [
        ("item.json", (), "surprise", 1, "surprise"),
        ("item.json", (), "kind_code", "99", "kind_code"),
        ("item.json", (), "theme", "weather", "theme"),
        ("item.json", (), "code", "another", "code"),
        ("item.json", ("guide",), "promised_days", -1, "guide.promised_days"),
        ("item.json", ("requires",), "devices", ["toaster"], "requires.devices.0"),
        ("item.json", ("materials", 0), "pages_min", 9, "materials.tenancy-contract.pages_min"),
        ("texts.en.json", ("guide",), "steps", ["one"], "guide.steps"),
        ("texts.en.json", (), "notice", None, "notice"),
        ("texts.en.json", (), "materials", {}, "materials"),
        ("texts.zh-CN.json", ("fields", "reason"), "choices", {}, "fields.reason.choices"),
        ("texts.zh-CN.json", ("fields", "phone"), "title", "", "fields.phone.title"),
        ("form.ui.json", ("prefill",), "nobody", "card.name", "prefill.nobody"),
        ("form.ui.json", (), "order", ["phone"], "order"),
        ("form.ui.json", (), "fixed", ["phone"], "fixed.phone"),
        ("form.ui.json", (), "past", ["phone"], "past.phone"),
        ("form.ui.json", ("show",), "phone", {"when": "reason", "is": ["work"]}, "show.phone"),
        ("form.ui.json", ("show", "employer"), "is", ["holiday"], "show.employer"),
        ("form.ui.json", ("show", "employer"), "is", ["study"], "employer"),
        ("form.schema.json", ("properties", "phone"), "minLength", 3, "phone"),
        ("form.schema.json", ("properties",), "extra", {"type": "array"}, "extra"),
        ("form.schema.json", (), "$ref", "http://elsewhere", "$ref"),
        ("form.schema.json", (), "required", ["ghost"], "required.ghost"),
    ],
)
def test_a_wrong_key_is_named(
    folder: Folder, file: str, path: tuple[str, ...], key: str, value: object, named: str
) -> None:
    broken = copy.deepcopy(folder)
    at(broken, file, *path)[key] = value
    detail = refusal(broken)
    assert named in detail
    assert detail.startswith(f"{CODE}/")


def test_a_question_cannot_depend_on_one_that_comes_later(folder: Folder) -> None:
    order = folder["form.ui.json"]["order"]
    order.remove("employer")
    order.insert(0, "employer")
    assert "show.employer" in refusal(folder)


def test_two_materials_with_one_code_are_refused(folder: Folder) -> None:
    folder["item.json"]["materials"] *= 2
    assert "materials" in refusal(folder)


def test_a_guide_needs_no_form_and_says_that_it_collects_nothing(folder: Folder) -> None:
    folder["item.json"]["filing"] = "window"
    del folder["item.json"]["hot"]
    for name in ("form.schema.json", "form.ui.json"):
        del folder[name]
    for name in ("texts.zh-CN.json", "texts.en.json"):
        del folder[name]["notice"]
    entry = read_item(CODE, folder)
    assert entry.form is None
    assert entry.item.notice.data.en == "No personal data is collected"
