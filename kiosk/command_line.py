"""What the commands of ``python -m kiosk`` share."""

import signal
import sys
import threading
from pathlib import Path
from queue import SimpleQueue
from typing import Annotated

import typer
from rich.console import Console

from provisioning.profile import ProfileError, TerminalProfile, load_profile

DEFAULT_PROFILE = Path("/etc/zhiwang/terminal.toml")
ProfilePath = Annotated[Path, typer.Option("--profile", help="The terminal's profile.")]
BUG = 70
"""``EX_SOFTWARE`` of sysexits.h: a bug; the supervisor starts the process again."""
UNUSABLE = 78
"""``EX_CONFIG``: the profile cannot be used."""
UNAVAILABLE = 69
"""``EX_UNAVAILABLE``: something the command needs does not answer."""
_WIDE = 180
"""Columns of a table that is written to a file."""


def profile_at(path: Path) -> TerminalProfile:
    """Load a profile; one that cannot be used ends the command with its reason."""
    try:
        return load_profile(path)
    except ProfileError as error:
        typer.echo(f"kiosk: {error}", err=True)
        raise typer.Exit(UNUSABLE) from error


def console(*, markup: bool = True) -> Console:
    """Return where tables are printed: as wide as the window, or wide enough for all of them in a file.

    Args:
        markup: Whether brackets in what is printed may be mark-up; never where somebody else wrote it.
    """
    return Console(width=None if sys.stdout.isatty() else _WIDE, markup=markup)


def told_to_end() -> threading.Event:
    """Return an event that is set by SIGTERM or Ctrl-C from now on; for the main thread."""
    # A handler runs between any two instructions of the main thread, also inside the event's own ``wait``,
    # which holds the lock that ``set`` takes. ``SimpleQueue.put`` alone may be called there.
    told: SimpleQueue[int] = SimpleQueue()
    stop = threading.Event()

    def follow() -> None:
        told.get()
        stop.set()

    threading.Thread(target=follow, name="told-to-end", daemon=True).start()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda number, _frame: told.put(number))
    return stop
