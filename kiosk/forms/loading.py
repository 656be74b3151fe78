"""An item's JSON Schema and hints → the questions of a form."""

from typing import Any, cast

from kiosk.catalogue.files import FieldTexts
from kiosk.catalogue.form_source import FormSource
from kiosk.domain.text import Text
from kiosk.forms.model import Choice, Field, FieldKind, Form, Limits


def load_form(source: FormSource) -> Form:
    """Make the form of an item; the source was checked when the catalogue was loaded."""
    required = {*cast("list[str]", source.schema["required"]), *source.required_when()}
    return Form(
        tuple(_field(source, name, required=name in required) for name in source.ui.order), source.schema
    )


def _field(source: FormSource, name: str, *, required: bool) -> Field:
    rules = cast("dict[str, Any]", source.schema["properties"][name])
    ui, zh, en = source.ui, source.zh[name], source.en[name]
    show = ui.show.get(name)
    return Field(
        name=name,
        kind=_kind(rules),
        title=Text(zh.title, en.title),
        label=Text(zh.label, en.label),
        hint=Text(zh.hint, en.hint),
        required=required,
        choices=_choices(rules, zh, en),
        prefill=ui.prefill.get(name),
        when=None if show is None else (show.when, show.is_),
        secret=name in ui.secret,
        fixed=name in ui.fixed,
        limits=Limits(
            length_min=rules.get("minLength", 0),
            length_max=rules.get("maxLength"),
            least=rules.get("minimum"),
            most=rules.get("maximum"),
            past=name in ui.past,
            whole=rules["type"] == "integer",
        ),
    )


def _kind(rules: dict[str, Any]) -> FieldKind:
    match rules:
        case {"enum": _}:
            return "choice"
        case {"format": "date" | "phone" | "id-number" as kind}:
            return kind
        case {"type": "integer"} | {"pattern": _}:
            return "number"
        case _:
            return "text"


def _choices(rules: dict[str, Any], zh: FieldTexts, en: FieldTexts) -> tuple[Choice, ...]:
    values = cast("list[str]", rules.get("enum", []))
    return tuple(Choice(value, Text(zh.choices[value], en.choices[value])) for value in values)
