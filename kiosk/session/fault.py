"""Something that went wrong."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that went wrong, as a stable code of ``docs/errors.md``."""

    code: str
