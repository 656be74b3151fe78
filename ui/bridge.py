"""The one crossing into Qt's thread, and what happens to a bug on it."""

import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal, Slot

BUG_CODE = "ui.bug"
BUG_EXIT = 70
"""``EX_SOFTWARE`` of sysexits.h; the supervisor starts the terminal again."""
INTERRUPTED_EXIT = 130
"""What a shell calls the end by Ctrl-C."""

Job = Callable[[], None]
Report = Callable[[str, str], None]
"""Told a stable code and a detail without personal data: of a bug its type and place, never its values."""


class QtMailbox(QObject):
    """Runs posted callables, in order, on the thread that owns the mailbox."""

    _posted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._posted.connect(self._run, Qt.ConnectionType.QueuedConnection)

    def post(self, job: Job) -> None:
        """Hand over a job; any thread."""
        self._posted.emit(job)

    @Slot(object)
    def _run(self, job: Job) -> None:
        job()


class BugHook:
    """While open, a bug anywhere on Qt's thread is reported by type and ends the event loop; Ctrl-C ends it.

    An exception's text may quote what a resident typed, so neither it nor a traceback is written anywhere.
    Somebody who was already listening (a test runner) still hears of it.

    Args:
        report: Told the code and the place.
    """

    def __init__(self, report: Report) -> None:
        self._report = report
        self._previous = sys.excepthook
        self.where: str | None = None

    def __enter__(self) -> Self:
        """Start listening."""
        self._previous = sys.excepthook
        sys.excepthook = self._hook
        return self

    def __exit__(self, *_: object) -> None:
        """Give the place back to whoever listened before."""
        sys.excepthook = self._previous

    def _hook(self, kind: type[BaseException], value: BaseException, traceback: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QCoreApplication.exit(INTERRUPTED_EXIT)
            return
        if self.where is None:
            self.where = describe(kind, traceback)
            self._report(BUG_CODE, self.where)
        if self._previous is not sys.__excepthook__:
            self._previous(kind, value, traceback)
        QCoreApplication.exit(BUG_EXIT)


def describe(kind: type[BaseException], traceback: TracebackType | None) -> str:
    """Return type and innermost place of an exception, e.g. ``ValueError at find.py:31``."""
    place = "an unknown place"
    while traceback is not None:
        place = f"{Path(traceback.tb_frame.f_code.co_filename).name}:{traceback.tb_lineno}"
        traceback = traceback.tb_next
    return f"{kind.__name__} at {place}"
