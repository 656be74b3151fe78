"""A disk at its worst: what a power cut may leave, by the letter of what was flushed and no more.

A file's bytes are certain after a flush of the file, its name after a flush of its folder. Of everything
since then any part may have reached the disk: nothing, all, a beginning, any subset, in any order, torn at
any sector. A rename is whole or not there. No real file system is as bad in all of this at once.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, TypeVar

_SECTOR_BYTES: Final = 512
_T = TypeVar("_T")


class Style(StrEnum):
    """Which part of what was not flushed is there after the cut."""

    NOTHING = "nothing"
    ALL = "all"
    BEGINNING = "beginning"
    SUBSET = "subset"
    SHUFFLED = "shuffled"


_TEARING: Final = frozenset({Style.BEGINNING, Style.SUBSET, Style.SHUFFLED})
_TORN_SHARE: Final = 0.3


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing a process did to the tree.

    Args:
        kind: ``create write resize flush rename unlink mkdir``.
        path: What it was done to, relative to the tree.
        new_path: Of a rename.
        offset: Of a write, or the size of a resize.
        data: Of a write.
    """

    kind: str
    path: str
    new_path: str = ""
    offset: int = 0
    data: bytes = field(default=b"", repr=False)


@dataclass(slots=True)
class _File:
    certain: bytearray = field(default_factory=bytearray)
    pending: list[Operation] = field(default_factory=list[Operation])

    def flush(self) -> None:
        for change in self.pending:
            _do(self.certain, change)
        self.pending.clear()

    def after_cut(self, dice: random.Random, style: Style) -> bytes:
        kept = bytearray(self.certain)
        for change in _kept(self.pending, dice, style):
            tears = change.kind == "write" and style in _TEARING and dice.random() < _TORN_SHARE
            for part in _torn(change, dice) if tears else [change]:
                _do(kept, part)
        return bytes(kept)


@dataclass(frozen=True, slots=True)
class _Naming:
    kind: str
    folder: str
    path: str
    new_path: str = ""
    file: _File | None = None


class DiskModel:
    """The tree below one folder, as it is and as it is certain to be.

    Args:
        files: What is there and flushed in the beginning: path to bytes.
        folders: Likewise.
    """

    def __init__(self, files: dict[str, bytes], folders: Sequence[str]) -> None:
        self._names = {path: _File(bytearray(data)) for path, data in files.items()}
        self._certain = dict(self._names)
        self._folders = set(folders)
        self._certain_folders = set(folders)
        self._pending: list[_Naming] = []

    def apply(self, operation: Operation) -> None:
        """Do what the process did."""
        path = operation.path
        match operation.kind:
            case "mkdir":
                self._folders.add(path)
                self._pending.append(_Naming("mkdir", _parent(path), path))
            case "create":
                self._names[path] = _File()
                self._pending.append(_Naming("link", _parent(path), path, file=self._names[path]))
            case "rename":
                file = self._names[operation.new_path] = self._names.pop(path)
                self._pending.append(_Naming("rename", _parent(path), path, operation.new_path, file))
            case "unlink":
                del self._names[path]
                self._pending.append(_Naming("unlink", _parent(path), path))
            case "flush" if path in self._folders:
                self._flush_folder(path)
            case "flush":
                self._names[path].flush()
            case _:
                self._names[path].pending.append(operation)

    def after_cut(self, dice: random.Random, style: Style) -> tuple[dict[str, bytes], set[str]]:
        """Return files and folders as one possible cut at this moment leaves them."""
        names, folders = dict(self._certain), set(self._certain_folders)
        for naming in _kept(self._pending, dice, Style.SUBSET if style is Style.SHUFFLED else style):
            _name(naming, names, folders)
        files = {
            path: file.after_cut(dice, style) for path, file in names.items() if _parent(path) in folders
        }
        return files, folders

    def _flush_folder(self, folder: str) -> None:
        for naming in self._pending:
            if naming.folder == folder:
                _name(naming, self._certain, self._certain_folders)
        self._pending = [naming for naming in self._pending if naming.folder != folder]


def _name(naming: _Naming, names: dict[str, _File], folders: set[str]) -> None:
    match naming.kind, naming.file:
        case "mkdir", _:
            folders.add(naming.path)
        case "link", _File() as file:
            names[naming.path] = file
        case "rename", _File() as file:
            names.pop(naming.path, None)
            names[naming.new_path] = file
        case _:
            names.pop(naming.path, None)


def _kept(pending: Sequence[_T], dice: random.Random, style: Style) -> list[_T]:
    match style:
        case Style.NOTHING:
            return []
        case Style.ALL:
            return list(pending)
        case Style.BEGINNING:
            return list(pending[: dice.randint(0, len(pending))])
        case Style.SUBSET | Style.SHUFFLED:
            share = dice.random()
            some = [change for change in pending if dice.random() < share]
            if style is Style.SHUFFLED:
                dice.shuffle(some)
            return some


def _torn(change: Operation, dice: random.Random) -> list[Operation]:
    parts: list[Operation] = []
    start = 0
    while start < len(change.data):
        end = start + _SECTOR_BYTES - (change.offset + start) % _SECTOR_BYTES
        part = Operation("write", change.path, offset=change.offset + start, data=change.data[start:end])
        if dice.random() < 0.5:
            parts.append(part)
        start = end
    return parts


def _do(content: bytearray, change: Operation) -> None:
    if change.kind == "resize":
        del content[change.offset :]
    end = change.offset + len(change.data)
    content.extend(bytes(max(0, end - len(content))))
    content[change.offset : end] = change.data


def _parent(path: str) -> str:
    return path.rpartition("/")[0]
