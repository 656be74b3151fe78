"""What a form asks, what has been answered, and what is wrong with an answer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as attribute
from datetime import date
from types import MappingProxyType
from typing import Any, Literal

from kiosk.catalogue.places import Places
from kiosk.domain.text import Text
from kiosk.forms.computed import Computed

Value = str | int | bool | tuple[str, ...] | tuple["Answers", ...]
"""``tuple[str, ...]`` answers ``choices``; ``tuple[Answers, ...]`` answers ``group``, one for each entry."""
FieldKind = Literal["text", "number", "date", "choice", "choices", "phone", "id-number", "address", "group"]


def _nothing() -> Mapping[str, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to choose."""

    value: str
    title: Text


@dataclass(frozen=True, slots=True)
class Limits:
    """What an answer keeps to, for the input and for a problem that names the limit.

    Args:
        length_min: Least characters.
        length_max: Most characters, None where the kind decides.
        least: Least number; least entries of a ``group``, least choices of ``choices``.
        most: Largest number; most entries, most choices.
        past: Whether a date may not lie in the future.
        whole: Whether a ``number`` is counted with; otherwise its digits are a text (an account number).
    """

    length_min: int = 0
    length_max: int | None = None
    least: int | None = None
    most: int | None = None
    past: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """One question.

    Args:
        name: Property name in the item's JSON Schema; of a column, its name within the group.
        kind: Decides the input: keyboard, digits, date, choices, address, list of entries.
        title: The question; it is the page's heading.
        label: Two or three words for lists and the review.
        hint: One sentence below the heading, or an empty text.
        required: Whether the form is incomplete without it.
        choices: For ``choice`` and ``choices``.
        prefill: Key of the datum that can answer it, e.g. ``"card.address"``, or None.
        when: (name, values): asked only while that answer is one of the values.
        secret: Masked wherever it is shown.
        fixed: Answered by the card; neither asked nor declined while the card gave it.
        limits: What the answer keeps to.
        columns: For ``group``: what is asked of each entry.
        computed: How it follows from other answers; then it is never asked.
        places: For ``address``: what it is picked from.
    """

    name: str
    kind: FieldKind
    title: Text
    label: Text
    hint: Text
    required: bool
    choices: tuple[Choice, ...] = ()
    prefill: str | None = None
    when: tuple[str, tuple[str, ...]] | None = None
    secret: bool = False
    fixed: bool = False
    limits: Limits = Limits()
    columns: tuple["Field", ...] = ()
    computed: Computed | None = None
    places: Places | None = attribute(default=None, repr=False, hash=False, compare=False)

    def column(self, name: str) -> "Field":
        """Return the column called ``name``.

        Raises:
            KeyError: The group has no such column.
        """
        return _named(self.columns, name)


def _named(fields: tuple[Field, ...], name: str) -> Field:
    for candidate in fields:
        if candidate.name == name:
            return candidate
    raise KeyError(name)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one answer: a stable code for ``docs/errors.md`` and its parameters."""

    field: str
    code: str
    parameters: Mapping[str, int | str] = attribute(default_factory=_nothing)


@dataclass(frozen=True, slots=True)
class Datum:
    """One prefilled answer with its source.

    Args:
        field: The field that it answers.
        value: The answer.
        source: Who knows it, in plain words: "身份证芯片", "区民政局".
        as_of: Date of the datum at its source, or None when read just now.
        used: Whether the resident lets it be used.
        disputed: Whether the resident says that it is wrong; then it is not used, and the department is told.
    """

    field: str
    value: Value
    source: Text
    as_of: date | None
    used: bool = True
    disputed: bool = False

    def __repr__(self) -> str:
        """Hide the value from logs and tracebacks."""
        return f"Datum(field={self.field!r})"


class Answers(Mapping[str, Value]):
    """Immutable answers; a changed copy is made by ``with_`` and ``without``."""

    __slots__ = ("_values",)

    def __init__(self, values: Mapping[str, Value] | None = None) -> None:
        self._values: Mapping[str, Value] = MappingProxyType(dict(values or {}))

    def __getitem__(self, name: str) -> Value:
        """Return one answer."""
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names answered."""
        return iter(self._values)

    def __len__(self) -> int:
        """Return how many are answered."""
        return len(self._values)

    def __repr__(self) -> str:
        """Hide the values from logs and tracebacks."""
        return f"Answers({sorted(self._values)!r})"

    def __eq__(self, other: object) -> bool:
        """Compare by content."""
        return isinstance(other, Answers) and dict(self) == dict(other)

    def __hash__(self) -> int:
        """Hash by content."""
        return hash(frozenset(self._values.items()))

    def with_(self, name: str, value: Value) -> "Answers":
        """Return a copy in which ``name`` is answered by ``value``."""
        return Answers({**self._values, name: value})

    def without(self, *names: str) -> "Answers":
        """Return a copy without the answers to ``names``."""
        return Answers({key: value for key, value in self._values.items() if key not in names})


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of one item in the order in which they are asked.

    Args:
        fields: The questions, and between them what is computed.
        schema: The item's JSON Schema, which has the final say on the whole.
    """

    fields: tuple[Field, ...]
    schema: Mapping[str, Any] = attribute(default_factory=_nothing, repr=False, hash=False)

    def field(self, name: str) -> Field:
        """Return the field called ``name``.

        Raises:
            KeyError: The form has no such field.
        """
        return _named(self.fields, name)
