"""The gallery as a whole: what it writes, and what the walker finds on it, which is nothing."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def _gallery(*arguments: str, out: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kiosk", "gallery", "--out", str(out), *arguments]
    environment = {**os.environ, "QT_QUICK_BACKEND": "software"}
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=50
    )


def test_a_gallery_has_a_picture_and_an_entry_for_each_mode_and_language(tmp_path: Path) -> None:
    done = _gallery("--only", "identify-fault", "--quick", out=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    entries = json.loads((tmp_path / "index.json").read_text("utf-8"))
    assert {entry["mode"] for entry in entries} == {"normal", "elder160", "contrast", "low"}
    assert {entry["language"] for entry in entries} == {"zh-CN", "en"}
    for entry in entries:
        assert entry["screen"] == "identify"
        assert entry["orientation"] == "portrait"
        assert entry["findings"] == []
        assert (tmp_path / entry["file"]).stat().st_size > 10_000
    page = (tmp_path / "index.html").read_text("utf-8")
    assert entries[0]["file"] in page


def test_a_scene_that_does_not_exist_is_said_to(tmp_path: Path) -> None:
    done = _gallery("--only", "nowhere", out=tmp_path)
    assert done.returncode == 2
    assert "nowhere" in done.stderr
