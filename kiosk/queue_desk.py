"""The queue as an operator reads it; nothing here names a person."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Column, Table

from kiosk.domain.local_time import local_time
from kiosk.errors_book import errors_book
from kiosk.wiring import device_signer, queue_socket
from offline_queue import ItemStatus, Notary, QueueClient, QueueError, metrics_text, write_textfile
from offline_queue.export import Source, export
from offline_queue.item import WAITING
from provisioning.profile import TerminalProfile

_PAGE = 500


def show_queue(profile: TerminalProfile, console: Console) -> None:
    """Print a table of the applications and a line about the whole.

    Args:
        profile: Of the terminal.
        console: Where; without mark-up, for a platform's words are among it.

    Raises:
        QueueError: ``queue.unreachable``.
    """
    client = QueueClient(queue_socket(profile))
    stats = client.stats()
    table = Table(
        # What has to be typed again stands in one piece, however narrow the window is.
        Column("receipt number", no_wrap=True),
        *(Column(name, overflow="fold") for name in ("item", "state", "case number")),
        *(Column(name, overflow="fold") for name in ("tries", "saved at", "last trouble", "KB")),
    )
    for item in _all(client):
        table.add_row(
            item.receipt_no,
            item.service,
            item.state,
            item.acceptance_no or "",
            str(item.attempts),
            _when(item.created_ms, item.clock_conf),
            item.last_error or "",
            f"{item.size / 1024:.0f}",
        )
    console.print(table)
    counts = ", ".join(f"{count} {state}" for state, count in stats.counts.items() if count) or "empty"
    line = "thought down" if stats.breaker_open else "left to a resident" if stats.line_left else "open"
    console.print(
        f"{counts}; {stats.waiting_bytes / 1024:.0f} KB waiting; line {line}; admits: {stats.admits};"
        f" level {stats.level}; checked: {stats.checked or 'not yet'}"
    )
    if stats.repairs:
        console.print(
            f"The database was built anew {stats.repairs} times, last because of {stats.repair_reason}"
            f" at {_when(stats.repaired_ms)}; {stats.missing} numbers are without any trace."
        )


def show_item(profile: TerminalProfile, receipt_no: str, console: Console) -> None:
    """Print everything that is known of one application.

    Args:
        profile: Of the terminal.
        receipt_no: Which.
        console: Where; without mark-up.

    Raises:
        QueueError: ``queue.unknown-number``, ``queue.unreachable``.
    """
    item = QueueClient(queue_socket(profile)).status(receipt_no)
    entry = errors_book().get(item.last_error or "")
    table = Table(Column(), Column(overflow="fold"), show_header=False)
    for name, value in (
        ("receipt number", item.receipt_no),
        ("item", item.service),
        ("state", item.state),
        ("case number", item.acceptance_no),
        ("saved at", _when(item.created_ms, item.clock_conf)),
        ("tries", item.attempts),
        ("last trouble", item.last_error),
        ("what to do", None if entry is None else entry.remedy),
        ("receipt printed", "yes" if item.receipt_printed else "no"),
        ("exported at", None if item.exported_ms is None else _when(item.exported_ms)),
        ("bytes", item.size),
        ("submission id", item.submission_id.hex()),
        ("digest", item.digest.hex()),
        ("sealed to", item.kid),
    ):
        table.add_row(name, "" if value is None else str(value))
    console.print(table)


def export_queue(profile: TerminalProfile, stick: Path) -> None:
    """Copy what waits to a new folder of a USB stick; it stays in the queue.

    Raises:
        QueueError: ``queue.export-failed``, ``queue.unreachable``.
    """
    client = QueueClient(queue_socket(profile))
    now = datetime.now(UTC)
    number = profile.terminal.number
    notary = Notary(lambda: device_signer(profile))
    source = Source(profile.paths.data / "queue" / "containers", number, notary.announcement)
    folder = stick / f"zhiwang-{number}-{now:%Y%m%dT%H%M%SZ}"
    waiting = [item for item in _all(client) if item.state in WAITING]
    manifest = export(source, waiting, folder, now.isoformat(timespec="seconds"))
    copied = {line.receipt_no for line in manifest.items}
    for receipt_no in copied:
        client.mark_exported(receipt_no)
    console = Console(markup=False, soft_wrap=True)
    for item in waiting:
        if item.receipt_no not in copied:
            console.print(f"Not copied, for it was delivered meanwhile, or is damaged: {item.receipt_no}")
    console.print(f"{len(manifest.items)} applications copied and read back: {folder}")


def tell_metrics(profile: TerminalProfile, textfile: Path | None) -> bool:
    """Print the figures, or write them for node_exporter; return whether the queue answers.

    Raises:
        OSError: The text file cannot be written.
    """
    try:
        stats = QueueClient(queue_socket(profile), timeout_s=3.0).stats()
    except QueueError:
        stats = None
    text = metrics_text(stats)
    if textfile is None:
        Console(soft_wrap=True, markup=False, highlight=False).print(text, end="")
    else:
        write_textfile(textfile, text)
    return stats is not None


def _all(client: QueueClient) -> Iterator[ItemStatus]:
    after = 0
    while page := client.items(after, _PAGE):
        yield from page
        after = page[-1].seq


def _when(wall_ms: int, clock_conf: str = "ntp") -> str:
    about = "about " if clock_conf == "unknown" else ""
    return f"{about}{local_time(datetime.fromtimestamp(wall_ms / 1000, UTC)):%Y-%m-%d %H:%M}"
