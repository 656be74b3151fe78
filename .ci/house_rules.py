"""Check the rules of the house that no other tool knows; prints ``file:line: rule`` for each breach.

Usage: python .ci/house_rules.py [project folder, this one unless told]
"""

import statistics
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import house_python
import house_qml
from breach import Breach

MEDIAN_LINES = 120
SOURCE = ("kiosk", "devices", "ui", "offline_queue", "provisioning", "district")
OTHER = ("tests", ".ci")


def main(arguments: list[str]) -> int:
    """Print every breach and one line of figures; returns 1 if there is a breach."""
    root = Path(arguments[0] if arguments else Path(__file__).parent.parent).resolve()
    python = {_place(root, path): path.read_text("utf-8") for path in _files(root, "*.py")}
    qml = {_place(root, path): path.read_text("utf-8") for path in _files(root, "*.qml")}
    if not python:
        print(f"house rules: no Python files under {root}")
        return 1
    found = sorted(
        chain(
            chain.from_iterable(house_python.breaches(place, source) for place, source in python.items()),
            house_qml.breaches(qml),
            _qmldirs(root),
            _config(root),
            _median(python),
        )
    )
    for breach in found:
        print(breach)
    print(f"house rules: {_figures(python, qml)}; {f'{len(found)} breaches' if found else 'clean'}")
    return 1 if found else 0


def _files(root: Path, pattern: str) -> Iterator[Path]:
    for folder in (*SOURCE, *OTHER):
        yield from sorted(path for path in (root / folder).rglob(pattern) if "__pycache__" not in path.parts)


def _place(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix()


def _qmldirs(root: Path) -> Iterator[Breach]:
    for path in _files(root, "qmldir"):
        present = frozenset(_place(path.parent, file) for file in path.parent.rglob("*.qml"))
        foreign = frozenset(_place(path.parent, file) for file in _nested(path))
        yield from house_qml.qmldir_breaches(_place(root, path), path.read_text("utf-8"), present - foreign)


def _nested(qmldir: Path) -> Iterator[Path]:
    """Yield the files of modules that lie inside the module."""
    for other in qmldir.parent.rglob("qmldir"):
        if other != qmldir:
            yield from other.parent.rglob("*.qml")


def _config(root: Path) -> Iterator[Breach]:
    path = root / "pyproject.toml"
    if path.exists():
        yield from house_python.config_breaches(path.name, path.read_text("utf-8"))


def _lines(python: dict[str, str], *folders: str) -> list[int]:
    return [source.count("\n") for place, source in python.items() if place.split("/")[0] in folders]


def _median(python: dict[str, str]) -> Iterator[Breach]:
    median = statistics.median(_lines(python, *SOURCE, *OTHER))
    if median > MEDIAN_LINES:
        yield Breach(".", 0, f"the median Python file has at most {MEDIAN_LINES} lines, it has {median:.0f}")


def _figures(python: dict[str, str], qml: dict[str, str]) -> str:
    median = statistics.median(_lines(python, *SOURCE, *OTHER))
    tests, source = sum(_lines(python, "tests")), sum(_lines(python, *SOURCE))
    proof = f"tests : source {tests / source:.2f}" if source else "no source"
    return f"{len(python)} Python files, median {median:.0f} lines, {proof}; {len(qml)} QML files"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
