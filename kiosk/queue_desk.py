"""The queue as an operator reads it."""

from datetime import UTC, datetime

from rich.console import Console
from rich.table import Table

from kiosk.domain.local_time import local_time
from kiosk.wiring import queue_socket
from offline_queue import QueueClient
from provisioning.profile import TerminalProfile


def show_queue(profile: TerminalProfile) -> None:
    """Print a table of the applications and a line about the whole.

    Raises:
        QueueError: ``queue.unreachable``.
    """
    client = QueueClient(queue_socket(profile))
    stats = client.stats()
    table = Table("receipt number", "item", "state", "case number", "tries", "saved at", "last trouble", "KB")
    for item in client.items():
        saved = local_time(datetime.fromtimestamp(item.created_ms / 1000, UTC))
        table.add_row(
            item.receipt_no,
            item.service,
            item.state,
            item.acceptance_no or "",
            str(item.attempts),
            f"{saved:%Y-%m-%d %H:%M}",
            item.last_error or "",
            f"{item.size / 1024:.0f}",
        )
    console = Console()
    console.print(table)
    counts = ", ".join(f"{count} {state}" for state, count in stats.counts.items() if count) or "empty"
    line = "thought down" if stats.breaker_open else "open"
    console.print(
        f"{counts}; {stats.waiting_bytes / 1024:.0f} KB waiting; line {line}; admits: {stats.admits}"
    )
