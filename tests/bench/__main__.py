"""``python -m tests.bench [area…]``: measure, print one table, write ``out/bench/<area>.json``.

Every area is measured in a process of its own, so that none warms up the next and none takes another along
when it fails. The exit status is 0 when all areas were measured, whether or not a limit was missed; 1 when
one could not be measured; 2 when there is no such area.
"""

import pkgutil
import subprocess
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from rich.console import Console

from tests.bench import row
from tests.bench.table import show

ROOT = Path(__file__).parents[2]
AREAS = "tests.bench.areas"
FAILED = 1
NO_SUCH_AREA = 2
_AREA_S = 600.0
_TABLE_COLUMNS = 190


def areas_of(package: str) -> list[str]:
    """Return the names of the areas in a package: its modules."""
    return sorted(module.name for module in pkgutil.iter_modules(import_module(package).__path__))


def measure(names: Sequence[str], package: str, out: Path) -> list[row.Report]:
    """Measure these areas one after the other; returns the reports of those that could be measured."""
    reports: list[row.Report] = []
    for name in names:
        path = out / f"{name}.json"
        # A report of an earlier run must not stand for this one.
        path.unlink(missing_ok=True)
        print(f"measuring {name} …", flush=True)
        if _measured(f"{package}.{name}", path):
            reports.append(row.read(path))
        else:
            print(f"{name} could not be measured", file=sys.stderr)
    return reports


def _measured(module: str, path: Path) -> bool:
    command = [sys.executable, "-m", "tests.bench.area", module, str(path)]
    try:
        subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, check=True, timeout=_AREA_S)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        return False
    return True


def main(arguments: Sequence[str], package: str = AREAS, out: Path = ROOT / "out" / "bench") -> int:
    """Measure what is asked for, everything unless told; returns the exit status."""
    known = areas_of(package)
    unknown = [name for name in arguments if name not in known]
    if unknown:
        print(f"no such area: {', '.join(unknown)}; there are {', '.join(known)}", file=sys.stderr)
        return NO_SUCH_AREA
    names = list(arguments) or known
    reports = measure(names, package, out)
    console = Console()
    if not console.is_terminal:
        console = Console(width=_TABLE_COLUMNS)
    show(reports, console)
    return 0 if len(reports) == len(names) else FAILED


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
