"""How one answer follows from others; ``computing`` applies the rules."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Age:
    """Full years since the date that answers ``of``."""

    of: str


@dataclass(frozen=True, slots=True)
class Sum:
    """Sum of whole numbers: fields, or ``"group.column"`` over all entries of the group."""

    of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """How many entries the group ``of`` has, or how many of its choices are ticked."""

    of: str


@dataclass(frozen=True, slots=True)
class Copy:
    """The same as the answer to ``of``."""

    of: str


Computed = Age | Sum | Count | Copy
