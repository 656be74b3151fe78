"""Looks for a person's data where a visit could have left them: objects, screens, files."""

import gc
import inspect
import linecache
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import cast

from PySide6.QtCore import QObject
from PySide6.QtQuick import QQuickItem, QQuickWindow

from ui.scene import all_texts

_QT_TEXTS = [
    "text",
    "preeditText",
    "displayText",
    "placeholderText",
    "selectedText",
    "surroundingText",
    "title",
    "description",
    "name",
    "source",
    "objectName",
    "label",
    "word",
    "model",
]
_DECLARED = re.compile(r"property\s+(?:string|var|url|alias)\s+(\w+)")
_QML = Path(__file__).parents[2] / "ui" / "qml"


def in_objects(canaries: Sequence[str]) -> list[str]:
    """Return which Python objects of this process hold a canary, and what holds them in turn.

    Args:
        canaries: Texts that must not be found; these very objects do not count.
    """
    # Tracebacks keep the program's own source lines, among them what this test types.
    linecache.clearcache()
    gc.unfreeze()
    gc.collect()
    needles = [text.encode() for text in canaries]
    ours = {id(thing) for thing in (*canaries, *needles)}
    holders = [
        holder
        for holder in gc.get_objects()
        for held in gc.get_referents(holder)
        if id(held) not in ours and _holds(held, canaries, needles)
    ]
    # Who holds the holder is worth knowing, but slow to find out.
    return [_describe(holder) for holder in holders[:3]] + [_kind(holder) for holder in holders[3:]]


def _holds(held: object, texts: Sequence[str], needles: Sequence[bytes]) -> bool:
    if isinstance(held, str):
        return any(text in held for text in texts)
    return isinstance(held, bytes | bytearray) and any(needle in held for needle in needles)


def _describe(holder: object) -> str:
    chain = [_kind(holder)]
    thing = holder
    for _ in range(4):
        above = [each for each in gc.get_referrers(thing) if not inspect.isframe(each) and each is not chain]
        if not above:
            break
        thing = above[0]
        chain.append(_kind(thing))
    return " < ".join(chain)


def _kind(thing: object) -> str:
    name = f"{type(thing).__module__}.{type(thing).__qualname__}"
    if isinstance(thing, dict):
        keys = [str(key)[:24] for key in cast("dict[object, object]", thing)]
        return f"{name}{keys[:6]}"
    return name


def on_the_screen(window: QQuickWindow, canaries: Sequence[str]) -> list[str]:
    """Return names of Qt objects of which any property holds a canary, shown or not."""
    found = [text for text in all_texts(window.contentItem()) if any(canary in text for canary in canaries)]
    for thing in _family(window):
        for name in _text_names():
            value: object = None
            with suppress(RuntimeError):  # an enumeration of Qt's that happens to have the name of a text
                value = thing.property(name)
            if value is not None and any(canary in str(value) for canary in canaries):
                found.append(f"{thing.objectName()}.{name}")
    return found


@cache
def _text_names() -> tuple[str, ...]:
    """Return every property of ours or of Qt's that may hold a text.

    Not asked of ``metaObject``: its wrapper outlives what it describes, and answers for what comes after it.
    """
    ours = {name for path in _QML.rglob("*.qml") for name in _DECLARED.findall(path.read_text("utf-8"))}
    return tuple(sorted(ours.union(_QT_TEXTS)))


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
