"""What a house rule reports."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True, slots=True)
class Breach:
    """One place where a rule of the house does not hold; ``place`` is relative to the project."""

    place: str
    line: int
    rule: str

    def __str__(self) -> str:
        """Return ``file:line: rule``."""
        return f"{self.place}:{self.line}: {self.rule}"
