"""The daemon in front of the simulated scanner: answers the calls of libsane's back end ``net``."""

import select
import socket
import threading
from dataclasses import dataclass, field
from typing import Any, Final

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
from devices.sim.scanner_mechanism import OPTIONS, WITHOUT_SENSORS, Mechanism, Opened
from devices.sim.scanner_transfer import Transfer, parameters
from devices.sim.scanner_trouble import Trouble

VENDOR: Final = "Zhiwang"
MODEL: Final = "Bench Scanner"
_GLANCE_S: Final = 0.02


@dataclass(slots=True)
class _Peer:
    """One client: its connection, what it has open, and the page that is on its way."""

    connection: socket.socket
    opened: dict[int, Opened] = field(default_factory=dict[int, Opened])
    number: int | None = None
    transfer: Transfer | None = None


class Daemon:
    """Serves any number of clients, of whom one at a time has the scanner open.

    Args:
        host: Address at which pages are fetched.
        mechanism: The scanner.
        trouble: What goes wrong on the way to it.
    """

    def __init__(self, host: str, mechanism: Mechanism, trouble: Trouble) -> None:
        self._host = host
        self._mechanism = mechanism
        self._trouble = trouble
        self._changed = threading.Condition()
        self._user: _Peer | None = None
        self._last_handle = 0

    def transfer(self) -> Transfer | None:
        """Return the page that was begun last and not cancelled, or None."""
        with self._changed:
            return None if self._user is None else self._user.transfer

    def wait_held(self, timeout_s: float) -> bool:
        """Wait until a page is held; returns whether one is."""

        def is_held() -> bool:
            user = self._user
            return user is not None and user.transfer is not None and user.transfer.held.is_set()

        with self._changed:
            return self._changed.wait_for(is_held, timeout_s)

    def serve(self, connection: socket.socket) -> None:
        """Answer one client until it goes.

        Raises:
            OSError: It is gone.
        """
        peer = _Peer(connection)
        reader = Reader(lambda count: _exactly(connection, count))
        try:
            while (call := Call(reader.word())) is not Call.EXIT:
                connection.sendall(self._answer(call, reader, peer))
        finally:
            self._leave(peer)

    def _leave(self, peer: _Peer) -> None:
        if peer.transfer is not None:
            peer.transfer.stop(Status.CANCELLED)
        with self._changed:
            if self._user is peer:
                self._user = None

    def _answer(self, call: Call, reader: Reader, peer: _Peer) -> bytes:
        match call:
            case Call.INIT:
                version = reader.word()
                reader.string()
                return word(Status.GOOD) + word(version)
            case Call.GET_DEVICES:
                self._attend(call, peer)
                plugged = self._trouble.plugged is not None
                return devices([(self._trouble.name, VENDOR, MODEL)] if plugged else [])
            case Call.OPEN:
                name = reader.string()
                self._attend(call, peer)
                return self._open(name, peer)
            case Call.CONTROL_OPTION:
                request = reader.control()
                self._attend(call, peer)
                return self._control(*request, peer)
            case _:
                handle = reader.word()
                self._attend(call, peer)
                return self._of_handle(call, handle, peer)

    def _attend(self, call: Call, peer: _Peer) -> None:
        """Note the call; hang if told so.

        Raises:
            ConnectionResetError: The client had enough of it.
        """
        self._trouble.note(call)
        while self._trouble.hangs(call):
            readable, _, _ = select.select([peer.connection], [], [], _GLANCE_S)
            if readable and not peer.connection.recv(1, socket.MSG_PEEK):
                raise ConnectionResetError("the client is gone")

    def _open(self, name: str, peer: _Peer) -> bytes:
        status = self._trouble.refusal(Call.OPEN, None)
        if status is Status.GOOD and name != self._trouble.name:
            status = Status.INVAL
        with self._changed:
            if status is Status.GOOD and self._user not in (None, peer):
                status = Status.DEVICE_BUSY
            if status is Status.GOOD:
                self._user = peer
                self._last_handle += 1
                peer.opened[self._last_handle] = Opened()
                peer.number = self._trouble.plugged
            return word(status) + word(self._last_handle) + string(None)

    def _control(self, handle: int, index: int, action: int, size: int, value: Any, peer: _Peer) -> bytes:  # noqa: ANN401  # whatever the option takes
        option, opened = OPTIONS[index], peer.opened[handle]
        status = self._trouble.refusal(Call.CONTROL_OPTION, peer.number)
        if status is not Status.GOOD:
            return refused_option(status)
        if action == SET:
            opened.settings[option.name] = value
            return option_value(option, value, size, RELOAD if option.name == "source" else 0)
        if option.sensor and option.name:
            return option_value(option, self._mechanism.sensed(option.name), size, 0)
        return option_value(option, opened.settings[option.name], size, 0)

    def _of_handle(self, call: Call, handle: int, peer: _Peer) -> bytes:
        opened = peer.opened[handle]
        habits = self._mechanism.habits
        match call:
            case Call.GET_OPTION_DESCRIPTORS:
                return options(OPTIONS if habits.sensors else WITHOUT_SENSORS)
            case Call.GET_PARAMETERS:
                return b"".join(map(word, (Status.GOOD, *parameters(opened, habits))))
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
        status = self._trouble.refusal(Call.START, peer.number)
        begun = self._mechanism.begin(opened) if status is Status.GOOD else status
        if isinstance(begun, Status):
            return b"".join(map(word, (begun, 0, LITTLE_ENDIAN))) + string(None)
        held_at = self._trouble.due_hold()
        peer.transfer = Transfer(self._host, opened, begun, self._mechanism, held_at, self._tell)
        return b"".join(map(word, (Status.GOOD, peer.transfer.port, LITTLE_ENDIAN))) + string(None)

    def _tell(self) -> None:
        with self._changed:
            self._changed.notify_all()


def _exactly(connection: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count:
        more = connection.recv(count - len(data))
        if not more:
            raise ConnectionResetError("the client is gone")
        data += more
    return data
