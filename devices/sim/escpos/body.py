"""A printer with a wire: what a hand can do to it, and its own thread."""

import contextlib
import selectors
import socket
import threading
import time
from collections import deque
from collections.abc import Generator
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from PIL import Image

from devices.sim.escpos.engine import Engine
from devices.sim.escpos.registers import Mishap, Trouble
from devices.sim.escpos.wires import CHUNK_BYTES, Wire

_WIDTH_PX: Final = {58: 384, 80: 576}
_MODELS: Final = {58: "POS-5890", 80: "NT-80-V-UL"}


class PrinterBody:
    """One printer; a context manager, whose methods may be called from any thread.

    Args:
        out_dir: Where ``slip-001.png`` and so on appear, one for each cut.
        wire: What it hangs on.
        paper_mm: 58 or 80.
    """

    def __init__(self, out_dir: Path, wire: Wire, paper_mm: int = 80) -> None:
        out_dir.mkdir(parents=True, exist_ok=True)
        self._out_dir = out_dir
        self._slips: list[Path] = []
        self._wire = wire
        self._powered = True
        self._plugged = True
        self._late_s = 0.0
        self._replies: deque[tuple[float, bytes]] = deque()
        self._engine = self._new_engine(paper_mm)
        self._lock = threading.RLock()
        self._stopping = False
        self._waker, self._woken = socket.socketpair()
        self._thread = threading.Thread(target=self._run, name="simulated-printer", daemon=True)

    def __enter__(self) -> Self:
        """Plug in and start serving."""
        self._wire.plug()
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
        self._wire.close()
        self._waker.close()
        self._woken.close()

    # What a hand does -----------------------------------------------------------------------------

    def paper_out(self, out: bool) -> None:  # noqa: FBT001  # reads like the switch it is
        """Take the roll out or put a new one in."""
        self.trouble(Trouble.PAPER_OUT, on=out)

    def near_end(self, near: bool) -> None:  # noqa: FBT001  # reads like the switch it is
        """Let the roll run low."""
        self.trouble(Trouble.NEAR_END, on=near)

    def cover_open(self, is_open: bool) -> None:  # noqa: FBT001  # reads like the switch it is
        """Open or close the cover."""
        self.trouble(Trouble.COVER_OPEN, on=is_open)

    def power_cycle(self) -> None:
        """Switch off and on: buffers and settings are lost, a torn slip still hangs in the slot."""
        with self._changing():
            self._engine.power_cycle()

    def power(self, on: bool) -> None:  # noqa: FBT001  # reads like the switch it is
        """Switch off, so that it is gone (a serial port: silent), or on again."""
        with self._changing():
            self._engine.power_cycle()
            self._powered = on
            self._connect()

    def unplug(self) -> None:
        """Pull the plug of the wire, not that of the power: what is in the buffer is still printed."""
        with self._changing():
            self._plugged = False
            self._connect()

    def replug(self) -> None:
        """Put the plug back."""
        with self._changing():
            self._plugged = True
            self._connect()

    def swap(self, paper_mm: int) -> None:
        """Put a printer of this width in its place: another model, with nothing in its buffer."""
        with self._changing():
            self._engine.power_cycle()
            self._engine = self._new_engine(paper_mm)

    # What goes wrong ------------------------------------------------------------------------------

    def trouble(self, trouble: Trouble, *, on: bool) -> None:
        """Begin or end a trouble."""
        with self._changing():
            self._engine.set_trouble(trouble, on=on)

    def mute(self, mute: bool) -> None:  # noqa: FBT001  # reads like the switch it is
        """Print, but answer nothing."""
        self.trouble(Trouble.MUTE, on=mute)

    def answer_late(self, late_s: float) -> None:
        """Let everything that is said from now on wait so long; 0 ends that."""
        with self._changing():
            self._late_s = late_s

    def fail_after(self, n_bytes: int, fault: Trouble | Mishap) -> None:
        """Let something go wrong once ``n_bytes`` more have been printed; pictures stop between rows."""
        with self._changing():
            self._engine.fail_after(n_bytes, fault)

    def reset_connection(self) -> None:
        """Break the connection: a TCP reset, a USB device that goes and comes, nothing on a serial line."""
        with self._changing():
            self._wire.hang_up()

    def recover(self) -> None:
        """Have nothing go wrong any more, plugged in and switched on."""
        with self._changing():
            self._powered = self._plugged = True
            self._late_s = 0.0
            self._connect()
            for trouble in Trouble:
                self._engine.set_trouble(trouble, on=False)
            self._engine.plan_nothing()

    # What came out --------------------------------------------------------------------------------

    def slips(self) -> list[Path]:
        """Return the pictures of all slips so far, oldest first."""
        with self._lock:
            return list(self._slips)

    def unknown_bytes(self) -> list[bytes]:
        """Return what the printer did not understand."""
        with self._lock:
            return list(self._engine.unknown)

    # On whoever's thread, locked ------------------------------------------------------------------

    @contextlib.contextmanager
    def _changing(self) -> Generator[None]:
        with self._lock:
            yield
        self._waker.send(b"!")

    def _connect(self) -> None:
        if self._plugged and (self._powered or not self._wire.shows_power):
            self._wire.plug()
        else:
            self._wire.unplug()

    def _new_engine(self, paper_mm: int) -> Engine:
        return Engine(_WIDTH_PX[paper_mm], self._save, self._reply, self._mishap, _MODELS[paper_mm])

    def _mishap(self, mishap: Mishap) -> None:
        if mishap is Mishap.UNPLUG:
            self._plugged = False
            self._connect()
        else:
            self._wire.hang_up()

    def _reply(self, data: bytes) -> None:
        if self._late_s:
            self._replies.append((time.monotonic() + self._late_s, data))
        elif self._powered:
            self._wire.say(data)

    def _save(self, slip: Image.Image) -> None:
        path = self._out_dir / f"slip-{len(self._slips) + 1:03d}.png"
        slip.save(path)
        self._slips.append(path)

    # On the printer's thread ----------------------------------------------------------------------

    def _run(self) -> None:
        while True:
            ready = self._wait()
            with self._lock:
                if self._stopping:
                    return
                if self._woken in ready:
                    self._woken.recv(CHUNK_BYTES)
                data = self._wire.take(ready)
                if self._powered:
                    self._engine.receive(data)
                while self._replies and self._replies[0][0] <= time.monotonic():
                    self._wire.say(self._replies.popleft()[1])

    def _wait(self) -> list[object]:
        with selectors.DefaultSelector() as selector:
            selector.register(self._woken, selectors.EVENT_READ)
            with self._lock:
                takes_bytes = self._engine.takes_bytes or not self._powered
                for waitable in self._wire.waiting_for(takes_bytes=takes_bytes):
                    selector.register(waitable, selectors.EVENT_READ)
                due_s = self._replies[0][0] - time.monotonic() if self._replies else None
            return [key.fileobj for key, _ in selector.select(due_s)]
