"""What every view-model of a screen has in common."""

from PySide6.QtCore import QObject

from kiosk.session.states import Session
from ui.core import CoreView


class ScreenViewModel(QObject):
    """Shows one kind of state; holds nothing while the session is in another one.

    Args:
        core: Where intents go and sessions come from.
        parent: Qt owner.
    """

    def __init__(self, core: CoreView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._core = core

    def show(self, session: Session) -> None:
        """Derive everything shown from ``session``; empty when the state is not this screen's."""
        raise NotImplementedError
