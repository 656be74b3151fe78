"""The figures as a table for people."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from tests.bench.row import Report, Row

_HEADINGS = ("area", "figure", "value", "limit", "", "limit for", "least – most", "as a ratio")
_MARKS = {True: Text("kept", "green"), False: Text("MISSED", "bold red"), None: Text("–", "dim")}


def show(reports: Sequence[Report], console: Console) -> None:
    """Print all figures as one table, then what has to be known to judge them."""
    table = Table(title="Zhiwang Terminal: figures and their limits", title_justify="left", show_lines=False)
    for heading in _HEADINGS:
        table.add_column(heading, justify="right" if heading in {"value", "limit"} else "left")
    for report in reports:
        for number, row in enumerate(report.rows):
            area = "" if number else report.area
            table.add_row(area, *cells(row), end_section=number == len(report.rows) - 1)
    console.print(table)
    for report in reports:
        console.print(f"[bold]{report.area}[/bold]: {_where(report)}", highlight=False)
        for note in report.notes:
            console.print(f"  – {note}", highlight=False)


def cells(row: Row) -> tuple[str | Text, ...]:
    """Return a row's texts: figure, value, limit, verdict, basis, spread, ratio."""
    limit = "–" if row.limit is None else f"{row.limit_kind} {amount(row.limit, row)}"
    return (row.name, amount(row.value, row), limit, _MARKS[row.ok], row.basis, _spread(row), _ratio(row))


def amount(value: float, row: Row) -> str:
    """Return a value with three significant digits and the row's unit."""
    return f"{value:.3g} {row.unit}" if abs(value) < 1000 else f"{value:.0f} {row.unit}"


def _spread(row: Row) -> str:
    if not row.samples:
        return ""
    return f"{amount(min(row.samples), row)} – {amount(max(row.samples), row)}"


def _ratio(row: Row) -> str:
    if row.ratio is None or row.peer_value is None:
        return ""
    return f"{row.ratio:.1f} × {row.peer} ({amount(row.peer_value, row)})"


def _where(report: Report) -> str:
    machine = report.machine
    loads = f"load {machine.load_before[0]:.1f} before, {machine.load_after[0]:.1f} after"
    return (
        f"{report.begun_at}, {report.took_s:.0f} s, {machine.cores} cores {machine.cpu}, "
        f"Python {machine.python}, PySide6 {machine.pyside}, {loads}"
    )
