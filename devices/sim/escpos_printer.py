"""A receipt printer on a TCP port: interprets ESC/POS, draws every slip as a PNG, and can misbehave."""

import contextlib
import selectors
import socket
import struct
import threading
from collections.abc import Generator
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from PIL import Image

from devices.sim.escpos.engine import Engine
from devices.sim.escpos.registers import Mishap, Trouble

_WIDTH_PX: Final = {58: 384, 80: 576}
_CHUNK_BYTES: Final = 4096
_HANG_UP_HARD: Final = struct.pack("ii", 1, 0)
"""SO_LINGER on, zero seconds: closing sends a reset."""

__all__ = ["Mishap", "SimulatedPrinter", "Trouble"]


class SimulatedPrinter:
    """One printer with room for one connection; a context manager.

    Args:
        out_dir: Where ``slip-001.png`` and so on appear, one for each cut.
        port: TCP port on the loopback interface; 0 picks a free one.
        paper_mm: 58 or 80.
    """

    def __init__(self, out_dir: Path, port: int = 0, paper_mm: int = 80) -> None:
        out_dir.mkdir(parents=True, exist_ok=True)
        self._out_dir = out_dir
        self._slips: list[Path] = []
        self._engine = Engine(_WIDTH_PX[paper_mm], self._save, self._reply, self._hang_up)
        self._lock = threading.RLock()
        self._stopping = False
        self._client: socket.socket | None = None
        self._waker, self._woken = socket.socketpair()
        self._listener: socket.socket | None = _listen(port)
        self.port: int = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._run, name="simulated-printer", daemon=True)

    def __enter__(self) -> Self:
        """Start serving."""
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop serving and close everything."""
        with self._changing():
            self._stopping = True
        self._thread.join()
        self._switch_off()
        self._waker.close()
        self._woken.close()

    def trouble(self, trouble: Trouble, *, on: bool) -> None:
        """Begin or end a trouble."""
        with self._changing():
            self._engine.set_trouble(trouble, on=on)

    def paper_out(self, out: bool) -> None:  # noqa: FBT001  # reads like the switch it is
        """Take the roll out or put a new one in."""
        self.trouble(Trouble.PAPER_OUT, on=out)

    def near_end(self, near: bool) -> None:  # noqa: FBT001  # reads like the switch it is
        """Let the roll run low."""
        self.trouble(Trouble.NEAR_END, on=near)

    def cover_open(self, is_open: bool) -> None:  # noqa: FBT001  # reads like the switch it is
        """Open or close the cover."""
        self.trouble(Trouble.COVER_OPEN, on=is_open)

    def mute(self, mute: bool) -> None:  # noqa: FBT001  # reads like the switch it is
        """Print, but answer nothing."""
        self.trouble(Trouble.MUTE, on=mute)

    def fail_after(self, n_bytes: int, fault: Trouble | Mishap) -> None:
        """Let something go wrong once ``n_bytes`` more have been printed; pictures stop between rows."""
        with self._changing():
            self._engine.fail_after(n_bytes, fault)

    def reset_connection(self) -> None:
        """Break the connection with a TCP reset."""
        with self._changing():
            self._hang_up()

    def power_cycle(self) -> None:
        """Switch off and on: buffers and settings are lost, a torn slip still hangs in the slot."""
        with self._changing():
            self._engine.power_cycle()

    def power(self, on: bool) -> None:  # noqa: FBT001  # reads like the switch it is
        """Switch off, so that connections are refused, or on again."""
        with self._changing():
            self._engine.power_cycle()
            self._switch_off()
            if on:
                self._listener = _listen(self.port)

    def slips(self) -> list[Path]:
        """Return the pictures of all slips so far, oldest first."""
        with self._lock:
            return list(self._slips)

    def unknown_bytes(self) -> list[bytes]:
        """Return what the printer did not understand."""
        with self._lock:
            return list(self._engine.unknown)

    @contextlib.contextmanager
    def _changing(self) -> Generator[None]:
        with self._lock:
            yield
        self._waker.send(b"!")

    def _run(self) -> None:
        while True:
            ready = self._wait()
            with self._lock:
                if self._stopping:
                    return
                if self._woken in ready:
                    self._woken.recv(_CHUNK_BYTES)
                if self._listener is not None and self._listener in ready and self._client is None:
                    self._accept(self._listener)
                if self._client is not None and self._client in ready:
                    self._take(self._client)
                self._engine.work()

    def _wait(self) -> list[object]:
        with selectors.DefaultSelector() as selector:
            with self._lock:
                selector.register(self._woken, selectors.EVENT_READ)
                if self._client is not None:
                    if self._engine.takes_bytes:
                        selector.register(self._client, selectors.EVENT_READ)
                elif self._listener is not None:
                    selector.register(self._listener, selectors.EVENT_READ)
            return [key.fileobj for key, _ in selector.select()]

    def _accept(self, listener: socket.socket) -> None:
        try:
            self._client, _ = listener.accept()
        except BlockingIOError:
            return
        self._client.settimeout(0)

    def _take(self, client: socket.socket) -> None:
        try:
            data = client.recv(_CHUNK_BYTES)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if data:
            self._engine.receive(data)
        else:
            client.close()
            self._client = None

    def _reply(self, data: bytes) -> None:
        if self._client is not None:
            # A peer that has gone away, or reads nothing for so long that its buffer is full, misses it.
            with contextlib.suppress(OSError):
                self._client.send(data)

    def _hang_up(self) -> None:
        if self._client is not None:
            self._client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _HANG_UP_HARD)
            self._client.close()
            self._client = None

    def _switch_off(self) -> None:
        self._hang_up()
        if self._listener is not None:
            self._listener.close()
            self._listener = None

    def _save(self, slip: Image.Image) -> None:
        path = self._out_dir / f"slip-{len(self._slips) + 1:03d}.png"
        slip.save(path)
        self._slips.append(path)


def _listen(port: int) -> socket.socket:
    listener = socket.create_server(("127.0.0.1", port), backlog=8)
    listener.settimeout(0)
    # The network interface of a printer has a window of a few KiB.
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _CHUNK_BYTES)
    return listener
