"""The final say on all answers together: the item's JSON Schema."""

from collections.abc import Mapping
from typing import Any, cast

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from kiosk.forms.model import Form, Problem, Value
from kiosk.forms.questions import settled
from kiosk.forms.spelling import read_date, read_id_number, read_phone

_CODES: Mapping[str, str] = {
    "required": "form.required",
    "minLength": "form.too-short",
    "maxLength": "form.too-long",
    "minimum": "form.out-of-range",
    "maximum": "form.out-of-range",
    "enum": "form.not-a-choice",
    "pattern": "form.not-a-number",
    "minItems": "form.too-few",
    "maxItems": "form.too-many",
}
_BOUNDS: Mapping[str, str] = {
    "minLength": "least",
    "minimum": "least",
    "minItems": "least",
    "maxLength": "most",
    "maximum": "most",
    "maxItems": "most",
}
_FORMAT_CODES: Mapping[str, str] = {
    "date": "form.not-a-date",
    "phone": "form.not-a-phone",
    "id-number": "form.not-an-id-number",
}
_MALFORMED = "form.malformed"
"""An answer of a type that no page of this form can give."""


def _is_date(value: object) -> bool:
    if not isinstance(value, str):
        return True
    day = read_date(value)
    return day is not None and day.isoformat() == value


def _is_phone(value: object) -> bool:
    return not isinstance(value, str) or read_phone(value) == value


def _is_id_number(value: object) -> bool:
    return not isinstance(value, str) or read_id_number(value) == value


def _formats() -> FormatChecker:
    checker = FormatChecker(formats=())
    checker.checks("date")(_is_date)
    checker.checks("phone")(_is_phone)
    checker.checks("id-number")(_is_id_number)
    return checker


_FORMATS = _formats()


def check(form: Form, answers: Mapping[str, Value]) -> tuple[Problem, ...]:
    """Judge all answers as a whole; those of questions that do not apply are left out.

    Returns:
        At most one problem for each field, in the order of the form; empty when all is complete and valid.
    """
    instance = _plain(settled(form, answers))
    validator = Draft202012Validator(cast("dict[str, Any]", form.schema), format_checker=_FORMATS)
    found: dict[str, Problem] = {}
    for error in cast("list[ValidationError]", list(validator.iter_errors(instance))):  # pyright: ignore[reportUnknownMemberType]  # recursive alias in the stub
        for problem in _problems(error, instance):
            found.setdefault(problem.field, problem)
    return tuple(found[field.name] for field in form.fields if field.name in found)


def _plain(answers: Mapping[str, Value]) -> dict[str, Any]:
    return {
        name: [part if isinstance(part, str) else _plain(part) for part in value]
        if isinstance(value, tuple)
        else value
        for name, value in answers.items()
    }


def _problems(error: ValidationError, instance: Mapping[str, object]) -> tuple[Problem, ...]:
    keyword, place = str(cast("object", error.validator)), list(error.absolute_path)
    limit = cast("object", error.validator_value)
    if keyword == "required" and not place:
        missing = [name for name in cast("list[str]", limit) if name not in instance]
        return tuple(Problem(name, _CODES[keyword]) for name in missing)
    field = str(place[0])
    if len(place) > 1 and isinstance(place[1], int) and keyword != "enum":
        return (Problem(field, "form.entry", {"entry": place[1] + 1}),)
    if keyword == "format":
        return (Problem(field, _FORMAT_CODES[str(limit)]),)
    bound = _BOUNDS.get(keyword)
    parameters: dict[str, int | str] = {} if bound is None else {bound: cast("int", limit)}
    return (Problem(field, _CODES.get(keyword, _MALFORMED), parameters),)
