"""A real CUPS with a simulated printer behind it, in one place."""

import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final, Self

from devices.sim.cups_printer import SimulatedPagePrinter
from devices.sim.cups_server import CupsServer

QUEUE: Final = "a4"


class CupsBench:
    """A context manager: inside, the driver ``cups`` has something to talk to.

    Attributes:
        printer: The simulated printer; its methods are for any thread.
        server: The real scheduler; for one thread at a time.
    """

    def __init__(self) -> None:
        self._stack = ExitStack()
        self.printer = SimulatedPagePrinter()
        # Not in a folder of the user's own: the path has to be short, and the scheduler's user enters it.
        self.server = CupsServer(Path(tempfile.mkdtemp(prefix="zw-cups-")))

    def __enter__(self) -> Self:
        """Switch on, start, and make the queue."""
        with ExitStack() as stack:
            stack.enter_context(self.printer)
            stack.enter_context(self.server)
            self.server.add_queue(QUEUE, self.printer.uri)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop everything and remove every file."""
        self._stack.close()

    @property
    def options(self) -> dict[str, Any]:
        """Options with which the driver ``cups`` finds it."""
        return {"queue": QUEUE, "server": str(self.server.socket_path)}

    def recover(self) -> None:
        """End every trouble of printer, queue and scheduler."""
        self.server.thaw()
        self.server.start()
        self.server.pause(QUEUE, on=False)
        self.server.reject(QUEUE, on=False)
        self.printer.recover()
