"""The record of a played visit: steps with their times, numbers, files."""

import json
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Played:
    """One step of the visit.

    Args:
        name: Names the step and its picture.
        says: What happens, for the person who watches.
        seconds: How long it took, the picture not counted.
        picture: File name of the screen at the end of the step.
    """

    name: str
    says: str
    seconds: float
    picture: str


@dataclass(slots=True)
class Diary:
    """Collects what is played, prints it as it happens, and writes it down.

    Args:
        folder: Where pictures and ``visit.json`` go.
        grab: Writes a picture of the screen to a path.
    """

    folder: Path
    grab: Callable[[Path], None]
    steps: list[Played] = field(default_factory=list[Played])
    facts: dict[str, Any] = field(default_factory=dict[str, Any])

    @contextmanager
    def step(self, name: str, says: str) -> Generator[None]:
        """Play one step, then take a picture of what it led to."""
        begun = time.perf_counter()
        yield
        seconds = time.perf_counter() - begun
        picture = f"{len(self.steps) + 1:02}-{name}.png"
        self.grab(self.folder / picture)
        self.steps.append(Played(name, says, round(seconds, 3), picture))
        print(f"  {len(self.steps):2}  {seconds:6.2f} s  {says}", flush=True)  # noqa: T201  # the command's output

    def write(self) -> Path:
        """Write ``visit.json``."""
        path = self.folder / "visit.json"
        told = {**self.facts, "steps": [asdict(step) for step in self.steps]}
        path.write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        return path
