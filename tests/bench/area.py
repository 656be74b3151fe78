"""A process that measures one area and writes its report: ``python -m tests.bench.area MODULE FILE``."""

import importlib
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Protocol, cast

from kiosk import log
from tests.bench.machine import this_machine
from tests.bench.row import Measured, Report, write


class Area(Protocol):
    """A module that measures."""

    def measure(self) -> Measured:
        """Measure; whatever stops that may be raised."""
        ...


def main(module: str, path: Path) -> None:
    """Measure and write; a failure of any kind ends the process."""
    log.configure()
    load_before, begun_at, begun_s = os.getloadavg(), datetime.now(UTC), monotonic()
    measured = cast("Area", importlib.import_module(module)).measure()
    report = Report(
        area=module.rpartition(".")[2],
        begun_at=begun_at.isoformat(timespec="seconds"),
        took_s=round(monotonic() - begun_s, 1),
        machine=this_machine(load_before),
        rows=measured.rows,
        notes=measured.notes,
    )
    write(report, path)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
