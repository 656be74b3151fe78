"""A scanner behind ``saned``: real libsane speaks to it over TCP through its back end ``net``.

The back end knows one port, 6566, and any address: each simulated scanner has a loopback address of its own.
A driver in the same process would wait for ever: python-sane keeps the interpreter to itself while it asks
for an option. Drivers have processes of their own, and so it is with real ones.
"""

import random
import socket
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, Self

from devices.sim.listening import Listener
from devices.sim.saned import MODEL, VENDOR, Daemon
from devices.sim.saned_wire import Call, Status
from devices.sim.scanner_mechanism import Habits, Mechanism
from devices.sim.scanner_trouble import Trouble

USB_ID: Final = "1209:5a57"
SERIAL: Final = "B0001"
_PORT: Final = 6566
_ATTEMPTS: Final = 50


class SimulatedScanner:
    """One scanner, from ``with`` to its end; its methods may be called from any thread.

    ``mechanism`` has the resident's hands and the mechanical faults.

    Args:
        run_dir: Where SANE's configuration and the kernel's list of USB devices appear.
        habits: What kind of scanner it is.
    """

    def __init__(self, run_dir: Path, habits: Habits | None = None) -> None:
        self.run_dir = run_dir
        self.mechanism = Mechanism(habits or Habits())
        self._trouble = Trouble()
        self._host = _free_address()
        self._daemon = Daemon(self._host, self.mechanism, self._trouble)
        self._lock = threading.Lock()
        self._listener: Listener | None = None

    def __enter__(self) -> Self:
        """Switch it on and plug it in."""
        sane = self.run_dir / "sane"
        sane.mkdir(parents=True, exist_ok=True)
        (sane / "dll.conf").write_text("net\n", encoding="ascii")
        (sane / "net.conf").write_text(f"connect_timeout = 2\n{self._host}\n", encoding="ascii")
        self._show_usb()
        self.switch_on()
        return self

    def __exit__(self, *_: object) -> None:
        """Switch it off."""
        self.release()
        self.switch_off()

    def options(self) -> dict[str, Any]:
        """Return the options with which the driver ``sane`` finds it."""
        return {
            "match": {"vendor": VENDOR, "model": MODEL},
            "network": True,
            "usb_id": USB_ID,
            "sysfs": str(self.run_dir / "usb"),
            "config_dir": str(self.run_dir / "sane"),
        }

    @property
    def sane_name(self) -> str:
        """SANE's name of it now."""
        return f"net:{self._host}:{self._trouble.name}"

    @property
    def calls(self) -> list[Call]:
        """Everything that clients asked for so far."""
        return self._trouble.calls

    def unplug(self) -> None:
        """Pull the plug: it is in no list any more, and whoever has it open gets I/O errors."""
        self._trouble.plug(into=False)
        self._show_usb()
        transfer = self._daemon.transfer()
        if transfer is not None:
            transfer.stop(Status.IO_ERROR)

    def replug(self) -> None:
        """Put the plug in again: it has another number on the bus."""
        self._trouble.plug(into=True)
        self._show_usb()

    def switch_off(self) -> None:
        """Break all connections and listen no more, as a machine that lost its power."""
        with self._lock:
            listener, self._listener = self._listener, None
        if listener is not None:
            listener.close()

    def switch_on(self) -> None:
        """Listen again, at the same address."""
        with self._lock:
            if self._listener is None:
                self._listener = Listener(socket.create_server((self._host, _PORT)), self._daemon.serve)

    def refuse(self, call: Call, *statuses: Status) -> None:
        """Answer the next calls of a kind with these: ``OPEN``, ``START`` or ``CONTROL_OPTION``."""
        self._trouble.refuse(call, *statuses)

    def hang(self, call: Call) -> None:
        """Answer no calls of a kind, until ``release`` or until the client is gone."""
        self._trouble.hang(call)

    def hold(self, part: float = 0.5, after: int = 0) -> None:
        """Stop after a part of a page, until ``release``, a cancel, or the client is gone.

        Args:
            part: 0.0 to 1.0.
            after: Pages before it.
        """
        self._trouble.hold(after, part)

    def wait_held(self, timeout_s: float = 15.0) -> bool:
        """Wait until a page is held; returns whether one is."""
        return self._daemon.wait_held(timeout_s)

    def release(self, line_s: float = 0.0) -> None:
        """Go on with what hangs or is held.

        Args:
            line_s: Pause before each further line of a page that is held.
        """
        self._trouble.let_go()
        transfer = self._daemon.transfer()
        if transfer is not None:
            transfer.go_on(line_s)

    def recover(self) -> None:
        """End all trouble: on, plugged in, lid closed, nothing stuck, nothing hangs or is refused."""
        self.release()
        self._trouble.end()
        self.mechanism.calm()
        self.mechanism.clear()
        self.mechanism.cover(is_open=False)
        self.switch_on()
        if self._trouble.plugged is None:
            self.replug()

    def _show_usb(self) -> None:
        folder = self.run_dir / "usb" / "1-2"
        number = self._trouble.plugged
        with self._lock:
            if number is None:
                for path in [*folder.iterdir()] if folder.is_dir() else []:
                    path.unlink()
                if folder.is_dir():
                    folder.rmdir()
                return
            folder.mkdir(parents=True, exist_ok=True)
            vendor, product = USB_ID.split(":")
            texts = {"idVendor": vendor, "idProduct": product, "serial": SERIAL, "busnum": "1"}
            for name, text in (texts | {"devnum": str(number)}).items():
                (folder / name).write_text(f"{text}\n", encoding="ascii")


def _free_address() -> str:
    for _ in range(_ATTEMPTS):
        host = ".".join(("127", *(str(random.randint(1, 254)) for _ in range(3))))  # noqa: S311  # no secret
        with suppress(OSError), socket.create_server((host, _PORT)):  # somebody else's
            return host
    raise OSError(f"no loopback address has port {_PORT} free")
