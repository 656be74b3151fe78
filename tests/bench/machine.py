"""On what a figure was measured, and how busy that was with other things."""

import os
import platform
from dataclasses import dataclass
from pathlib import Path

from PySide6 import __version__ as pyside_version

LoadAverage = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Machine:
    """What a figure depends on.

    Args:
        cores: Cores this process may use.
        cpu: Their name.
        memory_mb: Memory of the machine.
        kernel: Operating system and its release.
        python: Version.
        pyside: Version.
        load_before: Load averages over 1, 5 and 15 minutes when measuring began: what others did.
        load_after: The same when it ended, measuring itself included.
    """

    cores: int
    cpu: str
    memory_mb: int
    kernel: str
    python: str
    pyside: str
    load_before: LoadAverage
    load_after: LoadAverage


def this_machine(load_before: LoadAverage) -> Machine:
    """Describe the machine at the end of measuring."""
    return Machine(
        cores=len(os.sched_getaffinity(0)),
        cpu=_cpu(),
        memory_mb=os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20,
        kernel=f"{platform.system()} {platform.release()}",
        python=platform.python_version(),
        pyside=pyside_version,
        load_before=load_before,
        load_after=os.getloadavg(),
    )


def _cpu() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    # ARM kernels name no model here.
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())
