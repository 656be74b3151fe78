import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "howto" / "add-a-device.md").read_text(encoding="utf-8")
BLOCKS = dict(re.findall(r"^```python (\S+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))


@pytest.fixture
def house(tmp_path: Path) -> Path:
    shutil.copytree(
        ROOT / "devices", tmp_path / "devices", ignore=shutil.ignore_patterns("__pycache__", "sim")
    )
    for place, text in BLOCKS.items():
        if place.endswith(".py"):
            (tmp_path / place).parent.mkdir(exist_ok=True)
            (tmp_path / place).write_text(text, encoding="utf-8")
    registry = tmp_path / "devices" / "registry.py"
    head, end, tail = registry.read_text(encoding="utf-8").partition("\n}\n")
    assert end
    registry.write_text(f"{head}\n{BLOCKS['registry'].rstrip()}{end}{tail}", encoding="utf-8")
    return tmp_path


def test_the_device_of_the_page_works_as_it_stands_there(house: Path) -> None:
    done = subprocess.run(
        [sys.executable, "proof.py"],
        cwd=house,
        env={"PYTHONPATH": str(house), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
    )
    assert done.stdout == "the door box works\n", done.stderr


def test_the_code_of_the_page_keeps_the_rules_of_the_house(house: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--config", str(ROOT / "pyproject.toml"), "devices/doorbox"],
        cwd=house,
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
    )
    assert done.returncode == 0, done.stdout
