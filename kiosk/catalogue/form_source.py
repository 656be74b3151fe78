"""The form of an item as its folder describes it, checked once when the item is loaded."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, cast

from jsonschema import Draft202012Validator

from kiosk.catalogue.errors import CatalogueError
from kiosk.catalogue.files import SCHEMA_FILE, UI_FILE, FieldTexts, FormUi, Json, ShowRule


@dataclass(frozen=True, slots=True)
class FormSource:
    """What ``kiosk.forms`` makes a form of.

    Args:
        schema: JSON Schema 2020-12 within the subset of ``form-meta.schema.json``.
        ui: Order, prefill and conditions.
        zh: Chinese texts by property.
        en: English texts by property.
    """

    schema: Json
    ui: FormUi
    zh: Mapping[str, FieldTexts]
    en: Mapping[str, FieldTexts]

    def required_when(self) -> dict[str, ShowRule]:
        """Return the conditional requirements (``allOf``): property → the condition."""
        return {name: rule for rule, names in _conditions(self.schema) for name in names}


@cache
def _meta() -> Draft202012Validator:
    text = files("kiosk.catalogue").joinpath("form-meta.schema.json").read_text(encoding="utf-8")
    return Draft202012Validator(json.loads(text))


def checked(source: FormSource, item: str) -> FormSource:
    """Return ``source`` when schema, hints and texts agree.

    Raises:
        CatalogueError: ``catalogue.bad-item``, naming item, file and key.
    """
    for fault in (*_schema_faults(source.schema), *_agreement_faults(source)):
        raise CatalogueError("catalogue.bad-item", f"{item}/{fault}")
    return source


def _schema_faults(schema: Json) -> Iterator[str]:
    for error in _meta().iter_errors(cast("Any", schema)):  # pyright: ignore[reportUnknownMemberType]  # recursive alias in the stub
        yield f"{SCHEMA_FILE}: {error.json_path}: {error.message}"


def _agreement_faults(source: FormSource) -> Iterator[str]:
    properties = cast("dict[str, dict[str, Any]]", source.schema["properties"])
    ui = source.ui
    if sorted(ui.order) != sorted(properties):
        yield f"{UI_FILE}: order: must name each property of the schema once"
    named = {
        "prefill": ui.prefill,
        "show": ui.show,
        "fixed": ui.fixed,
        "secret": ui.secret,
        "past": ui.past,
    }
    for key, names in named.items():
        for name in names:
            if name not in properties:
                yield f"{UI_FILE}: {key}.{name}: no such property"
    yield from (
        f"{UI_FILE}: fixed.{name}: needs a prefill key of the card"
        for name in ui.fixed
        if not ui.prefill.get(name, "").startswith("card.")
    )
    yield from (
        f"{UI_FILE}: past.{name}: is not a date"
        for name in ui.past
        if properties.get(name, {}).get("format") != "date"
    )
    yield from _condition_faults(source, properties)
    yield from _text_faults(source, properties)


def _condition_faults(source: FormSource, properties: dict[str, dict[str, Any]]) -> Iterator[str]:
    always = cast("list[str]", source.schema["required"])
    conditional = source.required_when()
    for name in (*always, *conditional):
        if name not in properties:
            yield f"{SCHEMA_FILE}: required.{name}: no such property"
    for name, rule in source.ui.show.items():
        values = properties.get(rule.when, {}).get("enum", [])
        if not set(rule.is_) <= set(values):
            yield f"{UI_FILE}: show.{name}: {rule.when!r} is no choice that can be {list(rule.is_)}"
        if name in always:
            yield f"{UI_FILE}: show.{name}: is required even when it is not asked"
        if rule.when in source.ui.order and source.ui.order.index(rule.when) > source.ui.order.index(name):
            yield f"{UI_FILE}: show.{name}: is asked before {rule.when!r}"
    for name, rule in conditional.items():
        shown = source.ui.show.get(name)
        if shown is not None and (shown.when, set(shown.is_)) != (rule.when, set(rule.is_)):
            yield f"{SCHEMA_FILE}: allOf: {name!r} is required under another condition than it is asked"


def _text_faults(source: FormSource, properties: dict[str, dict[str, Any]]) -> Iterator[str]:
    for file, texts in (("texts.zh-CN.json", source.zh), ("texts.en.json", source.en)):
        if set(texts) != set(properties):
            yield f"{file}: fields: must name each property of the schema once"
        for name, text in texts.items():
            if set(text.choices) != set(properties.get(name, {}).get("enum", [])):
                yield f"{file}: fields.{name}.choices: must name each value of the schema once"


def _conditions(schema: Json) -> Iterator[tuple[ShowRule, list[str]]]:
    for branch in schema.get("allOf", []):
        (when, rule) = next(iter(branch["if"]["properties"].items()))
        yield ShowRule(when=when, is_=tuple(rule["enum"])), branch["then"]["required"]
