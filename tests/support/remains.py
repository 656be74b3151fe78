"""Looks for a person's data where a visit could have left them: objects, screens, files."""

import gc
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtQuick import QQuickItem, QQuickWindow

from ui.scene import all_texts

_TEXTS = (str, bytes, bytearray)


def in_objects(canaries: Sequence[str], ours: Iterable[object] = ()) -> list[str]:
    """Return where Python objects of this process hold a canary, by the type of what holds it.

    Args:
        canaries: Texts that must not be found.
        ours: Objects of the test itself that hold the canaries.
    """
    gc.collect()
    skipped = {id(canaries), *map(id, ours)}
    needles = [(text, text.encode()) for text in canaries]
    return [
        f"{type(holder).__module__}.{type(holder).__qualname__}"
        for holder in gc.get_objects()
        if id(holder) not in skipped
        for held in gc.get_referents(holder)
        if isinstance(held, _TEXTS) and _holds(held, needles)
        if not any(held is text for text in canaries)
    ]


def _holds(held: str | bytes | bytearray, needles: Sequence[tuple[str, bytes]]) -> bool:
    if isinstance(held, str):
        return any(text in held for text, _ in needles)
    return any(data in held for _, data in needles)


def on_the_screen(window: QQuickWindow, canaries: Sequence[str]) -> list[str]:
    """Return names of Qt objects of which any property holds a canary, shown or not."""
    found = [text for text in all_texts(window.contentItem()) if any(canary in text for canary in canaries)]
    for thing in _family(window):
        meta = thing.metaObject()
        for index in range(meta.propertyCount()):
            name = str(meta.property(index).name())
            value = thing.property(name)
            if isinstance(value, str) and any(canary in value for canary in canaries):
                found.append(f"{meta.className()}.{name}")
    return found


def _family(root: QObject) -> Iterator[QObject]:
    seen: set[int] = set()
    open_things: list[QObject] = [root]
    while open_things:
        thing = open_things.pop()
        if id(thing) in seen:
            continue
        seen.add(id(thing))
        yield thing
        open_things.extend(thing.children())
        if isinstance(thing, QQuickItem):
            open_things.extend(thing.childItems())
        if isinstance(thing, QQuickWindow):
            open_things.append(thing.contentItem())


def in_files(folders: Iterable[Path], canaries: Sequence[str]) -> list[str]:
    """Return files below ``folders`` that hold a canary in UTF-8, UTF-16-LE (as on the card) or GB 18030."""
    needles = [text.encode(code) for text in canaries for code in ("utf-8", "utf-16-le", "gb18030")]
    return [
        str(path.relative_to(folder))
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file() and any(needle in path.read_bytes() for needle in needles)
    ]
