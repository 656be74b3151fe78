"""One form that asks every kind of question once."""

import copy
from functools import cache
from typing import Any

from kiosk.catalogue.files import FieldTexts, FormUi
from kiosk.catalogue.form_faults import checked
from kiosk.catalogue.form_source import FormSource
from kiosk.forms.loading import load_form
from kiosk.forms.model import Answers, Form

NEEDS = ("bed", "care", "ramp")

SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "additionalProperties": False,
    "required": ["name", "born", "number", "phone", "needs", "home", "children", "age", "child_count"],
    "properties": {
        "name": {"type": "string", "minLength": 2, "maxLength": 60},
        "registered": {"type": "string", "minLength": 6, "maxLength": 120},
        "born": {"type": "string", "format": "date"},
        "number": {"type": "string", "format": "id-number"},
        "phone": {"type": "string", "format": "phone"},
        "needs": {
            "type": "array",
            "uniqueItems": True,
            "minItems": 1,
            "maxItems": 2,
            "items": {"type": "string", "enum": [*NEEDS]},
        },
        "ramp_place": {"type": "string", "maxLength": 40},
        "home": {"type": "string", "format": "address", "minLength": 6, "maxLength": 120},
        "home_again": {"type": "string", "format": "address", "minLength": 6, "maxLength": 120},
        "children": {
            "type": "array",
            "minItems": 1,
            "maxItems": 3,
            "items": {
                "type": "object",
                "required": ["name", "born"],
                "additionalProperties": False,
                "properties": {
                    "name": {"type": "string", "minLength": 2, "maxLength": 40},
                    "born": {"type": "string", "format": "date"},
                    "number": {"type": "string", "format": "id-number"},
                    "fee": {"type": "integer", "minimum": 0, "maximum": 9999},
                },
            },
        },
        "pets": {
            "type": "array",
            "minItems": 0,
            "maxItems": 2,
            "items": {
                "type": "object",
                "required": ["kind"],
                "additionalProperties": False,
                "properties": {"kind": {"type": "string", "enum": ["cat", "dog"]}},
            },
        },
        "rent": {"type": "integer", "minimum": 0, "maximum": 20000},
        "child_count": {"type": "integer", "minimum": 0, "maximum": 3},
        "costs": {"type": "integer", "minimum": 0, "maximum": 60000},
        "age": {"type": "integer", "minimum": 0, "maximum": 150},
    },
    "allOf": [
        {
            "if": {"properties": {"needs": {"contains": {"enum": ["ramp"]}}}, "required": ["needs"]},
            "then": {"required": ["ramp_place"]},
        }
    ],
}

UI: dict[str, Any] = {
    "order": [
        "name",
        "registered",
        "born",
        "number",
        "phone",
        "needs",
        "ramp_place",
        "home",
        "home_again",
        "children",
        "pets",
        "rent",
        "child_count",
        "costs",
        "age",
    ],
    "prefill": {"name": "card.name", "registered": "card.address"},
    "show": {"ramp_place": {"when": "needs", "is": ["ramp"]}},
    "secret": ["name", "number", "phone", "home_again", "children.number"],
    "past": ["born", "children.born"],
    "groups": {"children": ["name", "born", "number", "fee"], "pets": ["kind"]},
    "computed": {
        "child_count": {"count": "children"},
        "costs": {"sum": ["rent", "children.fee"]},
        "age": {"age": "born"},
        "home_again": {"copy": "home"},
    },
}

_CHOICES = {
    "needs": {
        "bed": ("护理床", "A care bed"),
        "care": ("上门照护", "Care at home"),
        "ramp": ("坡道", "A ramp"),
    },
    "pets.kind": {"cat": ("猫", "Cat"), "dog": ("狗", "Dog")},
}
_LABELS = {
    "name": ("姓名", "Name"),
    "registered": ("户籍地址", "Registered address"),
    "born": ("出生日期", "Date of birth"),
    "number": ("身份证号码", "ID number"),
    "phone": ("联系电话", "Phone"),
    "needs": ("需要的服务", "What is needed"),
    "ramp_place": ("坡道位置", "Place of the ramp"),
    "home": ("居住地址", "Home address"),
    "home_again": ("送达地址", "Postal address"),
    "children": ("子女", "Child"),
    "children.name": ("孩子姓名", "Child's name"),
    "children.born": ("孩子出生日期", "Child's date of birth"),
    "children.number": ("孩子身份证号码", "Child's ID number"),
    "children.fee": ("每月学费", "Monthly school fee"),
    "pets": ("宠物", "Pet"),
    "pets.kind": ("种类", "Kind"),
    "rent": ("每月房租（元）", "Monthly rent, yuan"),
    "child_count": ("子女人数", "Number of children"),
    "costs": ("每月费用（元）", "Monthly costs, yuan"),
    "age": ("年龄", "Age"),
}


def texts(language: int) -> dict[str, FieldTexts]:
    """Return the texts of every question: 0 Chinese, 1 English."""
    asks = ("请填写{}", "Please tell us: {}")[language]
    return {
        path: FieldTexts(
            title=asks.format(label[language]),
            label=label[language],
            hint="",
            choices={value: words[language] for value, words in _CHOICES.get(path, {}).items()},
        )
        for path, label in _LABELS.items()
    }


def source(schema: dict[str, Any] | None = None, ui: dict[str, Any] | None = None) -> FormSource:
    """Return the form as a folder would describe it, with a schema or hints put in instead."""
    return FormSource(
        copy.deepcopy(SCHEMA if schema is None else schema),
        FormUi.model_validate(UI if ui is None else ui),
        texts(0),
        texts(1),
    )


@cache
def form() -> Form:
    """Return the form."""
    return load_form(checked(source(), "sample"))


def answers() -> Answers:
    """Return a whole and valid set of answers, without what is computed."""
    return Answers(
        {
            "name": "陈淑芬",
            "registered": "广东省深圳市宝安区新安街道织网路7号3栋502",
            "born": "1943-05-17",
            "number": "440306194305179908",
            "phone": "13800001234",
            "needs": ("bed", "ramp"),
            "ramp_place": "门口",
            "home": "广东省深圳市宝安区新安街道织网路7号3栋502",
            "children": (
                Answers({"name": "陈小明", "born": "2018-03-08", "number": "", "fee": 800}),
                Answers({"name": "陈小红", "born": "2020-11-30", "number": "11010519491231002X", "fee": ""}),
            ),
            "pets": (),
            "rent": 2600,
        }
    )
