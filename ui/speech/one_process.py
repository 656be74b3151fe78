"""One program at a time, started, listened to and ended on Qt's thread."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QProcess

_KILL_MS = 500
Over = Callable[[bool, bytes], None]
"""Told whether the program ended well, and what it wrote to its error output."""


class OneProcess:
    """Runs a program; starting another, or stopping, kills the one that runs."""

    def __init__(self) -> None:
        self._process: QProcess | None = None

    def run(self, program: str, arguments: Sequence[str], given: bytes, over: Over) -> None:
        """Start a program, write ``given`` to its input, and call ``over`` when it has ended by itself."""
        self.stop()
        process = QProcess()
        self._process = process

        def ended(*_: object) -> None:
            if self._process is not process:
                return
            errors = bytes(process.readAllStandardError().data())
            well = process.error() is QProcess.ProcessError.UnknownError and process.exitCode() == 0
            self._process = None
            process.deleteLater()
            over(well, errors)

        process.finished.connect(ended)
        process.errorOccurred.connect(ended)
        process.start(program, list(arguments))
        process.write(given)
        process.closeWriteChannel()

    def stop(self) -> None:
        """Kill what runs; it is not reported as over."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.waitForFinished(_KILL_MS)
        process.deleteLater()
