"""The form of an item as its folder describes it; ``form_faults`` checks it once when the item is loaded."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from kiosk.catalogue.files import FieldTexts, FormUi, Json, ShowRule


@dataclass(frozen=True, slots=True)
class FormSource:
    """What ``kiosk.forms`` makes a form of.

    Args:
        schema: JSON Schema 2020-12 within the subset of ``form-meta.schema.json``.
        ui: Order, prefill, conditions, columns of groups, what is computed.
        zh: Chinese texts by property; those of a group's columns as ``"children.born"``.
        en: English texts, likewise.
    """

    schema: Json
    ui: FormUi
    zh: Mapping[str, FieldTexts]
    en: Mapping[str, FieldTexts]

    @property
    def properties(self) -> dict[str, Json]:
        """Return the rules of each property."""
        return cast("dict[str, Json]", self.schema["properties"])

    @property
    def required(self) -> tuple[str, ...]:
        """Return what is required whatever else is answered."""
        return tuple(cast("list[str]", self.schema["required"]))

    def columns(self) -> dict[str, Json]:
        """Return the rules of the columns of all groups, by ``"group.column"``."""
        return {
            f"{name}.{column}": column_rules
            for name, rules in self.properties.items()
            for column, column_rules in columns_of(rules).items()
        }

    def required_when(self) -> dict[str, ShowRule]:
        """Return the conditional requirements (``allOf``): property → the condition."""
        return {name: rule for rule, names in _conditions(self.schema) for name in names}


def columns_of(rules: Json) -> dict[str, Json]:
    """Return the rules of a group's columns; empty for what is no group."""
    items = cast("Json", rules.get("items", {}))
    return cast("dict[str, Json]", items.get("properties", {}))


def values_of(rules: Json) -> tuple[str, ...]:
    """Return what can be chosen, one of them or several; empty where nothing is chosen."""
    items = cast("Json", rules.get("items", {}))
    return tuple(cast("list[str]", rules.get("enum", items.get("enum", []))))


def is_group(rules: Json) -> bool:
    """Tell whether a property is a repeated group."""
    return bool(columns_of(rules))


def is_list(rules: Json) -> bool:
    """Tell whether a property is a list: a repeated group, or several choices."""
    return rules["type"] == "array"


def is_whole(rules: Json) -> bool:
    """Tell whether a property is a number that is counted with."""
    return rules["type"] == "integer"


def _conditions(schema: Json) -> Iterator[tuple[ShowRule, list[str]]]:
    for branch in schema.get("allOf", []):
        (when, rule) = next(iter(branch["if"]["properties"].items()))
        tested = cast("dict[str, Any]", rule.get("contains", rule))
        yield ShowRule(when=when, is_=tuple(tested["enum"])), branch["then"]["required"]
