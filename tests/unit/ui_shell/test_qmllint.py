import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


def lint(ui: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / ".ci" / "qmllint.py"), str(ui)],
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "ui", tmp_path / "ui", ignore=shutil.ignore_patterns("__pycache__")))


def test_a_misspelt_property_of_a_view_model_fails_the_lint(copy: Path) -> None:
    main = copy / "qml" / "Kiosk" / "screens" / "ShellFrame.qml"
    main.write_text(main.read_text("utf-8").replace("shell.canGoBack", "shell.canGoBakc"), "utf-8")
    linted = lint(copy)
    assert linted.returncode != 0
    assert 'Member "canGoBakc" not found on type "ShellViewModel"' in linted.stdout + linted.stderr


def test_a_folder_without_qml_fails_the_lint(tmp_path: Path) -> None:
    assert lint(tmp_path).returncode != 0
