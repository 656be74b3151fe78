"""A real pcscd with a virtual reader, apart from the machine: own ``/run``, own network, no open port.

The daemon's socket is a file that everybody may see, so clients need no namespace: the driver takes its path
as the option ``service_socket``. Needs root, pcscd and vsmartcard's vpcd.
"""

import ctypes
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Final, Self

from devices.sim.vpcd_card import SimulatedChip
from devices.sim.vpcd_slot import CardInSlot, CardTrouble

READER: Final = "Virtual PCD 00 00"
"""The reader that cards go into; vpcd always offers a second one, which stays empty."""
_PORT: Final = 0x8C7B
_VPCD: Final = (
    Path(__file__).parents[2] / ".venv/unpacked/vsmartcard-vpcd/usr/lib/pcsc/drivers/serial/libifdvpcd.so"
)
_SOURCE: Final = Path(__file__).with_name("pcscd_reader.c")
_START_S: Final = 10.0
_HAND_S: Final = 0.5
"""No hand changes cards faster, and pcscd, which looks every 0.4 s, would take the second for the first."""
_CLONE_NEWNET: Final = 0x40000000
_SETUP: Final = (
    "mount -t tmpfs none /run && mkdir /run/pcscd && mount --bind {run} /run/pcscd && "
    "ip link set lo up && exec pcscd --foreground --critical --config {readers}"
)


def why_not() -> str:
    """Return what is missing for a world of its own, or ``""``."""
    if os.geteuid() != 0:
        return "needs root for namespaces of its own"
    missing = [
        program for program in ("pcscd", "unshare", "setpriv", "ip", "gcc") if shutil.which(program) is None
    ]
    if missing:
        return f"not installed: {', '.join(missing)}"
    return "" if _VPCD.exists() else f"no {_VPCD}: run deploy/setup.sh"


class PcscdWorld:
    """One daemon and its reader, from ``with`` to its end; methods may be called from any thread.

    The daemon dies with this process, however that ends.
    """

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="pcscd-"))
        self._run, self._readers = self._folder / "run", self._folder / "readers"
        for folder in (self._run, self._readers):
            folder.mkdir()
        self._unplugged = self._folder / "unplugged"
        self._library = self._folder / "libifdreader.so"
        self.socket_path = self._run / "pcscd.comm"
        self._lock = threading.RLock()
        # The kernel ends the daemon with the thread that started it, so that thread lives as long as this.
        self._starter = ThreadPoolExecutor(1, thread_name_prefix="pcscd-world")
        self._daemon: subprocess.Popen[bytes] | None = None
        self._card: CardInSlot | None = None

    @property
    def folder(self) -> Path:
        """Where everything of this world lies; gone after ``close``."""
        return self._folder

    @property
    def pid(self) -> int | None:
        """Process id of the daemon, or None while none runs."""
        daemon = self._daemon
        return None if daemon is None else daemon.pid

    def __enter__(self) -> Self:
        """Start the daemon."""
        with ExitStack() as undo:
            undo.callback(self.close)
            self._build_reader()
            self.start()
            undo.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        """End the daemon and leave nothing behind."""
        self.close()

    def close(self) -> None:
        """End the daemon and leave nothing behind."""
        self.kill()
        self._starter.shutdown()
        shutil.rmtree(self._folder, ignore_errors=True)

    # The daemon -----------------------------------------------------------------------------------

    def start(self) -> None:
        """Start the daemon and wait until it answers; the reader is plugged in and empty.

        Raises:
            RuntimeError: It does not start.
        """
        with self._lock:
            if self._daemon is not None:
                return
            for left in self._run.iterdir():
                left.unlink()
            self._unplugged.unlink(missing_ok=True)
            self._daemon = self._starter.submit(self._spawn).result()
            self._wait_until_it_answers(self._daemon)

    def kill(self) -> None:
        """Kill the daemon: cards lose their power, clients their connection."""
        self._end(signal.SIGKILL)

    def terminate(self) -> None:
        """End the daemon as the system's manager does."""
        self._end(signal.SIGTERM)

    def restart(self) -> None:
        """Kill the daemon and start another at once."""
        self.kill()
        self.start()

    def stop(self) -> None:
        """Have the daemon stand still: it answers nobody and closes nothing."""
        self._signal(signal.SIGSTOP)

    def cont(self) -> None:
        """Have a daemon that stands still go on."""
        self._signal(signal.SIGCONT)

    # The reader and its cards ---------------------------------------------------------------------

    def insert(self, chip: SimulatedChip, trouble: CardTrouble | None = None) -> CardInSlot:
        """Put a card in, half a second after the one before left; one that is inside is pulled.

        Raises:
            RuntimeError: The reader takes none within ten seconds: unplugged, or the daemon does not run.
        """
        with self._lock:
            before = self._card
            self.pull()
            if before is not None:
                time.sleep(max(0.0, before.left_s + _HAND_S - time.monotonic()))
            self._card = CardInSlot(self._line_to_reader(), chip, trouble)
            return self._card

    def pull(self) -> None:
        """Take the card out, if there is one."""
        with self._lock:
            if self._card is not None:
                self._card.pull()

    def unplug(self) -> None:
        """Pull the reader's plug; a card that is in it stays there."""
        with self._lock:
            self._unplugged.touch()
            self._signal(signal.SIGUSR1)

    def replug(self) -> None:
        """Plug the reader in again."""
        with self._lock:
            self._unplugged.unlink(missing_ok=True)
            self._signal(signal.SIGUSR1)

    # ----------------------------------------------------------------------------------------------

    def _spawn(self) -> subprocess.Popen[bytes]:
        script = _SETUP.format(run=self._run, readers=self._readers)
        return subprocess.Popen(
            ["/usr/bin/setpriv", "--pdeathsig", "KILL", "unshare", "--mount", "--net", "sh", "-ec", script],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def _wait_until_it_answers(self, daemon: subprocess.Popen[bytes]) -> None:
        end_s = time.monotonic() + _START_S
        while daemon.poll() is None and time.monotonic() < end_s:
            with socket.socket(socket.AF_UNIX) as probe, suppress(OSError):
                probe.connect(str(self.socket_path))
                return
            time.sleep(0.01)
        self.kill()
        raise RuntimeError(f"pcscd does not start in {self._folder}")

    def _end(self, number: signal.Signals) -> None:
        with self._lock:
            daemon, self._daemon = self._daemon, None
            if daemon is not None:
                daemon.send_signal(number)
                daemon.send_signal(signal.SIGCONT)
                daemon.wait()
            self.pull()

    def _signal(self, number: signal.Signals) -> None:
        with self._lock:
            if self._daemon is not None:
                self._daemon.send_signal(number)

    def _build_reader(self) -> None:
        (self._folder / "libifdvpcd.so.0").symlink_to(_VPCD)
        subprocess.run(
            [
                "/usr/bin/gcc",
                "-shared",
                "-fPIC",
                f'-DUNPLUGGED="{self._unplugged}"',
                "-o",
                self._library,
                _SOURCE,
                "-Wl,--no-as-needed",
                _VPCD,
                "-Wl,-rpath,$ORIGIN",
            ],
            check=True,
        )
        lines = {
            "FRIENDLYNAME": '"Virtual PCD"',
            "DEVICENAME": f"/dev/null:{_PORT:#x}",
            "LIBPATH": str(self._library),
            "CHANNELID": f"{_PORT:#x}",
        }
        text = "".join(f"{key} {value}\n" for key, value in lines.items())
        (self._readers / "reader").write_text(text, encoding="ascii")

    def _line_to_reader(self) -> socket.socket:
        if self._daemon is None:
            raise RuntimeError("no daemon runs")
        end_s = time.monotonic() + _START_S
        while time.monotonic() < end_s:
            line = _socket_inside(self._daemon.pid)
            try:
                line.connect(("127.0.0.1", _PORT))
            except OSError:
                line.close()
                time.sleep(0.01)
                continue
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return line
        raise RuntimeError("the reader takes no card")


def _socket_inside(pid: int) -> socket.socket:
    """Return a TCP socket that lives in the network of another process: a socket stays where it was made."""
    made: list[socket.socket] = []

    def make() -> None:
        namespace = os.open(f"/proc/{pid}/ns/net", os.O_RDONLY | os.O_CLOEXEC)
        try:
            # Only this thread moves, and it ends right away.
            if ctypes.CDLL(None, use_errno=True).setns(namespace, _CLONE_NEWNET) != 0:
                return
            made.append(socket.socket(socket.AF_INET, socket.SOCK_STREAM))
        finally:
            os.close(namespace)

    thread = threading.Thread(target=make, name="pcscd-world-socket")
    thread.start()
    thread.join()
    if not made:
        raise RuntimeError("no way into the network of pcscd")
    return made[0]
