"""The gallery's two indexes: ``index.json`` for programs, ``index.html`` for people."""

import json
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import TypedDict

from kiosk.demo.gallery.plan import Frame
from ui.walker.snapshot import Finding


class FindingEntry(TypedDict):
    """One finding in ``index.json``."""

    code: str
    item: str
    what: str
    figure: float | None


class Entry(TypedDict):
    """One picture in ``index.json``."""

    screen: str
    scene: str
    mode: str
    language: str
    orientation: str
    file: str
    findings: list[FindingEntry]


def entry(frame: Frame, screen: str, findings: Sequence[Finding]) -> Entry:
    """Return what the indexes say of one picture."""
    return {
        "screen": screen,
        "scene": frame.scene.name,
        "mode": frame.mode.name,
        "language": frame.language.value,
        "orientation": frame.panel.name,
        "file": frame.file,
        "findings": [
            {
                "code": finding.code,
                "item": finding.item,
                "what": finding.what,
                "figure": None if finding.figure is None else round(finding.figure, 2),
            }
            for finding in findings
        ],
    }


def write_indexes(out: Path, entries: Sequence[Entry]) -> None:
    """Write both indexes into a folder.

    Raises:
        OSError: They cannot be written.
    """
    data = json.dumps(entries, ensure_ascii=False, indent=1)
    (out / "index.json").write_text(data + "\n", "utf-8")
    page = (files("kiosk.demo.gallery") / "index.html").read_text("utf-8")
    # Inside a script element nothing may look like its end.
    (out / "index.html").write_text(page.replace("/*ENTRIES*/[]", data.replace("</", "<\\/")), "utf-8")
