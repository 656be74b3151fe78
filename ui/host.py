"""Qt's application object. It needs little, so that the first frame comes before the rest is loaded."""

import os
import sys
from contextlib import ExitStack
from types import TracebackType
from typing import Self

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QCursor, QGuiApplication

from ui.bridge import BUG_EXIT, BugHook, QtMailbox, Report
from ui.environment import INPUT_METHOD, Display, ScreenSettings, prepared_environment
from ui.icons import load_icon_font
from ui.keyboard import keyboard_fault
from ui.rubbish import QtRubbish
from ui.vnc import confine_to_loopback, listening_sockets


class QtHost:
    """Qt's application object with its environment, its mailbox and its hook for bugs.

    Exists once a process, before the core (which needs the mailbox) and the window (which needs the core).

    Args:
        settings: The panel, and how to draw on it.
        report: Told ``ui.bug`` with its place, ``ui.no-keyboard`` and ``ui.no-handwriting`` with the reason.

    Raises:
        DisplayError: On entering: ``ui.no-display``, ``ui.no-memory-folder``, ``ui.no-icons`` or
            ``ui.vnc-exposed``.
    """

    def __init__(self, settings: ScreenSettings, report: Report) -> None:
        self.settings = settings
        self.report = report
        self._bugs = BugHook(report)
        self._stack = ExitStack()
        self.has_keyboard = False
        """Whether Qt's on-screen keyboard is in force; without it only screens without typing serve."""

    def __enter__(self) -> Self:
        """Start Qt, or use the application object that is already there."""
        prepared_before = os.environ.get("QT_IM_MODULE") == INPUT_METHOD
        with ExitStack() as stack:
            self.folder = stack.enter_context(prepared_environment(self.settings))
            self._start(stack, prepared_before=prepared_before)
            load_icon_font()
            stack.enter_context(self._bugs)
            self.rubbish = stack.enter_context(QtRubbish())
            self.mailbox = QtMailbox()
            stack.callback(shiboken6.delete, self.mailbox)
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Take apart what was started here, the private folder last."""
        self._stack.__exit__(kind, value, traceback)

    def _start(self, stack: ExitStack, *, prepared_before: bool) -> None:
        fault = keyboard_fault()
        if fault is not None:
            self.report("ui.no-keyboard", fault)
        if QGuiApplication.instance() is not None:
            # Too late to give it another input method than the one it started with.
            self.has_keyboard = fault is None and prepared_before
            return
        self.has_keyboard = fault is None
        listening = listening_sockets()
        application = QGuiApplication([*sys.argv[:1]])
        stack.callback(shiboken6.delete, application)
        application.setApplicationName("zhiwang")
        if self.settings.display is Display.VNC:
            confine_to_loopback(listening, self.settings.vnc_port)
        if self.settings.fullscreen:
            application.setOverrideCursor(QCursor(Qt.CursorShape.BlankCursor))

    @property
    def bug(self) -> str | None:
        """Where a bug happened, e.g. ``ValueError at find.py:31``; None while all is well."""
        return self._bugs.where

    def run(self) -> int:
        """Run the event loop until ``stop``; returns the exit status, 70 after a bug."""
        status = BUG_EXIT if self.bug is not None else QGuiApplication.exec()
        return BUG_EXIT if self.bug is not None else status

    def stop(self) -> None:
        """End the event loop with status 0."""
        QGuiApplication.exit(0)
