"""The command: takes every picture, writes them and the indexes, and tells what was found."""

import time
from collections import Counter
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import typer

from kiosk.demo.gallery.index import Entry, entry, write_indexes
from kiosk.demo.gallery.plan import frames
from kiosk.demo.gallery.shooting import shooting
from ui.viewmodels.surroundings import SCREENS

_WRITERS = 2
_WAITING = 16
"""Pictures that may wait to be written: each takes eight megabytes."""


def run_gallery(*, out: Path, only: str | None, quick: bool) -> int:
    """Render the gallery; returns 1 where the walker found something, 2 where no scene is called so."""
    planned = list(frames(only=only, quick=quick))
    if not planned:
        typer.echo(f"gallery: no scene begins with {only!r}", err=True)
        return 2
    for folder in {(out / frame.file).parent for frame in planned}:
        folder.mkdir(parents=True, exist_ok=True)
    entries: list[Entry] = []
    writing: list[Future[None]] = []
    start_s = time.monotonic()
    with shooting() as camera, ThreadPoolExecutor(_WRITERS) as pool:
        for frame, shot in camera.run(planned):
            entries.append(entry(frame, SCREENS[type(frame.scene.session.state)], shot.findings))
            writing.append(pool.submit(shot.save, out / frame.file))
            if len(writing) > _WAITING:
                writing.pop(0).result()
    for written in writing:
        written.result()
    write_indexes(out, entries)
    _tell(out, entries, time.monotonic() - start_s)
    return 1 if any(one["findings"] for one in entries) else 0


def _tell(out: Path, entries: list[Entry], took_s: float) -> None:
    found = Counter(finding["code"] for one in entries for finding in one["findings"])
    each_ms = 1000 * took_s / len(entries)
    typer.echo(f"{len(entries)} pictures in {took_s:.1f} s ({each_ms:.0f} ms each), {found.total()} findings")
    for code, times in found.most_common():
        typer.echo(f"  {times:5} {code}")
    typer.echo(f"{out / 'index.html'}")
