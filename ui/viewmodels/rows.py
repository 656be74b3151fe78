"""Small lists for QML: one frozen dataclass a row, its fields are the roles."""

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    Property,
    QAbstractListModel,
    QByteArray,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtQml import QmlElement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from _typeshed import DataclassInstance

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1

_FIRST_ROLE = int(Qt.ItemDataRole.UserRole) + 1
Index = QModelIndex | QPersistentModelIndex


@QmlElement
class RowModel(QAbstractListModel):
    """Rows of one dataclass; rows that did not change stay untouched on the screen.

    Args:
        row_type: The dataclass; a delegate asks for its fields by ``required property``.
        parent: Qt owner.
    """

    countChanged = Signal()

    def __init__(self, row_type: "type[DataclassInstance]", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._names = tuple(field.name for field in fields(row_type))
        self._rows: tuple[DataclassInstance, ...] = ()

    @property
    def rows(self) -> "tuple[DataclassInstance, ...]":
        """The rows on show."""
        return self._rows

    def show(self, rows: "Sequence[DataclassInstance]") -> None:
        """Show these rows from now on."""
        old, new = self._rows, tuple(rows)
        if old == new:
            return
        common = min(len(old), len(new))
        if len(old) > common:
            self.beginRemoveRows(QModelIndex(), common, len(old) - 1)
            self._rows = old[:common]
            self.endRemoveRows()
        changed = [at for at in range(common) if old[at] != new[at]]
        self._rows = new[:common]
        for at in changed:
            self.dataChanged.emit(self.index(at), self.index(at))
        if len(new) > common:
            self.beginInsertRows(QModelIndex(), common, len(new) - 1)
            self._rows = new
            self.endInsertRows()
        if len(old) != len(new):
            self.countChanged.emit()

    @Property(int, notify=countChanged)
    def count(self) -> int:
        """How many rows there are."""
        return len(self._rows)

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many rows Qt may ask for."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = _FIRST_ROLE) -> Any:  # noqa: ANN401  # Qt takes any value
        """Return one field of one row."""
        at = role - _FIRST_ROLE
        if not index.isValid() or not 0 <= at < len(self._names) or index.row() >= len(self._rows):
            return None
        return getattr(self._rows[index.row()], self._names[at])

    def roleNames(self) -> dict[int, QByteArray]:
        """Return the fields' names as roles."""
        return {_FIRST_ROLE + at: QByteArray(name.encode()) for at, name in enumerate(self._names)}
