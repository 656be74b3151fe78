"""What does not fit together in the form of an item: schema, hints and texts must tell the same story."""

import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import Any, cast

from jsonschema import Draft202012Validator

from kiosk.catalogue.computed_faults import computed_faults
from kiosk.catalogue.errors import CatalogueError
from kiosk.catalogue.files import SCHEMA_FILE, UI_FILE, Json
from kiosk.catalogue.form_source import FormSource, columns_of, is_group, is_list, values_of


@cache
def _meta() -> Draft202012Validator:
    text = files("kiosk.catalogue").joinpath("form-meta.schema.json").read_text(encoding="utf-8")
    return Draft202012Validator(json.loads(text))


def checked(source: FormSource, item: str) -> FormSource:
    """Return ``source`` when schema, hints and texts agree.

    Raises:
        CatalogueError: ``catalogue.bad-item``, naming item, file and key.
    """
    # Lazily: what the schema allows is looked at first, and the rest relies on it.
    for fault in chain(_schema_faults(source.schema), _agreement_faults(source)):
        raise CatalogueError("catalogue.bad-item", f"{item}/{fault}")
    return source


def _schema_faults(schema: Json) -> Iterator[str]:
    for error in _meta().iter_errors(cast("Any", schema)):  # pyright: ignore[reportUnknownMemberType]  # recursive alias in the stub
        yield f"{SCHEMA_FILE}: {error.json_path}: {error.message}"


def _agreement_faults(source: FormSource) -> Iterator[str]:
    ui, properties = source.ui, source.properties
    if sorted(ui.order) != sorted(properties):
        yield f"{UI_FILE}: order: must name each property of the schema once"
        return
    yield from _list_faults(source)
    yield from _name_faults(source)
    yield from (
        f"{UI_FILE}: fixed.{name}: needs a prefill key of the card"
        for name in ui.fixed
        if not ui.prefill.get(name, "").startswith("card.")
    )
    yield from _condition_faults(source)
    yield from (f"{UI_FILE}: computed.{fault}" for fault in computed_faults(source))
    yield from _text_faults(source)


def _name_faults(source: FormSource) -> Iterator[str]:
    ui, properties = source.ui, source.properties
    paths = properties | source.columns()
    for key, names, known in (
        ("prefill", ui.prefill, properties),
        ("show", ui.show, properties),
        ("fixed", ui.fixed, properties),
        ("computed", ui.computed, properties),
        ("secret", ui.secret, paths),
        ("past", ui.past, paths),
    ):
        yield from (f"{UI_FILE}: {key}.{name}: no such property" for name in names if name not in known)
    yield from (
        f"{UI_FILE}: past.{name}: is not a date"
        for name in ui.past
        if name in paths and paths[name].get("format") != "date"
    )
    yield from (
        f"{UI_FILE}: {key}.{name}: is a list"
        for key, names in (("prefill", ui.prefill), ("secret", ui.secret))
        for name in names
        if name in paths and is_list(paths[name])
    )


def _list_faults(source: FormSource) -> Iterator[str]:
    groups = {name for name, rules in source.properties.items() if is_group(rules)}
    if set(source.ui.groups) != groups:
        yield f"{UI_FILE}: groups: must name each repeated group of the schema once"
    for name, columns in source.ui.groups.items():
        items = source.properties.get(name, {})
        if sorted(columns) != sorted(columns_of(items)):
            yield f"{UI_FILE}: groups.{name}: must name each column of the schema once"
    for name, rules in (source.properties | source.columns()).items():
        if not is_list(rules):
            continue
        most = rules.get("maxItems", len(values_of(rules)))
        if most < rules["minItems"]:
            yield f"{SCHEMA_FILE}: {name}: fewer are allowed than are needed"
        if is_group(rules):
            required = cast("list[str]", rules["items"]["required"])
            yield from (
                f"{SCHEMA_FILE}: {name}: required.{column}: no such column"
                for column in required
                if column not in columns_of(rules)
            )


def _condition_faults(source: FormSource) -> Iterator[str]:
    properties, ui = source.properties, source.ui
    conditional = source.required_when()
    for name in (*source.required, *conditional):
        if name not in properties:
            yield f"{SCHEMA_FILE}: required.{name}: no such property"
    for name, rule in ui.show.items():
        if name not in ui.order:
            continue
        if not set(rule.is_) <= set(values_of(properties.get(rule.when, {}))):
            yield f"{UI_FILE}: show.{name}: {rule.when!r} is no choice that can be {list(rule.is_)}"
        if name in source.required:
            yield f"{UI_FILE}: show.{name}: is required even when it is not asked"
        if rule.when in ui.order and ui.order.index(rule.when) > ui.order.index(name):
            yield f"{UI_FILE}: show.{name}: is asked before {rule.when!r}"
    for name, rule in conditional.items():
        shown = ui.show.get(name)
        if shown is not None and (shown.when, set(shown.is_)) != (rule.when, set(rule.is_)):
            yield f"{SCHEMA_FILE}: allOf: {name!r} is required under another condition than it is asked"
    yield from _tested_faults(source)


def _tested_faults(source: FormSource) -> Iterator[str]:
    """Yield conditions that test one choice as if it were several, or the other way round."""
    for branch in source.schema.get("allOf", []):
        for name, tested in branch["if"]["properties"].items():
            rules = source.properties.get(name)
            if rules is not None and ("contains" in tested) != is_list(rules):
                word = "contains" if is_list(rules) else "enum"
                yield f"{SCHEMA_FILE}: allOf: {name!r} is tested by {word!r}"


def _text_faults(source: FormSource) -> Iterator[str]:
    paths = source.properties | source.columns()
    for file, texts in (("texts.zh-CN.json", source.zh), ("texts.en.json", source.en)):
        if set(texts) != set(paths):
            yield f"{file}: fields: must name each property of the schema, and each column of a group, once"
        for name, text in texts.items():
            if set(text.choices) != set(values_of(paths.get(name, {}))):
                yield f"{file}: fields.{name}.choices: must name each value of the schema once"
