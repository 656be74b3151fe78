"""What an A4 printer hands over: its supplies, as values and as readings."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count


@dataclass(frozen=True, slots=True)
class Supply:
    """One thing that is used up, or filled up.

    Args:
        name: In the printer's own words: ``"Black toner"``.
        kind: IPP's word for what it is: ``"toner"``, ``"waste-toner"``.
        percent: What is left, or for waste how full it is; None when the printer does not know.
    """

    name: str
    kind: str
    percent: int | None

    @property
    def is_waste(self) -> bool:
        """Whether it fills up instead of running out."""
        return "waste" in self.kind.lower()


def supply_readings(supplies: tuple[Supply, ...]) -> dict[str, str | int]:
    """Return the readings ``supply-1-name``, ``supply-1-kind`` and, where known, ``supply-1-percent``."""
    readings: dict[str, str | int] = {}
    for number, supply in enumerate(supplies, 1):
        readings[_key(number, "name")] = supply.name
        readings[_key(number, "kind")] = supply.kind
        if supply.percent is not None:
            readings[_key(number, "percent")] = supply.percent
    return readings


def supplies_from(readings: Mapping[str, object]) -> tuple[Supply, ...]:
    """Return the supplies that ``supply_readings`` took apart."""
    return tuple(_supplies(readings))


def _supplies(readings: Mapping[str, object]) -> Iterator[Supply]:
    for number in count(1):
        name = readings.get(_key(number, "name"))
        if name is None:
            return
        percent = readings.get(_key(number, "percent"))
        kind = str(readings.get(_key(number, "kind"), ""))
        yield Supply(str(name), kind, percent if isinstance(percent, int) else None)


def _key(number: int, what: str) -> str:
    return f"supply-{number}-{what}"
