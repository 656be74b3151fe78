"""Everything a terminal stands among: a district, a bench of devices, a network cable, and its own queue."""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Generator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import requests
import tomli_w

from devices.sim.bench import BENCH_FILE, CONTROL_SOCKET, device_specs, network_port
from devices.sim.control import BenchClient
from devices.sim.listening import kept_port, port_of
from kiosk.demo.children import Child, StageError
from kiosk.wiring import queue_socket
from offline_queue import FileSigner, QueueClient, QueueError
from provisioning.profile import TerminalProfile, load_profile

TERMINAL = "T0421"
_CATALOGUE = Path(__file__).parent.parent / "catalogue" / "items"
_MEMORY = Path("/dev/shm")  # noqa: S108  # the terminal's runtime folder has to be in memory


@dataclass(frozen=True, slots=True)
class Panel:
    """A screen to play on: pixels and millimetres."""

    width_px: int
    height_px: int
    width_mm: float


PORTRAIT = Panel(1080, 1920, 268.0)
LANDSCAPE = Panel(1920, 1080, 476.0)


@dataclass(frozen=True, slots=True)
class Stage:
    """A terminal's surroundings, all running.

    Args:
        folder: Where everything is; data on disk.
        profile_path: The terminal's profile.
        profile: The same, read.
        bench: Hands at the bench.
        district: The platform's process.
        queue: The queue's process.
        district_url: The platform, not through the network cable.
        operator_token: The desk's credential at the platform.
    """

    folder: Path
    profile_path: Path
    profile: TerminalProfile
    bench: BenchClient
    district: Child
    queue: Child
    district_url: str
    operator_token: str

    def show_code(self, number: str) -> None:
        """Hold the phone of a resident before the code scanner, with a new one-ID code on it.

        Takes about a second; any thread.

        Raises:
            StageError: The platform issues no code for this identity number.
        """
        code = _run("-m", "district", "code", "--data-dir", str(self.folder / "district"), number)
        with BenchClient(self.folder / "bench" / CONTROL_SOCKET) as hand:
            hand.show_code(code.strip())

    @property
    def slips(self) -> Path:
        """Where the simulated printer leaves its slips."""
        return self.folder / "bench" / "slips"

    def desk(self, path: str) -> requests.Response:
        """Ask the platform's desk, as a clerk would, past the network cable.

        Raises:
            StageError: It refuses.
        """
        headers = {"Authorization": f"Bearer {self.operator_token}"}
        response = requests.get(f"{self.district_url}/v1{path}", headers=headers, timeout=10)
        if not response.ok:
            raise StageError(f"the district's desk answers {response.status_code} to {path}")
        return response

    def clerk_decides(self, case_no: str, status: str, note: str = "", *materials: str) -> None:
        """Append a status to a case, as a clerk would.

        Raises:
            StageError: It refuses.
        """
        headers = {"Authorization": f"Bearer {self.operator_token}"}
        said = {"status": status, "note": note, "materials": list(materials)}
        url = f"{self.district_url}/v1/cases/{case_no}/statuses"
        response = requests.post(url, json=said, headers=headers, timeout=10)
        if not response.ok:
            raise StageError(f"the district's desk answers {response.status_code} to a status")


@contextmanager
def open_stage(
    panel: Panel = PORTRAIT,
    extra_options: Mapping[str, Mapping[str, Any]] | None = None,
    bench_module: str = "devices.sim",
) -> Generator[Stage]:
    """Build the surroundings and take them down again.

    Args:
        panel: The terminal's screen.
        extra_options: Device name → driver options added to the bench's own.
        bench_module: Module that is run as the bench.

    Raises:
        StageError: A process does not start.
    """
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="zw-")))
        runtime = Path(tempfile.mkdtemp(prefix="zw-", dir=_MEMORY if _MEMORY.is_dir() else None))
        stack.callback(shutil.rmtree, runtime, ignore_errors=True)
        home = folder / "district"
        bench_folder = folder / "bench"
        bench_folder.mkdir()
        port = port_of(stack.enter_context(kept_port()))
        # The bench draws its pictures while the district makes its keys and its resource base.
        command = ["-m", bench_module, "--run-dir", str(bench_folder), "--link-to", f"127.0.0.1:{port}"]
        is_ready = (bench_folder / BENCH_FILE).exists
        benches = stack.enter_context(Child("bench", command, folder / "bench.log", is_ready))
        _enrol(folder, home)
        serve = ["-m", "district", "serve", "--data-dir", str(home), "--port", str(port)]
        ready = home / "district.json"
        district = stack.enter_context(
            Child(
                "district",
                [*serve, "--catalogue", str(_CATALOGUE)],
                folder / "district.log",
                ready.exists,
            )
        )
        benches.await_ready()
        bench = stack.enter_context(BenchClient(bench_folder / CONTROL_SOCKET))
        path = _write_profile(folder, runtime, panel, extra_options or {})
        profile = load_profile(path)
        arguments = ["-m", "kiosk", "queue", "serve", "--profile", str(path)]
        queue = stack.enter_context(Child("queue", arguments, folder / "queue.log", _answers(profile)))
        queue.await_ready()
        district.await_ready()
        url = _url(ready)
        token = (home / "operator-token").read_text(encoding="ascii").strip()
        yield Stage(folder, path, profile, bench, district, queue, url, token)


def _enrol(folder: Path, home: Path) -> None:
    """Do what an operator does by hand: take the terminal's signing key to the district, which enrols it."""
    public = folder / "device_key.public"
    key = FileSigner.make(folder / "terminal" / "device_key.pem")
    public.write_text(key.public.as_text(), encoding="ascii")
    whom = ("--terminal", TERMINAL, "--device-key", str(public))
    _run("-m", "district", "init", "--data-dir", str(home), *whom)


def _run(*arguments: str) -> str:
    done = subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise StageError(f"{' '.join(arguments[:3])} failed:\n{done.stderr[-2000:]}")
    return done.stdout


def _url(path: Path) -> str:
    return str(cast("dict[str, Any]", json.loads(path.read_text(encoding="utf-8")))["url"])


def _answers(profile: TerminalProfile) -> Callable[[], bool]:
    client = QueueClient(queue_socket(profile), timeout_s=1.0)

    def answers() -> bool:
        try:
            client.stats()
        except QueueError:
            return False
        return True

    return answers


def _write_profile(
    folder: Path,
    runtime: Path,
    panel: Panel,
    extra_options: Mapping[str, Mapping[str, Any]],
) -> Path:
    bench = folder / "bench"
    enrolled = folder / "district" / f"terminal-{TERMINAL}"
    profile: dict[str, Any] = {
        "terminal": {
            "number": TERMINAL,
            "place": {"zh": "宝安区政务服务中心 24 小时自助厅", "en": "Bao'an Service Centre, 24-hour hall"},
            "hotline": "12345",
        },
        "panel": {
            "width_px": panel.width_px,
            "height_px": panel.height_px,
            "width_mm": panel.width_mm,
        },
        "paths": {"data": str(folder / "terminal"), "runtime": str(runtime)},
        "platform": {
            "url": f"http://127.0.0.1:{network_port(bench)}",
            "progress_url": "https://progress.baoan.example/case",
            "keys": str(enrolled / "platform.json"),
            "token": str(enrolled / "token"),
        },
        "devices": _devices(
            bench, {"printer-1": {"journal": str(folder / "printer-1.jsonl")}, **extra_options}
        ),
    }
    path = folder / "profile.toml"
    path.write_bytes(tomli_w.dumps(profile).encode())
    return path


def _devices(bench: Path, extra_options: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    return {
        spec.name: {
            "kind": spec.kind.value,
            "driver": spec.driver,
            "options": {**spec.options, **extra_options.get(spec.name, {})},
        }
        for spec in device_specs(bench)
    }
