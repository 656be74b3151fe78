"""What must stand in the environment before Qt starts: platform, renderer, keyboard, a private folder."""

import os
import shutil
import tempfile
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ui.errors import DisplayError

# What Qt's own keyboard logs about itself at each start: a member of its word list that hides another one,
# the sound server it would click its keys with, the folder it made.
_QUIET = (
    "qt.qml.propertyCache.append=false",
    "qt.multimedia.symbolsresolver=false",
    "qt.virtualkeyboard.*.info=false",
)
INPUT_METHOD = "qtvirtualkeyboard"
HANDWRITING_MODEL = Path("/usr/share/tegaki/models/zinnia/handwriting-zh_CN.model")
"""Where Debian's ``tegaki-zinnia-simplified-chinese`` puts it."""
QML_FOLDER = Path(__file__).parent / "qml"
_FOLDER_PREFIX = "zhiwang-screen-"


class Display(StrEnum):
    """Where the window appears."""

    OFFSCREEN = "offscreen"
    """Drawn in memory only."""
    VNC = "vnc"
    """Served to a VNC viewer on this machine's loopback, nowhere else."""
    NATIVE = "native"
    """The compositor or X server of this session."""
    EGLFS = "eglfs"
    """Straight to the graphics hardware, without a compositor."""


@dataclass(frozen=True, slots=True)
class ScreenSettings:
    """The panel, and how to draw on it.

    Args:
        width_px: Width of the window.
        height_px: Height of the window.
        panel_width_mm: Physical width of the panel; every size on the screens follows from it.
        reach_mm: How far above the panel's lower edge somebody in a wheelchair reaches: 1220 mm above the
            floor (EN 301 549, 8.3.3) less the height of that edge.
        handwriting_model: zinnia's model of the characters that can be written with a finger.
        display: Where the window appears.
        fullscreen: Whether it covers the panel and the cursor is hidden, as on a terminal.
        gpu: Whether graphics hardware draws; without, Qt Quick's software renderer.
        vnc_port: Loopback port for ``Display.VNC``.
    """

    width_px: int = 1080
    height_px: int = 1920
    panel_width_mm: float = 268.0
    reach_mm: float = 370.0
    handwriting_model: Path = HANDWRITING_MODEL
    display: Display = Display.OFFSCREEN
    fullscreen: bool = False
    gpu: bool = False
    vnc_port: int = 5900


@contextmanager
def prepared_environment(settings: ScreenSettings) -> Generator[Path]:
    """Set what Qt reads at its start; yields the private folder. After the block all is as before.

    The on-screen keyboard keeps what it learns under ``XDG_CONFIG_HOME``: that points to a folder in memory.

    Raises:
        DisplayError: ``ui.no-display`` without a session to draw in, ``ui.no-memory-folder`` where no folder
            in memory can be made.
    """
    platform = _platform(settings)
    folder = _private_folder()
    variables = {"QT_QPA_PLATFORM": platform, **_variables(settings, folder)}
    before = {name: os.environ.get(name) for name in variables}
    try:
        # An empty dictionary; the Pinyin engine warns when it finds none and has to make the folder.
        (folder / "qtvirtualkeyboard" / "pinyin").mkdir(parents=True)
        (folder / "qtvirtualkeyboard" / "pinyin" / "usr_dict.dat").touch()
        os.environ.update(variables)
        time.tzset()
        yield folder
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
        time.tzset()
        shutil.rmtree(folder, ignore_errors=True)


def _variables(settings: ScreenSettings, folder: Path) -> dict[str, str]:
    variables = {
        "QT_IM_MODULE": INPUT_METHOD,
        "QT_VIRTUALKEYBOARD_STYLE": "zhiwang",
        # The keyboard looks for its style here before there is an engine with an import path.
        "QML_IMPORT_PATH": str(QML_FOLDER),
        # Never a window of its own: under a kiosk compositor it could not be placed.
        "QT_VIRTUALKEYBOARD_DESKTOP_DISABLE": "1",
        "XDG_CONFIG_HOME": str(folder),
        # Terminals stand in China: one time zone, no summer time. Spelled so that no zone file is needed.
        "TZ": "CST-8",
        "QT_LOGGING_RULES": ";".join(filter(None, (*_QUIET, os.environ.get("QT_LOGGING_RULES")))),
    }
    if not settings.gpu:
        variables["QT_QUICK_BACKEND"] = "software"
    if settings.fullscreen:
        # A pointing device may be announced by hardware that has none, such as an HDMI-CEC node.
        variables["QT_QPA_FB_HIDECURSOR"] = variables["QT_QPA_EGLFS_HIDECURSOR"] = "1"
    return variables


def _platform(settings: ScreenSettings) -> str:
    match settings.display:
        case Display.OFFSCREEN:
            return "offscreen"
        case Display.VNC:
            # Any free port for a start; ui.vnc replaces the socket by one on loopback before it is read.
            return f"vnc:size={settings.width_px}x{settings.height_px}:port=0"
        case Display.EGLFS:
            return "eglfs"
        case Display.NATIVE:
            if "WAYLAND_DISPLAY" in os.environ:
                return "wayland"
            if "DISPLAY" in os.environ:
                return "xcb"
            raise DisplayError("ui.no-display", "neither WAYLAND_DISPLAY nor DISPLAY is set")


def _private_folder() -> Path:
    for base in _memory_folders():
        _remove_orphans(base)
        try:
            return Path(tempfile.mkdtemp(prefix=f"{_FOLDER_PREFIX}{os.getpid()}-", dir=base))
        except OSError:
            continue
    raise DisplayError("ui.no-memory-folder", "no writable tmpfs for the keyboard's files")


def _memory_folders() -> Iterator[Path]:
    mounts = {
        fields[1]: fields[2]
        for fields in (line.split() for line in Path("/proc/self/mounts").read_text("utf-8").splitlines())
    }
    for name in (os.environ.get("RUNTIME_DIRECTORY"), os.environ.get("XDG_RUNTIME_DIR"), "/dev/shm"):  # noqa: S108  # a tmpfs is the point
        if not name:
            continue
        folder = Path(name.split(":")[0])
        if not folder.is_dir():
            continue
        mount = next((str(place) for place in (folder, *folder.parents) if str(place) in mounts), "/")
        if mounts.get(mount) == "tmpfs":
            yield folder


def _remove_orphans(base: Path) -> None:
    """Remove what a killed predecessor left behind."""
    for folder in base.glob(f"{_FOLDER_PREFIX}*"):
        owner = folder.name.removeprefix(_FOLDER_PREFIX).split("-")[0]
        if owner.isdigit() and not Path("/proc", owner).exists():
            shutil.rmtree(folder, ignore_errors=True)
