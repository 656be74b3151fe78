"""A scanner behind ``saned``: real libsane speaks to it over TCP through its back end ``net``.

The back end knows one port, 6566, and any address: each simulated scanner has a loopback address of its own.
A driver in the same process would wait for ever: python-sane keeps the interpreter to itself while it asks
for an option. Drivers have processes of their own, and so it is with real ones.
"""

import random
import select
import socket
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Self

from devices.sim.listening import Listener
from devices.sim.saned_wire import (
    LITTLE_ENDIAN,
    RELOAD,
    SET,
    Call,
    Reader,
    Status,
    devices,
    option_value,
    options,
    refused_option,
    string,
    word,
)
from devices.sim.scanner_mechanism import OPTIONS, WITHOUT_SENSORS, Habits, Mechanism, Opened
from devices.sim.scanner_transfer import Transfer, parameters

VENDOR: Final = "Zhiwang"
MODEL: Final = "Bench Scanner"
USB_ID: Final = "1209:5a57"
_PORT: Final = 6566
_ATTEMPTS: Final = 50


@dataclass(slots=True)
class _Peer:
    """One client: its connection, what it has open, and the page that is on its way."""

    connection: socket.socket
    opened: dict[int, Opened] = field(default_factory=dict[int, Opened])
    transfer: Transfer | None = None
    plugged: int = 0


class SimulatedScanner:
    """One scanner, from ``with`` to its end; its methods may be called from any thread.

    ``mechanism`` has the resident's hands and the mechanical faults.

    Args:
        run_dir: Where SANE's configuration and the kernel's list of USB devices appear.
        habits: What kind of scanner it is.
    """

    def __init__(self, run_dir: Path, habits: Habits | None = None) -> None:
        self.run_dir = run_dir
        self.habits = habits or Habits()
        self.mechanism = Mechanism(self.habits)
        self.host = ""
        self._lock = threading.Condition()
        self._listener: Listener | None = None
        self._number = 4
        self._is_plugged = True
        self._user: _Peer | None = None
        self._last_handle = 0
        self._hangs: Call | None = None
        self._hold: tuple[int, float] | None = None
        self._refusals: dict[Call, list[Status]] = {}
        self.calls: list[Call] = []

    def __enter__(self) -> Self:
        """Switch it on and plug it in."""
        self._find_address()
        sane = self.run_dir / "sane"
        sane.mkdir(parents=True, exist_ok=True)
        (sane / "dll.conf").write_text("net\n", encoding="ascii")
        (sane / "net.conf").write_text(f"connect_timeout = 2\n{self.host}\n", encoding="ascii")
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
        return f"net:{self.host}:{self._remote_name}"

    # Trouble on request ---------------------------------------------------------------------------

    def unplug(self) -> None:
        """Pull the plug: it is in no list any more, and whoever has it open gets I/O errors."""
        with self._lock:
            self._is_plugged = False
            user = self._user
            self._lock.notify_all()
        self._show_usb()
        if user is not None and user.transfer is not None:
            user.transfer.stop(Status.IO_ERROR)

    def replug(self) -> None:
        """Put the plug in again: it has another number on the bus."""
        with self._lock:
            self._number += 1
            self._is_plugged = True
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
                self._listener = Listener(socket.create_server((self.host, _PORT)), self._serve)

    def refuse(self, call: Call, *statuses: Status) -> None:
        """Answer the next calls of a kind with these: ``OPEN``, ``START`` or ``CONTROL_OPTION``."""
        with self._lock:
            self._refusals.setdefault(call, []).extend(statuses)

    def hang(self, call: Call) -> None:
        """Do not answer the next call of a kind, until ``release`` or until the client is gone."""
        with self._lock:
            self._hangs = call

    def hold(self, part: float = 0.5, after: int = 0) -> None:
        """Stop after a part of a page, until ``release``, a cancel, or the client is gone.

        Args:
            part: 0.0 to 1.0.
            after: Pages before it.
        """
        with self._lock:
            self._hold = (after, part)

    def wait_held(self, timeout_s: float = 15.0) -> bool:
        """Wait until a page is held; returns whether one is."""
        with self._lock:
            return self._lock.wait_for(
                lambda: (
                    self._user is not None
                    and self._user.transfer is not None
                    and self._user.transfer.held.is_set()
                ),
                timeout_s,
            )

    def release(self) -> None:
        """Go on with what hangs or is held."""
        with self._lock:
            self._hangs = self._hold = None
            user = self._user
            self._lock.notify_all()
        if user is not None and user.transfer is not None:
            user.transfer.go_on()

    def recover(self) -> None:
        """End all trouble: switched on, plugged in, lid closed, nothing stuck, nothing hangs, nothing refused."""
        self.release()
        self.switch_on()
        with self._lock:
            self._refusals.clear()
            was_plugged = self._is_plugged
        self.mechanism.calm()
        self.mechanism.clear()
        self.mechanism.cover(is_open=False)
        if not was_plugged:
            self.replug()

    # ``saned`` ------------------------------------------------------------------------------------

    @property
    def _remote_name(self) -> str:
        return f"bench:libusb:001:{self._number:03}"

    def _find_address(self) -> None:
        for _ in range(_ATTEMPTS):
            self.host = ".".join(("127", *(str(random.randint(1, 254)) for _ in range(3))))  # noqa: S311  # no secret
            with suppress(OSError), socket.create_server((self.host, _PORT)):  # somebody else's
                return
        raise OSError(f"no loopback address has port {_PORT} free")

    def _show_usb(self) -> None:
        folder = self.run_dir / "usb" / "1-2"
        files = {"idVendor": USB_ID[:4], "idProduct": USB_ID[5:], "busnum": "1", "serial": "B0001"}
        if not self._is_plugged:
            for path in [*folder.iterdir()] if folder.is_dir() else []:
                path.unlink()
            folder.rmdir()
            return
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in (files | {"devnum": str(self._number)}).items():
            (folder / name).write_text(f"{text}\n", encoding="ascii")

    def _serve(self, connection: socket.socket) -> None:
        peer = _Peer(connection)
        reader = Reader(lambda count: _exactly(connection, count))
        try:
            while (call := Call(reader.word())) is not Call.EXIT:
                answer = self._answer(call, reader, peer)
                connection.sendall(answer)
        finally:
            self._leave(peer)

    def _leave(self, peer: _Peer) -> None:
        if peer.transfer is not None:
            peer.transfer.stop(Status.CANCELLED)
        with self._lock:
            if self._user is peer:
                self._user = None

    def _answer(self, call: Call, reader: Reader, peer: _Peer) -> bytes:
        match call:
            case Call.INIT:
                version = reader.word()
                reader.string()
                return word(Status.GOOD) + word(version)
            case Call.OPEN:
                name = reader.string()
                self._attend(call, peer)
                return self._open(name, peer)
            case Call.CONTROL_OPTION:
                request = reader.control()
                self._attend(call, peer)
                return self._control(*request, peer)
            case Call.GET_DEVICES:
                entries = [(self._remote_name, VENDOR, MODEL)] if self._is_plugged else []
                self._attend(call, peer)
                return devices(entries)
            case _:
                handle = reader.word()
                self._attend(call, peer)
                return self._of_handle(call, handle, peer)

    def _attend(self, call: Call, peer: _Peer) -> None:
        """Note the call; hang if told so."""
        with self._lock:
            self.calls.append(call)
            hangs = self._hangs is call
        while hangs:
            readable, _, _ = select.select([peer.connection], [], [], 0.02)
            if readable and not peer.connection.recv(1, socket.MSG_PEEK):
                raise ConnectionResetError("the client is gone")
            with self._lock:
                hangs = self._hangs is call

    def _refusal(self, call: Call) -> Status:
        with self._lock:
            if not self._is_plugged:
                return Status.INVAL if call is Call.OPEN else Status.IO_ERROR
            waiting = self._refusals.get(call)
            return waiting.pop(0) if waiting else Status.GOOD

    def _open(self, name: str, peer: _Peer) -> bytes:
        status = self._refusal(Call.OPEN)
        with self._lock:
            if status is Status.GOOD and name != self._remote_name:
                status = Status.INVAL
            if status is Status.GOOD and self._user not in (None, peer):
                status = Status.DEVICE_BUSY
            if status is Status.GOOD:
                self._user = peer
                self._last_handle += 1
                peer.opened[self._last_handle] = Opened()
                peer.plugged = self._number
            return word(status) + word(self._last_handle) + string(None)

    def _control(self, handle: int, index: int, action: int, size: int, value: Any, peer: _Peer) -> bytes:  # noqa: ANN401  # whatever the option takes
        option, opened = OPTIONS[index], peer.opened[handle]
        status = self._refusal(Call.CONTROL_OPTION)
        if status is Status.GOOD and peer.plugged != self._number:
            status = Status.IO_ERROR
        if status is not Status.GOOD:
            return refused_option(status)
        if action == SET:
            opened.settings[option.name] = value
            return option_value(option, value, size, RELOAD if option.name == "source" else 0)
        if option.sensor and option.name:
            return option_value(option, self.mechanism.sensed(option.name), size, 0)
        return option_value(option, opened.settings[option.name], size, 0)

    def _of_handle(self, call: Call, handle: int, peer: _Peer) -> bytes:
        opened = peer.opened[handle]
        match call:
            case Call.GET_OPTION_DESCRIPTORS:
                return options(OPTIONS if self.habits.sensors else WITHOUT_SENSORS)
            case Call.GET_PARAMETERS:
                return b"".join(map(word, (Status.GOOD, *parameters(opened, self.habits))))
            case Call.START:
                return self._start(opened, peer)
            case Call.CANCEL:
                if peer.transfer is not None:
                    peer.transfer.stop(Status.CANCELLED)
                    peer.transfer = None
                opened.back_due = None
                return word(0)
            case _:  # Call.CLOSE
                del peer.opened[handle]
                if not peer.opened:
                    self._leave(peer)
                return word(0)

    def _start(self, opened: Opened, peer: _Peer) -> bytes:
        status = self._refusal(Call.START)
        if status is Status.GOOD and peer.plugged != self._number:
            status = Status.IO_ERROR
        begun = self.mechanism.begin(opened) if status is Status.GOOD else status
        if isinstance(begun, Status):
            return b"".join(map(word, (begun, 0, LITTLE_ENDIAN))) + string(None)
        transfer = Transfer(self.host, opened, begun, self.mechanism, self._due_hold(), self._told_held)
        peer.transfer = transfer
        return b"".join(map(word, (Status.GOOD, transfer.port, LITTLE_ENDIAN))) + string(None)

    def _due_hold(self) -> float | None:
        with self._lock:
            if self._hold is None:
                return None
            after, part = self._hold
            self._hold = (after - 1, part) if after else None
            return None if after else part

    def _told_held(self) -> None:
        with self._lock:
            self._lock.notify_all()


def _exactly(connection: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count:
        more = connection.recv(count - len(data))
        if not more:
            raise ConnectionResetError("the client is gone")
        data += more
    return data
