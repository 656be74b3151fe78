"""Lists change only where something changed."""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex

from ui.viewmodels.rows import RowModel


@dataclass(frozen=True, slots=True)
class Row:
    key: str
    used: bool = False


class Watched:
    """A model and what it told its views."""

    def __init__(self, *rows: Row) -> None:
        self.model = RowModel(Row)
        self.model.show(rows)
        self.told: list[tuple[str, int]] = []
        self.model.dataChanged.connect(self._changed)
        self.model.rowsInserted.connect(self._inserted)
        self.model.rowsRemoved.connect(self._removed)
        self.model.countChanged.connect(self._counted)

    def _changed(self, first: QModelIndex) -> None:
        self.told.append(("changed", first.row()))

    def _inserted(self, _: QModelIndex, first: int) -> None:
        self.told.append(("inserted", first))

    def _removed(self, _: QModelIndex, first: int) -> None:
        self.told.append(("removed", first))

    def _counted(self) -> None:
        self.told.append(("count", self.model.rowCount()))


def test_the_same_rows_tell_nothing() -> None:
    watched = Watched(Row("a"), Row("b"))
    watched.model.show([Row("a"), Row("b")])
    assert watched.told == []


def test_one_changed_row_tells_of_itself_only() -> None:
    watched = Watched(Row("a"), Row("b"), Row("c"))
    watched.model.show([Row("a"), Row("b", used=True), Row("c")])
    assert watched.told == [("changed", 1)]


def test_rows_come_and_go_at_the_end() -> None:
    watched = Watched(Row("a"))
    watched.model.show([Row("a"), Row("b")])
    watched.model.show([])
    assert watched.told == [("inserted", 1), ("count", 2), ("removed", 0), ("count", 0)]


def test_fields_are_roles() -> None:
    model = Watched(Row("a"), Row("b", used=True)).model
    roles = {bytes(name.data()).decode(): role for role, name in model.roleNames().items()}
    assert model.data(model.index(1), roles["key"]) == "b"
    assert model.data(model.index(1), roles["used"]) is True
    assert model.data(QModelIndex(), roles["key"]) is None
    assert model.rowCount(model.index(0)) == 0
