"""What the tests of scanners share: a simulated scanner, and a driver in a process of its own at it."""

import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from devices.errors import DeviceError
from devices.facades import DocumentScanner
from devices.model import DeviceSpec, Kind
from devices.patience import Patience
from devices.sim.sane_scanner import SimulatedScanner
from devices.sim.scanner_mechanism import Habits
from devices.sim.scanner_sheets import mark_of
from devices.supervisor import DeviceProcess
from tests.wire.puppets import Told, until

FEED_S = 30.0


@dataclass(frozen=True, slots=True)
class Stand:
    """A scanner, the driver's process, and what it told."""

    simulated: SimulatedScanner
    process: DeviceProcess
    told: Told

    @property
    def scanner(self) -> DocumentScanner:
        return DocumentScanner(self.process)

    def feed(self, profile: str | None = None) -> tuple[list[int], str]:
        """Return the marks of the pages that came, and the code with which the feed ended, or ``""``."""
        marks: list[int] = []
        try:
            marks.extend(mark_of(frame.pixels) for frame in self.scanner.feed(profile, FEED_S))
        except DeviceError as error:
            return marks, error.code
        return marks, ""

    def reads(self, name: str, value: object) -> None:
        until(lambda: self.process.readings.get(name) == value)


@contextmanager
def stand(
    habits: Habits | None = None,
    patience: Patience | None = None,
    first: str = "device.ok",
    *,
    plugged: bool = True,
    **options: Any,
) -> Generator[Stand]:
    folder = Path(tempfile.mkdtemp(prefix="scan"))
    told = Told()
    try:
        with SimulatedScanner(folder, habits) as simulated:
            if not plugged:
                simulated.unplug()
            spec = DeviceSpec("scanner-1", Kind.SCANNER, "sane", simulated.options() | options)
            process = DeviceProcess(spec, told, patience)
            process.start()
            try:
                told.wait_for_codes(first)
                yield Stand(simulated, process, told)
            finally:
                process.stop_soon()
                process.join()
    finally:
        shutil.rmtree(folder)
