"""Processes around the terminal: each has a log file, and none outlives its starter."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Self

START_S = 30.0
STOP_S = 5.0
_POLL_S = 0.02


class StageError(Exception):
    """A process around the terminal did not start, or ended by itself; the text has the end of its log."""


class Child:
    """One process: a context manager that starts it and, at the end, stops it.

    Args:
        name: For messages and the log's name.
        arguments: Of the Python interpreter.
        log: Its standard output and error.
        ready: Tells whether it can be used.
    """

    def __init__(self, name: str, arguments: Sequence[str], log: Path, ready: Callable[[], bool]) -> None:
        self.name = name
        self._command = [*_tied_to_us(), sys.executable, *arguments]
        self._log = log
        self._ready = ready
        self._process: subprocess.Popen[bytes] | None = None
        self._output: IO[bytes] | None = None

    def __enter__(self) -> Self:
        """Start it; ``await_ready`` tells when it can be used."""
        self.launch()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop it."""
        self.stop()

    @property
    def pid(self) -> int:
        """Its process id.

        Raises:
            StageError: It was not started.
        """
        if self._process is None:
            raise StageError(f"{self.name} was not started")
        return self._process.pid

    def launch(self) -> None:
        """Start it without waiting."""
        self._output = self._log.open("ab")
        self._process = subprocess.Popen(
            self._command, stdin=subprocess.DEVNULL, stdout=self._output, stderr=self._output
        )

    def await_ready(self) -> None:
        """Wait until it is ready.

        Raises:
            StageError: It ended, or is not ready within 30 s.
        """
        if self._process is None:
            raise StageError(f"{self.name} was not started")
        deadline_s = time.monotonic() + START_S
        while not self._ready():
            if self._process.poll() is not None or time.monotonic() > deadline_s:
                self.stop()
                raise StageError(f"{self.name} did not start:\n{self._end_of_log()}")
            time.sleep(_POLL_S)

    def stop(self) -> None:
        """Ask it to end, and make it end after a while."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(STOP_S)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        if self._output is not None:
            self._output.close()

    def kill(self) -> None:
        """End it as a crash would."""
        os.kill(self.pid, signal.SIGKILL)
        if self._process is not None:
            self._process.wait()
        if self._output is not None:
            self._output.close()

    def _end_of_log(self) -> str:
        lines = self._log.read_text(encoding="utf-8", errors="replace").splitlines()
        return "\n".join(lines[-15:])


def _tied_to_us() -> list[str]:
    """Return a prefix that has the kernel end the child when we end, however we do."""
    setpriv = shutil.which("setpriv")
    return [] if setpriv is None else [setpriv, "--pdeathsig", "TERM"]
