import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
QT = {"PySide6", "shiboken6"}
PROBE = "import importlib, sys; [importlib.import_module(name) for name in sys.argv[1:]]; print(*sys.modules)"


def loaded_by(*modules: str) -> set[str]:
    """Return what a fresh interpreter holds after importing the modules."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *modules], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return set(done.stdout.split())


def qt_among(modules: set[str]) -> set[str]:
    return {module for module in modules if module.partition(".")[0] in QT}


@pytest.mark.parametrize(
    "modules",
    [
        ("kiosk.runtime",),
        ("kiosk.wiring",),
        ("devices", "devices.host", "devices.sim.bench", "offline_queue", "provisioning.profile"),
    ],
    ids=lambda modules: modules[0],
)
def test_what_is_not_the_screen_loads_no_qt(modules: tuple[str, ...]) -> None:
    loaded = loaded_by(*modules)

    assert set(modules) <= loaded
    assert qt_among(loaded) == set()


def test_the_command_line_loads_neither_qt_nor_bench_nor_district() -> None:
    loaded = loaded_by("kiosk.__main__")

    assert qt_among(loaded) == set()
    assert {
        name for name in loaded if name.startswith(("ui", "district", "devices.sim", "kiosk.demo"))
    } == set()


def test_what_the_first_frame_does_without_is_loaded_behind_it() -> None:
    heavy = {"kiosk.wiring", "kiosk.session", "ui.viewmodels", "devices", "offline_queue"}
    heavy |= {"cv2", "jsonschema", "numpy", "requests"}
    loaded = loaded_by("kiosk.__main__", "kiosk.screen")

    assert {"ui.opening", "provisioning.profile"} <= loaded
    assert loaded & heavy == set()
    assert loaded_by("kiosk.wiring", "ui.app", "kiosk.documents.judging") >= heavy


def test_the_screen_does_load_qt() -> None:
    assert "PySide6.QtQml" in qt_among(loaded_by("ui.app"))
