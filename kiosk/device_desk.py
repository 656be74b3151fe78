"""Every device of a terminal in one table: what it is, how it is, what to do about it."""

import threading
import time
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Final

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.table import Table
from rich.text import Text

from devices import DeviceEvent, Health, HealthChanged, open_devices
from kiosk.catalogue.catalogue import Catalogue
from kiosk.catalogue.readiness import Readiness, standing
from kiosk.device_board import BoardRow, read_board, row_of
from kiosk.device_profile import device_specs
from kiosk.errors_book import errors_book
from provisioning.profile import TerminalProfile

SETTLE_S: Final = 8.0
"""What devices get to say how they are when they are asked once."""
_REFRESH_S: Final = 0.5
_COLOURS: Final = {
    "ok": "green",
    "info": "green",
    "warn": "yellow",
    "block": "red",
    "fault": "red",
    "security": "bold red",
}
_READINESS: Final = {
    Readiness.READY: Text("ready", "green"),
    Readiness.IMPAIRED: Text("impaired", "yellow"),
    Readiness.BLOCKED: Text("blocked", "red"),
}
_ENDED: Final = Text("Nothing is known of the devices: no terminal runs any more.", "bold red")
_UNSETTLED: Final = ("device.starting", "device.restarting")


def show_devices(
    profile: TerminalProfile, catalogue: Catalogue, console: Console, *, settle_s: float = SETTLE_S
) -> bool:
    """Print how every device is now; returns whether all of them can be used."""
    with _looking(profile) as (rows, wait):
        wait(settle_s)
        told = rows()
    console.print(_ENDED if told is None else render(told, catalogue))
    return told is not None and all(row.health.usable for row in told)


def watch_devices(
    profile: TerminalProfile, catalogue: Catalogue, console: Console, stop: threading.Event
) -> None:
    """Show how every device is, live, until ``stop`` is set."""
    with _looking(profile) as (rows, _), Live(console=console, auto_refresh=False) as live:
        while not stop.is_set():
            told = rows()
            live.update(_ENDED if told is None else render(told, catalogue), refresh=True)
            stop.wait(_REFRESH_S)


def render(rows: Sequence[BoardRow], catalogue: Catalogue, now: datetime | None = None) -> RenderableType:
    """Return both tables: the devices, and what their health means for the services."""
    now = now or datetime.now(UTC)
    devices = Table(title="Devices", title_justify="left", expand=True)
    for heading in ("device", "state", "since", "identity", "last success", "tells", "what to do"):
        devices.add_column(heading, overflow="fold")
    for row in rows:
        devices.add_row(*_cells(row, now), end_section=True)
    return Group(devices, _services([row.health for row in rows], catalogue))


def _cells(row: BoardRow, now: datetime) -> tuple[str | Text, ...]:
    health = row.health
    colour = _COLOURS[health.severity.value]
    state = Text.assemble((row.phase, colour), "\n", (health.code, "dim"))
    counts = f"{row.done} done, {row.failures} failed, {row.restarts} restarts"
    last = "never" if row.last_ok is None else f"{_ago(now, row.last_ok)} ago"
    return (
        Text.assemble((row.name, "bold"), "\n", (f"{row.kind}, {row.driver}", "dim")),
        state,
        _ago(now, health.since),
        _pairs(row.identity.items()),
        Text.assemble(last, "\n", (counts, "dim")),
        _pairs(row.readings.items()),
        _remedy(health, row.action),
    )


def _remedy(health: Health, action: str) -> Text:
    if health.remedy is None and health.usable:
        return Text("–", "dim")
    entry = errors_book().get(health.code)
    said = Text(f"{health.remedy or 'nobody'}, {action}", "bold")
    if entry is not None and entry.remedy:
        said.append(f"\n{entry.remedy}", "not bold")
    if health.detail:
        said.append(f"\n{health.detail}", "not bold dim")
    return said


def _services(healths: Sequence[Health], catalogue: Catalogue) -> Table:
    table = Table(title="Services that can be filed here", title_justify="left")
    for heading in ("service", "now", "because of"):
        table.add_column(heading)
    for item in catalogue.items:
        if item.filing == "here":
            now = standing(item, healths, online=None)
            causes = ", ".join(f"{cause.device}: {cause.code}" for cause in now.causes)
            because = " ".join(filter(None, [now.code, f"({causes})" if causes else ""]))
            table.add_row(item.code, _READINESS[now.readiness], because)
    return table


def _pairs(pairs: Iterable[tuple[str, object]]) -> Text:
    # A device says them of itself: brackets in them are no mark-up.
    return Text("\n".join(f"{key} {value}" for key, value in pairs if value != ""))


def _ago(now: datetime, then: datetime) -> str:
    seconds = max(0, round((now - then).total_seconds()))
    for size, unit in ((86400, "d"), (3600, "h"), (60, "min")):
        if seconds >= size:
            return f"{seconds // size} {unit}"
    return f"{seconds} s"


Rows = Callable[[], tuple[BoardRow, ...] | None]
"""None when the terminal that was looked at has ended."""
Wait = Callable[[float], None]


@contextmanager
def _looking(profile: TerminalProfile) -> Generator[tuple[Rows, Wait]]:
    """Look at the running terminal's board, or open the devices where none runs."""
    folder = profile.paths.runtime
    if read_board(folder) is not None:

        def rows() -> tuple[BoardRow, ...] | None:
            board = read_board(folder)
            return None if board is None else board.rows

        yield rows, lambda _: None
        return
    specs = device_specs(profile)
    settled = threading.Event()
    known: dict[str, Health] = {}

    def note(event: DeviceEvent) -> None:
        if isinstance(event, HealthChanged):
            known[event.health.device] = event.health
            if len(known) == len(specs) and all(one.code not in _UNSETTLED for one in known.values()):
                settled.set()

    def wait(timeout_s: float) -> None:
        if settled.wait(timeout_s):
            time.sleep(_REFRESH_S)  # readings follow the health

    with open_devices(specs, note) as devices:
        yield lambda: tuple(row_of(status) for status in devices.statuses()), wait
