"""A real upsd and its dummy driver, which reads the supply from a file: mains that go and come as told."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, Self

from devices.sim.listening import kept_port, port_of

_DRIVER: Final = Path("/lib/nut/dummy-ups")
_SERVERS: Final = (Path("/lib/nut/upsd"), Path("/usr/sbin/upsd"))
_TIED_TO_US: Final = "/usr/bin/setpriv"
_UPS: Final = "bench"
_START_S: Final = 10.0
_MAINS: Final = {
    "ups.mfr": "Example",
    "ups.model": 'Bench "A"',
    "ups.serial": "0001",
    "ups.status": "OL",
    "battery.charge": "100",
    "battery.runtime": "1800",
}
_MAX_AGE_S: Final = 2
"""Upsd calls data stale that is older; the driver says a word every second."""


class NutUps:
    """One supply and its daemons, from ``with`` to its end; for one thread at a time.

    What is set reaches upsd within about a second, and a new upsd is told within two: the driver sleeps for a
    second between two looks at its file and at its socket.
    """

    def __init__(self) -> None:
        self.name = _UPS
        self._keeper = kept_port()
        self.port = port_of(self._keeper)
        self._folder = Path(tempfile.mkdtemp(prefix="nut-"))
        self._changes = 0
        self._values = dict(_MAINS)
        self._driver: subprocess.Popen[bytes] | None = None
        self._server: subprocess.Popen[bytes] | None = None

    @staticmethod
    def installed() -> bool:
        """Return whether this machine has upsd and its dummy driver."""
        return _DRIVER.exists() and any(server.exists() for server in _SERVERS)

    def __enter__(self) -> Self:
        """Start both daemons on mains."""
        self._write("ups.conf", f"pollinterval = 1\n[{_UPS}]\ndriver = dummy-ups\nport = {self._file}\n")
        self._write("upsd.conf", f"LISTEN 127.0.0.1 {self.port}\nMAXAGE {_MAX_AGE_S}\n")
        self._write("upsd.users", "")
        self._write("nut.conf", "MODE=none\n")
        self.set({})
        try:
            self.start_driver()
            self.start()
        except TimeoutError:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        """End both daemons and remove their files."""
        self.kill()
        self.stop_driver()
        self._keeper.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    # The mains and the battery --------------------------------------------------------------------

    def set(self, values: Mapping[str, str]) -> None:
        """Let the supply say this."""
        self._values |= values
        text = "".join(f"{name}: {value}\n" for name, value in self._values.items())
        fresh = self._write("fresh.dev", text)
        # The driver takes a file for changed when its time is another one in whole seconds.
        self._changes += 1
        os.utime(fresh, (self._changes, self._changes))
        fresh.replace(self._file)

    def restored(self) -> None:
        """Bring the mains back, and the battery with them."""
        self.set(_MAINS)

    def on_battery(self, charge_percent: int = 80) -> None:
        """Take the mains away."""
        self.set(
            {"ups.status": "OB DISCHRG", "battery.charge": f"{charge_percent}", "battery.runtime": "900"}
        )

    def low(self) -> None:
        """Let the battery be about to end."""
        self.set({"ups.status": "OB DISCHRG LB", "battery.charge": "9", "battery.runtime": "60"})

    def worn(self) -> None:
        """Let the battery be worn, on mains."""
        self.set(_MAINS | {"ups.status": "OL RB"})

    # The daemons ----------------------------------------------------------------------------------

    def start(self) -> None:
        """Start upsd, and wait until it answers with the supply's data."""
        if self._server is None:
            server = next(path for path in _SERVERS if path.exists())
            self._server = self._run(server, "-F")
            self._until(self._answers)

    def stop(self) -> None:
        """End upsd as systemd would."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """Kill upsd."""
        self._end(signal.SIGKILL)

    def stale(self) -> None:
        """Stop the supply's driver, as when it hangs: upsd says so after two to four seconds."""
        if self._driver is not None:
            self._driver.send_signal(signal.SIGSTOP)

    def fresh(self) -> None:
        """Let the supply's driver go on."""
        if self._driver is not None:
            self._driver.send_signal(signal.SIGCONT)

    def start_driver(self) -> None:
        """Start the supply's driver."""
        if self._driver is None:
            self._driver = self._run(_DRIVER, "-a", _UPS, "-F")
            self._until((self._folder / f"dummy-ups-{_UPS}").exists)

    def stop_driver(self) -> None:
        """Kill the supply's driver."""
        if self._driver is not None:
            self._driver.kill()
            self._driver.wait()
            self._driver = None
            (self._folder / f"dummy-ups-{_UPS}").unlink(missing_ok=True)

    @property
    def _file(self) -> Path:
        return self._folder / "bench.dev"

    def _write(self, name: str, text: str) -> Path:
        path = self._folder / name
        path.write_text(text, encoding="ascii")
        path.chmod(0o600)
        return path

    def _run(self, program: Path, *arguments: str) -> "subprocess.Popen[bytes]":
        user = ["-u", "root"] if os.geteuid() == 0 else []
        paths = dict.fromkeys(("NUT_CONFPATH", "NUT_STATEPATH", "NUT_ALTPIDPATH"), str(self._folder))
        return subprocess.Popen(
            # The daemons are not to outlive a bench that was killed.
            [_TIED_TO_US, "--pdeathsig", "KILL", str(program), *arguments, *user],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=os.environ | paths,
        )

    def _end(self, number: signal.Signals) -> None:
        if self._server is not None:
            self._server.send_signal(number)
            self._server.wait()
            self._server = None

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1.0) as asking:
                asking.sendall(f"GET VAR {_UPS} ups.status\n".encode())
                answer = asking.recv(200)
        except OSError:
            return False
        return answer.startswith(b"VAR") and b"WAIT" not in answer

    @staticmethod
    def _until(check: Callable[[], bool]) -> None:
        end_s = time.monotonic() + _START_S
        while not check():
            if time.monotonic() > end_s:
                raise TimeoutError("the daemons of NUT do not start")
            time.sleep(0.02)
