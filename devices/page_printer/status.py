"""What queue and printer say of themselves, pure: IPP attributes as libcups hands them over.

Attribute names and values: RFC 8011 (state, reasons, jobs), PWG 5100.9 and CUPS (markers).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar, cast

from devices.errors import DeviceError, Remedy
from devices.page_printer.faults import (
    BAD_ANSWER,
    QUEUE_REJECTS,
    QUEUE_STOPPED,
    STOPPED,
    TONER_EMPTY,
    TONER_LOW,
    UNSAFE_QUEUE,
    WASTE_FULL,
    WASTE_NEARLY_FULL,
    Complaint,
    fault_of,
)
from devices.values.page_printer import Supply

Attributes = Mapping[str, object]
"""Name → value or list of values."""

QUEUE_ATTRIBUTES: Final = (
    "device-uri",
    "media-ready",
    "printer-error-policy",
    "printer-is-accepting-jobs",
    "printer-make-and-model",
    "printer-state",
    "printer-state-message",
    "printer-state-reasons",
    "queued-job-count",
    "marker-high-levels",
    "marker-levels",
    "marker-low-levels",
    "marker-names",
    "marker-types",
)
PRINTER_ATTRIBUTES: Final = tuple(
    name for name in QUEUE_ATTRIBUTES if name not in {"device-uri", "printer-error-policy"}
)

_STATE_STOPPED: Final = 5
_STATES: Final = {3: "idle", 4: "processing", 5: "stopped"}
_PRINTS_ONCE: Final = ("abort-job", "stop-printer")
"""Error policies under which CUPS does not by itself print a failed job again from its first page."""
_PERCENT: Final = range(101)
_WASTE_HIGH_PERCENT: Final = 95
_USED_UP: Final = ("toner", "ink")

_V = TypeVar("_V")


@dataclass(frozen=True, slots=True)
class Marker:
    """One supply and where it becomes a matter for somebody.

    Args:
        supply: As it is now.
        low_percent: At which it is low, or nearly full.
    """

    supply: Supply
    low_percent: int

    def complaint(self) -> Complaint | None:
        """Return what is to be said of it."""
        percent, detail = self.supply.percent, f"{self.supply.name}: {self.supply.percent} %"
        if percent is None:
            return None
        if self.supply.is_waste:
            nearly = WASTE_FULL if percent >= _PERCENT[-1] else WASTE_NEARLY_FULL
            return Complaint(nearly, detail) if percent >= self.low_percent else None
        if percent > self.low_percent or not self.supply.kind.lower().startswith(_USED_UP):
            return None
        return Complaint(TONER_LOW if percent else TONER_EMPTY, detail)


@dataclass(frozen=True, slots=True)
class Status:
    """What one of the two says of itself.

    Args:
        state: IPP's ``printer-state``: 3 idle, 4 processing, 5 stopped.
        reasons: Without ``none``.
        markers: In the printer's order.
        media_ready: Names of the paper that is in.
        queued: Jobs that wait.
        model: Make and model, or ``""``.
    """

    state: int
    reasons: tuple[str, ...]
    markers: tuple[Marker, ...]
    media_ready: tuple[str, ...]
    queued: int
    model: str

    @property
    def word(self) -> str:
        """The state in IPP's word."""
        return _STATES.get(self.state, "unknown")

    @property
    def supplies(self) -> tuple[Supply, ...]:
        """What is used up or filled up."""
        return tuple(marker.supply for marker in self.markers)

    def complaints(self) -> Iterator[Complaint]:
        """Yield what is wrong with the mechanism."""
        found = [Complaint(fault, reason) for reason in self.reasons if (fault := fault_of(reason))]
        found += [complaint for marker in self.markers if (complaint := marker.complaint())]
        if self.state == _STATE_STOPPED and not any(complaint.fault.blocks for complaint in found):
            found.append(Complaint(STOPPED, ", ".join(self.reasons)))
        yield from found


def status_from(device: str, attributes: Attributes, toner_low_percent: int = 10) -> Status:
    """Read the state of a queue or a printer.

    Raises:
        DeviceError: ``pageprinter.bad-answer`` (service): there is no state in it.
    """
    states = numbers(attributes.get("printer-state"))
    if not states:
        raise DeviceError(device, BAD_ANSWER, Remedy.SERVICE, "an answer without printer-state")
    return Status(
        state=states[0],
        reasons=tuple(word for word in words(attributes.get("printer-state-reasons")) if word != "none"),
        markers=tuple(_markers(attributes, toner_low_percent)),
        media_ready=words(attributes.get("media-ready")),
        queued=next(iter(numbers(attributes.get("queued-job-count"))), 0),
        model=next(iter(words(attributes.get("printer-make-and-model"))), ""),
    )


def queue_complaints(attributes: Attributes) -> Iterator[Complaint]:
    """Yield what is wrong with the queue itself, whatever printer is behind it."""
    policy = next(iter(words(attributes.get("printer-error-policy"))), "")
    if policy and policy not in _PRINTS_ONCE:
        wanted = "lpadmin -p … -o printer-error-policy=abort-job"
        yield Complaint(UNSAFE_QUEUE, f"printer-error-policy is {policy[:40]}; {wanted}")
    if next(iter(numbers(attributes.get("printer-state"))), 0) == _STATE_STOPPED:
        yield Complaint(QUEUE_STOPPED, ", ".join(words(attributes.get("printer-state-reasons"))))
    if attributes.get("printer-is-accepting-jobs") is False:
        yield Complaint(QUEUE_REJECTS)


def device_uri(attributes: Attributes) -> str | None:
    """Return the address of the printer behind a queue when it can be asked by IPP."""
    uri = next(iter(words(attributes.get("device-uri"))), "")
    return uri if uri.startswith(("ipp://", "ipps://")) else None


def _markers(attributes: Attributes, toner_low_percent: int) -> Iterator[Marker]:
    kinds = words(attributes.get("marker-types"))
    levels = numbers(attributes.get("marker-levels"))
    lows = numbers(attributes.get("marker-low-levels"))
    highs = numbers(attributes.get("marker-high-levels"))
    for place, name in enumerate(words(attributes.get("marker-names"))):
        supply = Supply(name, _at(kinds, place, ""), _percent(_at(levels, place, -1)))
        if supply.is_waste:
            limit = _percent(_at(highs, place, 0)) or _WASTE_HIGH_PERCENT
        else:
            limit = max(toner_low_percent, _percent(_at(lows, place, 0)) or 0)
        yield Marker(supply, limit)


def _at(column: tuple[_V, ...], place: int, default: _V) -> _V:
    return column[place] if place < len(column) else default


def _percent(level: int) -> int | None:
    """Return a level, or None for one of the negative ones, which say that it is not known."""
    return level if level in _PERCENT else None


def words(value: object) -> tuple[str, ...]:
    """Return the strings of a value, which may be one or many; what is no string is passed over."""
    return tuple(item for item in _items(value) if isinstance(item, str))


def numbers(value: object) -> tuple[int, ...]:
    """Return the whole numbers of a value, which may be one or many; what is none is passed over."""
    return tuple(item for item in _items(value) if isinstance(item, int) and not isinstance(item, bool))


def _items(value: object) -> tuple[object, ...]:
    return tuple(cast("list[object]", value)) if isinstance(value, list | tuple) else (value,)
