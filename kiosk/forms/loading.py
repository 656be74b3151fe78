"""An item's JSON Schema and hints → the questions of a form."""

from typing import Any, cast

from kiosk.catalogue.files import ComputedRule, FieldTexts
from kiosk.catalogue.form_source import FormSource, columns_of, values_of
from kiosk.catalogue.places import load_places
from kiosk.domain.text import Text
from kiosk.forms.computed import Age, Computed, Copy, Count, Sum
from kiosk.forms.model import Choice, Field, FieldKind, Form, Limits

_Rules = dict[str, Any]
_WHO = frozenset({"card.name", "card.number"})
"""Who applies is masked wherever it is shown, whatever the item says."""


def load_form(source: FormSource) -> Form:
    """Make the form of an item; the source was checked when the catalogue was loaded."""
    required = {*source.required, *source.required_when()}
    return Form(
        tuple(
            _field(source, name, source.properties[name], required=name in required)
            for name in source.ui.order
        ),
        source.schema,
    )


def _field(source: FormSource, path: str, rules: _Rules, *, required: bool) -> Field:
    ui, zh, en = source.ui, source.zh[path], source.en[path]
    show, kind = ui.show.get(path), _kind(rules)
    return Field(
        name=path.rpartition(".")[2],
        kind=kind,
        title=Text(zh.title, en.title),
        label=Text(zh.label, en.label),
        hint=Text(zh.hint, en.hint),
        required=required,
        choices=_choices(rules, zh, en),
        prefill=ui.prefill.get(path),
        when=None if show is None else (show.when, show.is_),
        secret=path in ui.secret or ui.prefill.get(path) in _WHO,
        fixed=path in ui.fixed,
        limits=_limits(rules, past=path in ui.past),
        columns=_columns(source, path, rules),
        computed=_computed(ui.computed.get(path)),
        places=load_places() if kind == "address" else None,
    )


def _kind(rules: _Rules) -> FieldKind:
    match rules:
        case {"enum": _}:
            return "choice"
        case {"format": "date" | "phone" | "id-number" | "address" as kind}:
            return kind
        case {"items": {"type": "object"}}:
            return "group"
        case {"items": _}:
            return "choices"
        case {"type": "integer"} | {"pattern": _}:
            return "number"
        case _:
            return "text"


def _limits(rules: _Rules, *, past: bool) -> Limits:
    return Limits(
        length_min=rules.get("minLength", 0),
        length_max=rules.get("maxLength"),
        least=rules.get("minimum", rules.get("minItems")),
        most=rules.get("maximum", rules.get("maxItems")),
        past=past,
        whole=rules["type"] == "integer",
    )


def _choices(rules: _Rules, zh: FieldTexts, en: FieldTexts) -> tuple[Choice, ...]:
    return tuple(Choice(value, Text(zh.choices[value], en.choices[value])) for value in values_of(rules))


def _columns(source: FormSource, group: str, rules: _Rules) -> tuple[Field, ...]:
    columns = columns_of(rules)
    if not columns:
        return ()
    required = cast("list[str]", rules["items"]["required"])
    return tuple(
        _field(source, f"{group}.{name}", columns[name], required=name in required)
        for name in source.ui.groups[group]
    )


def _computed(rule: ComputedRule | None) -> Computed | None:
    match rule:
        case None:
            return None
        case ComputedRule(age=str(of)):
            return Age(of)
        case ComputedRule(count=str(of)):
            return Count(of)
        case ComputedRule(copy_=str(of)):
            return Copy(of)
        case ComputedRule():
            return Sum(rule.sum_ or ())
