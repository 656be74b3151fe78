"""One figure, and all figures of an area as they are written down."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from typing import Any, Literal

import msgspec

from tests.bench.machine import Machine

Unit = Literal["s", "ms", "/s", "MB", "MB/s", "%", ""]
"""Of a ratio: nothing."""
LimitKind = Literal["≤", "≥"]


@dataclass(frozen=True, slots=True)
class Row:
    """One figure.

    Args:
        name: What was measured.
        value: The figure.
        unit: Of the figure, its limit, its peer and its samples.
        limit: What it is held against, or None where nobody has set a limit.
        limit_kind: Whether the limit is the most or the least that is allowed.
        basis: Where the limit comes from.
        peer: What the figure is divided by, measured in the same run or computed.
        peer_value: The peer's own figure.
        samples: What the figure is the median of, in the order of measuring; empty when it is no median.
    """

    name: str
    value: float
    unit: Unit
    limit: float | None = None
    limit_kind: LimitKind = "≤"
    basis: str = ""
    peer: str = ""
    peer_value: float | None = None
    samples: tuple[float, ...] = ()

    @property
    def ok(self) -> bool | None:
        """Whether the limit is kept; None without one."""
        if self.limit is None:
            return None
        return self.value <= self.limit if self.limit_kind == "≤" else self.value >= self.limit

    @property
    def ratio(self) -> float | None:
        """How many times the peer it is; None without one."""
        return self.value / self.peer_value if self.peer_value else None


def of_median(
    name: str,
    samples: Sequence[float],
    unit: Unit,
    *,
    limit: float | None = None,
    basis: str = "",
    peer: tuple[str, float] | None = None,
) -> Row:
    """Return the row of a median, which is at most ``limit`` when all is well."""
    peer_name, peer_value = peer or ("", None)
    return Row(
        name,
        median(samples),
        unit,
        limit,
        basis=basis,
        peer=peer_name,
        peer_value=peer_value,
        samples=tuple(samples),
    )


@dataclass(frozen=True, slots=True)
class Measured:
    """What measuring an area gave.

    Args:
        rows: Its figures.
        notes: What a reader has to know to judge them.
    """

    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """One area, measured once on one machine.

    Args:
        area: Its name.
        begun_at: ISO 8601 time at which measuring began.
        took_s: How long that took.
        machine: Where.
        rows: The figures.
        notes: What a reader has to know to judge them.
    """

    area: str
    begun_at: str
    took_s: float
    machine: Machine
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = field(default=())


def write(report: Report, path: Path) -> None:
    """Write a report as JSON, each row with ``ok`` and ``ratio`` worked out.

    Raises:
        OSError: The file cannot be written.
    """
    told: dict[str, Any] = asdict(report)
    told["rows"] = [{**asdict(row), "ratio": row.ratio, "ok": row.ok} for row in report.rows]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(msgspec.json.format(msgspec.json.encode(told)) + b"\n")


def read(path: Path) -> Report:
    """Return what was written.

    Raises:
        OSError: The file cannot be read.
        msgspec.ValidationError: It is no report.
    """
    return msgspec.json.decode(path.read_bytes(), type=Report)
