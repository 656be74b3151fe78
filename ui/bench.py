"""The bench panel beside the kiosk's window: what hands do at a real terminal, as buttons."""

from collections.abc import Sequence
from types import TracebackType
from typing import Protocol, Self

import shiboken6
from PySide6.QtCore import Property, QObject, QUrl, Signal, Slot
from PySide6.QtQml import QmlElement, QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

from ui.environment import QML_FOLDER
from ui.errors import DisplayError

QML_IMPORT_NAME = "Kiosk.Bench"
QML_IMPORT_MAJOR_VERSION = 1


class BenchActions(Protocol):
    """What the simulated bench can do; each call returns quickly."""

    @property
    def persons(self) -> Sequence[str]:
        """Names of the invented persons whose cards lie ready."""
        ...

    @property
    def devices(self) -> Sequence[str]:
        """Logical names of the devices whose processes can be killed."""
        ...

    def place_card(self, person: int) -> None:
        """Lay the card of one of ``persons`` on the reader."""
        ...

    def take_card(self) -> None:
        """Take the card off the reader."""
        ...

    def show_code(self, person: int) -> None:
        """Hold the phone of one of ``persons`` before the code scanner, with a new one-ID code."""
        ...

    def set_paper(self, *, present: bool) -> None:
        """Take the printer's paper away, or put it back."""
        ...

    def set_cover(self, *, closed: bool) -> None:
        """Open the printer's cover, or close it."""
        ...

    def set_network(self, *, connected: bool) -> None:
        """Cut the network, or restore it."""
        ...

    def kill_device(self, name: str) -> None:
        """Kill a device's process, as a crash of its driver would."""
        ...


@QmlElement
class BenchPanel(QObject):
    """The bench for QML: buttons in, what is true of the bench out."""

    changed = Signal()

    def __init__(self, actions: BenchActions, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._card = -1
        self._paper = True
        self._cover = True
        self._network = True

    @Property(list, constant=True)
    def persons(self) -> list[str]:
        """Names on the cards."""
        return list(self._actions.persons)

    @Property(list, constant=True)
    def devices(self) -> list[str]:
        """Devices that can be killed."""
        return list(self._actions.devices)

    @Property(int, notify=changed)
    def card(self) -> int:
        """Whose card lies on the reader, or -1."""
        return self._card

    @Property(bool, notify=changed)
    def paper(self) -> bool:
        """Whether the printer has paper."""
        return self._paper

    @Property(bool, notify=changed)
    def cover(self) -> bool:
        """Whether the printer's cover is closed."""
        return self._cover

    @Property(bool, notify=changed)
    def network(self) -> bool:
        """Whether the network is connected."""
        return self._network

    @Slot(int)
    def place(self, person: int) -> None:
        """Lay a card on the reader, in the place of another one if there is one."""
        if self._card >= 0:
            self._actions.take_card()
        self._actions.place_card(person)
        self._card = person
        self.changed.emit()

    @Slot()
    def take(self) -> None:
        """Take the card away."""
        self._actions.take_card()
        self._card = -1
        self.changed.emit()

    @Slot(int)
    def show_code(self, person: int) -> None:
        """Hold a phone with a new one-ID code before the scanner."""
        self._actions.show_code(person)

    @Slot()
    def toggle_paper(self) -> None:
        """Take the paper away, or put it back."""
        self._paper = not self._paper
        self._actions.set_paper(present=self._paper)
        self.changed.emit()

    @Slot()
    def toggle_cover(self) -> None:
        """Open the cover, or close it."""
        self._cover = not self._cover
        self._actions.set_cover(closed=self._cover)
        self.changed.emit()

    @Slot()
    def toggle_network(self) -> None:
        """Cut the network, or restore it."""
        self._network = not self._network
        self._actions.set_network(connected=self._network)
        self.changed.emit()

    @Slot(str)
    def kill(self, device: str) -> None:
        """Kill a device's process."""
        self._actions.kill_device(device)


class BenchWindow:
    """The bench panel in its own window, placed beside the kiosk's.

    Args:
        actions: The bench.
        beside: The kiosk's window.

    Raises:
        DisplayError: On entering: ``ui.no-screen`` when the panel cannot be loaded.
    """

    window: QQuickWindow

    def __init__(self, actions: BenchActions, beside: QQuickWindow) -> None:
        self._actions = actions
        self._beside = beside

    def __enter__(self) -> Self:
        """Show the panel."""
        self._panel = BenchPanel(self._actions)
        self._engine = QQmlApplicationEngine()
        self._engine.addImportPath(str(QML_FOLDER))
        self._engine.setInitialProperties(
            {
                "bench": self._panel,
                "x": self._beside.x() + self._beside.width() + 24,
                "y": self._beside.y(),
            }
        )
        self._engine.load(QUrl.fromLocalFile(str(QML_FOLDER / "Bench" / "BenchWindow.qml")))
        window = next(iter(self._engine.rootObjects()), None)
        if not isinstance(window, QQuickWindow):
            shiboken6.delete(self._engine)
            raise DisplayError("ui.no-screen", "BenchWindow.qml did not load")
        self.window = window
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close the panel."""
        shiboken6.delete(self._engine)
        shiboken6.delete(self._panel)
