import os
import stat
from pathlib import Path

import pytest

from ui.environment import Display, ScreenSettings, prepared_environment
from ui.errors import DisplayError

MEMORY = Path("/dev/shm")


@pytest.fixture(autouse=True)
def own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("QT_IM_MODULE", "QT_QUICK_BACKEND"):
        monkeypatch.setenv(name, "before")
    for name in ("WAYLAND_DISPLAY", "DISPLAY", "RUNTIME_DIRECTORY", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)


def test_the_keyboards_files_live_in_memory_for_one_run_only() -> None:
    with prepared_environment(ScreenSettings()) as folder:
        assert folder.parent == MEMORY
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert os.environ["XDG_CONFIG_HOME"] == str(folder)
        assert os.environ["QT_IM_MODULE"] == "qtvirtualkeyboard"
        (folder / "qtvirtualkeyboard" / "pinyin" / "usr_dict.dat").write_bytes(b"learned")
    assert not folder.exists()
    assert os.environ["QT_IM_MODULE"] == "before"
    assert os.environ.get("XDG_CONFIG_HOME") != str(folder)


def test_a_disk_is_no_place_for_the_keyboards_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("RUNTIME_DIRECTORY", str(tmp_path))
    with prepared_environment(ScreenSettings()) as folder:
        assert folder.parent == MEMORY


def test_what_a_killed_predecessor_left_is_removed_and_a_living_ones_is_not() -> None:
    orphan = MEMORY / "zhiwang-screen-999999999-orphan"
    living = MEMORY / f"zhiwang-screen-{os.getpid()}-living"
    try:
        orphan.mkdir()
        living.mkdir()
        with prepared_environment(ScreenSettings()):
            assert not orphan.exists()
            assert living.exists()
    finally:
        living.rmdir()


@pytest.mark.parametrize(
    ("display", "platform"),
    [
        (Display.OFFSCREEN, "offscreen"),
        (Display.EGLFS, "eglfs"),
        (Display.VNC, "vnc:size=1080x1920:port=0"),
    ],
)
def test_each_display_has_its_platform(display: Display, platform: str) -> None:
    with prepared_environment(ScreenSettings(display=display)):
        assert os.environ["QT_QPA_PLATFORM"] == platform


def test_a_native_display_needs_a_session() -> None:
    with pytest.raises(DisplayError) as refused, prepared_environment(ScreenSettings(display=Display.NATIVE)):
        pass
    assert refused.value.code == "ui.no-display"


def test_a_wayland_session_is_preferred(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    with prepared_environment(ScreenSettings(display=Display.NATIVE)):
        assert os.environ["QT_QPA_PLATFORM"] == "xcb"
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    with prepared_environment(ScreenSettings(display=Display.NATIVE)):
        assert os.environ["QT_QPA_PLATFORM"] == "wayland"


def test_the_software_renderer_draws_unless_graphics_hardware_is_asked_for() -> None:
    with prepared_environment(ScreenSettings()):
        assert os.environ["QT_QUICK_BACKEND"] == "software"
    with prepared_environment(ScreenSettings(gpu=True)):
        assert os.environ["QT_QUICK_BACKEND"] == "before"


def test_a_terminal_shows_no_cursor() -> None:
    with prepared_environment(ScreenSettings(fullscreen=True)):
        assert os.environ["QT_QPA_EGLFS_HIDECURSOR"] == "1"
