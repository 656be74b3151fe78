"""What is missing or broken on this machine, each with its remedy."""

import importlib.util
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from devices import DeviceSpec, Health, HealthChanged, open_devices
from devices.model import DeviceEvent
from kiosk.backend import BackendError
from kiosk.catalogue.errors import CatalogueError
from kiosk.catalogue.loader import load_builtin
from kiosk.device_profile import device_specs
from kiosk.journal import JournalError, prove
from kiosk.key_desk import look_at_keys
from kiosk.wiring import backend_client, journal_file, queue_socket
from offline_queue import QueueClient, QueueError
from offline_queue.wire import QueueStats
from provisioning.profile import ProfileError, TerminalProfile, load_profile

_QT = "import PySide6.QtQuick, PySide6.QtQml, PySide6.QtTest"
_HANDWRITING = (
    "from ui.environment import HANDWRITING_MODEL; from ui.handwriting import Recogniser;"
    "Recogniser(HANDWRITING_MODEL).close()"
)
_KEYBOARD = (
    "import os; os.environ['QT_QPA_PLATFORM'] = 'offscreen';"
    "from PySide6.QtGui import QGuiApplication; from PySide6.QtQml import QQmlEngine, QQmlComponent;"
    "app = QGuiApplication([]); engine = QQmlEngine(); part = QQmlComponent(engine);"
    "part.setData(b'import QtQuick.VirtualKeyboard; InputPanel {}', '');"
    "raise SystemExit(part.errorString() or 0)"
)
_FONT = "Noto Sans CJK SC"
_DEVICES_S = 8.0
_FREE_BYTES = 256 * 1024 * 1024
_MEMORY_FS = {"tmpfs", "ramfs"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Args:
        what: What it is.
        ok: Whether all is well with it.
        code: Stable code of what is wrong, or ``""``.
        remedy: What to do about it, or what was found.
        vital: Whether the terminal cannot serve without it.
    """

    what: str
    ok: bool
    code: str = ""
    remedy: str = ""
    vital: bool = True

    @property
    def serves(self) -> bool:
        """Whether the terminal can serve as far as this goes."""
        return self.ok or not self.vital


def examine(profile_path: Path | None) -> list[Finding]:
    """Look at the machine, and at one terminal on it when a profile is given."""
    findings = list(_machine())
    if profile_path is None:
        return findings
    try:
        profile = load_profile(profile_path)
    except ProfileError as error:
        return [
            *findings,
            Finding("profile", ok=False, code=error.code, remedy=f"{error.key}: {error.remedy}"),
        ]
    return [*findings, Finding("profile", ok=True, remedy=str(profile_path)), *_terminal(profile)]


def show(findings: list[Finding]) -> None:
    """Print the findings as a table."""
    table = Table("", "what", "code", "found, or what to do")
    for finding in findings:
        mark = "[green]ok[/]" if finding.ok else "[red]FAULT[/]" if finding.vital else "[yellow]note[/]"
        # What a driver or a library says may have brackets in it, which are no mark-up.
        table.add_row(mark, finding.what, finding.code, escape(finding.remedy))
    Console().print(table)


def _machine() -> Iterator[Finding]:
    recent = sys.version_info >= (3, 11)
    said = sys.version.split()[0] if recent else f"{sys.version.split()[0]}; 3.11 or newer is needed"
    yield Finding("Python", ok=recent, code="" if recent else "doctor.python", remedy=said)
    yield _in_subprocess("Qt", _QT, "doctor.qt", "install the packages of requirements/system.txt")
    yield _in_subprocess(
        "on-screen keyboard",
        _KEYBOARD,
        "doctor.keyboard",
        "install libpulse0 and libegl1; see requirements/system.txt",
    )
    yield _in_subprocess(
        "handwriting",
        _HANDWRITING,
        "ui.no-handwriting",
        "install libzinnia0 and tegaki-zinnia-simplified-chinese",
        vital=False,
    )
    yield _font()
    for module, package in (
        ("cv2", "opencv-python-headless"),
        ("serial", "pyserial"),
        ("escpos", "python-escpos"),
    ):
        known = importlib.util.find_spec(module) is not None
        yield Finding(
            package, ok=known, code="" if known else "doctor.package", remedy="" if known else "make setup"
        )
    yield _in_subprocess(
        "SANE",
        "import sane; sane.init()",
        "scanner.sane-absent",
        "install libsane1 and libsane-dev, then make setup; without it no page can be scanned",
        vital=False,
    )
    try:
        yield Finding("catalogue", ok=True, remedy=f"{len(load_builtin().items)} service items")
    except CatalogueError as error:
        yield Finding("catalogue", ok=False, code=error.code, remedy=error.detail)


def _in_subprocess(what: str, code: str, fault: str, remedy: str, *, vital: bool = True) -> Finding:
    """Try code that loads foreign libraries where a crash harms nobody."""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60
    )
    if done.returncode == 0:
        return Finding(what, ok=True, vital=vital)
    said = done.stderr.strip().splitlines()
    return Finding(
        what, ok=False, code=fault, remedy=f"{remedy} ({said[-1] if said else done.returncode})", vital=vital
    )


def _font() -> Finding:
    try:
        done = subprocess.run(["fc-list", _FONT, "family"], capture_output=True, text=True, check=False)  # noqa: S607  # fontconfig's own tool, from the path
        known = bool(done.stdout.strip())
    except FileNotFoundError:
        known = any(Path("/usr/share/fonts").rglob("NotoSansCJK*"))
    return Finding(
        _FONT, ok=known, code="" if known else "doctor.font", remedy="" if known else "install fonts-noto-cjk"
    )


def _terminal(profile: TerminalProfile) -> Iterator[Finding]:
    yield _runtime_folder(profile.paths.runtime)
    yield _data_folder(profile.paths.data)
    yield from look_at_journal(profile)
    yield from _keys(profile)
    yield from _peers(profile)
    yield from _devices(device_specs(profile))


def _runtime_folder(folder: Path) -> Finding:
    system = _file_system(folder)
    in_memory = system in _MEMORY_FS
    return Finding(
        "runtime folder",
        ok=in_memory,
        code="" if in_memory else "doctor.runtime-on-disk",
        remedy=f"{folder} is on {system}" + ("" if in_memory else "; put paths.runtime below /run"),
    )


def _file_system(folder: Path) -> str:
    mounts = [line.split() for line in Path("/proc/self/mounts").read_text(encoding="utf-8").splitlines()]
    kinds = {Path(fields[1]): fields[2] for fields in mounts}
    place = folder.resolve()
    return next((kinds[parent] for parent in (place, *place.parents) if parent in kinds), "unknown")


def _data_folder(folder: Path) -> Finding:
    place = next(parent for parent in (folder, *folder.parents) if parent.exists())
    state = os.statvfs(place)
    free = state.f_bavail * state.f_frsize
    if not os.access(place, os.W_OK):
        return Finding(
            "data folder", ok=False, code="doctor.data-read-only", remedy=f"{place} cannot be written"
        )
    return Finding(
        "data folder",
        ok=free >= _FREE_BYTES,
        code="" if free >= _FREE_BYTES else "queue.no-space",
        remedy=f"{folder}: {free // 2**20} MB free",
    )


def look_at_journal(profile: TerminalProfile) -> list[Finding]:
    """Prove the whole journal, about 20 MB a second; it may be written meanwhile."""
    what, path = "journal", journal_file(profile)
    try:
        proof = prove(path)
    except OSError as error:
        return [
            Finding(what, ok=False, code=JournalError.code, remedy=f"{path}: {error.strerror}", vital=False)
        ]
    if proof.faults:
        return [
            Finding(what, ok=False, code=JournalError.code, remedy=fault, vital=False)
            for fault in proof.faults
        ]
    held = f"{proof.entries} entries in {proof.segments} segments"
    return [Finding(what, ok=True, remedy="empty" if proof.since is None else f"{held}, since {proof.since}")]


def _keys(profile: TerminalProfile) -> Iterator[Finding]:
    for found in look_at_keys(profile):
        yield Finding(found.what, ok=not found.code, code=found.code, remedy=found.detail, vital=found.vital)


def about_queue(stats: QueueStats) -> Finding:
    """Return whether the queue takes applications, and if not what keeps it from it."""
    no_key = stats.seal_key_code == "seal.no-valid-key"
    code = "" if stats.admits else stats.seal_key_code if no_key else "queue.no-space"
    return Finding("queue", ok=stats.admits, code=code, remedy=str(stats.counts))


def _peers(profile: TerminalProfile) -> Iterator[Finding]:
    try:
        stats = QueueClient(queue_socket(profile), timeout_s=3.0).stats()
        yield about_queue(stats)
        for what, code in (("queue's database", stats.repair_reason), ("queue's check", stats.checked)):
            if code not in {"", "ok"}:
                yield Finding(what, ok=False, code=code, remedy="see docs/errors.md", vital=False)
    except QueueError as error:
        yield Finding("queue", ok=False, code=error.code, remedy="start zhiwang-queue.service")
    try:
        with backend_client(profile) as backend:
            backend.ping()
        yield Finding("platform", ok=True, remedy=profile.platform.url, vital=False)
    except ProfileError as error:
        yield Finding("platform", ok=False, code=error.code, remedy=error.remedy)
    except BackendError as error:
        remedy = "applications are saved here and delivered later; look at the network"
        yield Finding("platform", ok=False, code=error.code, remedy=remedy, vital=False)


def _devices(specs: tuple[DeviceSpec, ...]) -> Iterator[Finding]:
    """Open every device and tell what it says; an absent one blocks its services only."""
    known: dict[str, Health] = {}
    settled = threading.Event()

    def note(event: DeviceEvent) -> None:
        if isinstance(event, HealthChanged):
            known[event.health.device] = event.health
            if len(known) == len(specs) and all(_is_settled(health) for health in known.values()):
                settled.set()

    with open_devices(specs, note):
        settled.wait(_DEVICES_S)
    for spec in specs:
        health = known.get(spec.name)
        if health is None:
            yield Finding(spec.name, ok=False, code="device.starting", remedy="says nothing", vital=False)
        else:
            remedy = health.detail if health.remedy is None else f"{health.detail} (acts: {health.remedy})"
            yield Finding(spec.name, ok=health.usable, code=health.code, remedy=remedy, vital=False)


def _is_settled(health: Health) -> bool:
    return health.code not in ("device.starting", "device.restarting")
