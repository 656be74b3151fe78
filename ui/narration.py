"""What a screen says and lets one do, as one ordered list.

The list is read from the items that stand on the window, so that no screen can say other than it shows.
Speech, the five keys and the checks of the screens all use it.

What the QML has to do for it: a control has ``Accessible.name``; what belongs together (a fact and its name)
has ``Accessible.name`` at its root; ``confidential`` marks what is personal;
``Accessible.role: Accessible.Dialog`` marks what covers everything else; ``Accessible.ignored`` leaves out
what only repeats or decorates; ``Accessible.description`` says what is not personal about something that is.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby, islice

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible
from PySide6.QtQuick import QQuickItem, QQuickWindow
from shiboken6 import getCppPointer

from kiosk.domain.text import Language
from ui.scene import ancestors
from ui.words import narration as words
from ui.words.narration import Role

_ROLES = {
    QAccessible.Role.Button: Role.BUTTON,
    QAccessible.Role.Link: Role.BUTTON,
    QAccessible.Role.ListItem: Role.BUTTON,
    QAccessible.Role.PageTab: Role.BUTTON,
    QAccessible.Role.RadioButton: Role.CHOICE,
    QAccessible.Role.CheckBox: Role.TICK,
    QAccessible.Role.EditableText: Role.INPUT,
    QAccessible.Role.Heading: Role.HEADING,
    QAccessible.Role.AlertMessage: Role.ALERT,
    QAccessible.Role.Graphic: Role.PICTURE,
}
# What holds a page or a part of the frame; its name is the heading inside it.
_HOLDERS = frozenset({QAccessible.Role.Dialog, QAccessible.Role.ToolBar})
_CONTROLS = frozenset({Role.BUTTON, Role.CHOICE, Role.TICK, Role.INPUT})
_SCREEN, _KEYBOARD = "screen", "keyboardPanel"
_AROUND = frozenset({"terminal", "screens", "frame"})
"""What lies around the screens: the holder in the window, all that it holds, the frame."""
_LAST = 2
_DIALOG_DEPTH = 6
_LEAST_LIST = 3
_JOINTS = " ·:：,，、-—"
_ENDS = "。.；;"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing on the screen.

    Args:
        id: Name of the item, or of what holds it with a number; stays as long as the screen does.
        role: What kind of thing it is.
        name: What it is called; nothing personal unless ``private`` and there is no ``detail``.
        detail: What else it says: an explanation, or the value that a name belongs to.
        help: What the keys do on it, in the language of the screen.
        private: Whether it says something personal, to be spoken through headphones only.
        chosen: Whether it is chosen or ticked; None where that has no meaning.
        available: Whether it can be used now.
        place: Which of how many in its list, counted from 1; None outside of one.
        note: What has to be said of it besides, never personal (``Accessible.description``).
        frame: Whether it is part of the frame that is the same around all screens.
        spare: Whether the five keys pass over it, having another way to the same (``passedOver`` in the QML).
        language: Language of the screen.
    """

    id: str
    role: Role
    name: str
    detail: str
    help: str
    private: bool
    chosen: bool | None = None
    available: bool = True
    place: tuple[int, int] | None = None
    note: str = ""
    frame: bool = False
    spare: bool = False
    language: Language = Language.ZH

    @property
    def is_control(self) -> bool:
        """Whether OK does something with it."""
        return self.role in _CONTROLS

    @property
    def text(self) -> str:
        """All of it, with what it is, in one sentence."""
        return self.spoken(aloud=False)

    def spoken(self, *, aloud: bool) -> str:
        """Return what is said of it; ``aloud`` where others can hear it: then nothing personal."""
        said = [self._content(hidden=aloud and self.private)]
        if self.note and self.note not in said[0]:
            said.append(self.note)
        if self.role in words.ROLES:
            said.append(words.ROLES[self.role].in_(self.language))
        state = self._state()
        if state is not None:
            said.append(state.in_(self.language))
        if not self.available:
            said.append(words.UNAVAILABLE.in_(self.language))
        if self.place is not None:
            n, of = self.place
            said.append(words.PLACE.in_(self.language).format(n=n, of=of))
        start = words.NOTICE.in_(self.language) if self.role is Role.ALERT else ""
        return start + words.PAUSE.in_(self.language).join(filter(None, said))

    def _content(self, *, hidden: bool) -> str:
        pause = words.PAUSE.in_(self.language)
        secret = words.PRIVATE.in_(self.language)
        if self.role is Role.INPUT and not self.detail:
            return pause.join(filter(None, (self.name, words.EMPTY.in_(self.language))))
        if not hidden:
            return pause.join(filter(None, (_open(self.name) if self.detail else self.name, self.detail)))
        return pause.join((self.name, secret)) if self.detail else secret

    def _state(self) -> words.Text | None:
        match self.role, self.chosen:
            case _, None:
                return None
            case Role.TICK, chosen:
                return words.TICKED if chosen else words.NOT_TICKED
            case _, chosen:
                return words.CHOSEN if chosen else words.NOT_CHOSEN


@dataclass(frozen=True, slots=True)
class Spot:
    """An entry and the item that draws it."""

    entry: Entry
    item: QQuickItem


def entries(window: QQuickWindow, language: Language = Language.ZH) -> tuple[Entry, ...]:
    """Return everything that the window says and lets one do, in reading order."""
    return tuple(spot.entry for spot in spots(window, language))


def spots(window: QQuickWindow, language: Language = Language.ZH) -> tuple[Spot, ...]:
    """Return the entries with the items that draw them."""
    found: list[Spot] = []
    for root in _roots(window.contentItem()):
        frame = _rank(root) == _LAST
        found.extend(
            replace(spot, entry=replace(spot.entry, frame=frame))
            for spot in _read(root, language, confidential=False)
        )
    return tuple(_placed(_named(found)))


def dialog(window: QQuickWindow) -> QQuickItem | None:
    """Return what covers everything else, or None."""
    return _dialog(window.contentItem())


def is_left_out(item: QQuickItem) -> bool:
    """Return whether the QML says that an item only repeats or decorates (``Accessible.ignored``)."""
    accessible = _accessible(item)
    return accessible is not None and bool(accessible.property("ignored"))


def _roots(content: QQuickItem) -> list[QQuickItem]:
    """Return what is read, the frame of the screens last."""
    cover = _dialog(content)
    if cover is not None:
        return [cover]
    inside = [part for item in content.childItems() for part in _parts(item)]
    shown = [item for item in inside if _is_drawn(item) and item.objectName() != _KEYBOARD]
    return sorted(shown, key=_rank)


def _parts(item: QQuickItem) -> list[QQuickItem]:
    """Return what lies around the screens piece by piece, or the item itself."""
    if item.objectName() not in _AROUND:
        return [item]
    return [part for child in item.childItems() for part in _parts(child)]


def _rank(item: QQuickItem) -> int:
    if item.objectName() == _SCREEN:
        return 1
    return _LAST if _role(_accessible(item)) == QAccessible.Role.ToolBar else 0


def _dialog(item: QQuickItem, depth: int = _DIALOG_DEPTH) -> QQuickItem | None:
    """Return the uppermost dialog; one lies near the root of the window, never inside a screen."""
    if not _is_drawn(item):
        return None
    for child in reversed(item.childItems()) if depth else ():
        found = _dialog(child, depth - 1)
        if found is not None:
            return found
    return item if _role(_accessible(item)) == QAccessible.Role.Dialog else None


def _is_drawn(item: QQuickItem) -> bool:
    return item.isVisible() and item.opacity() > 0


def _accessible(item: QQuickItem) -> QObject | None:
    """Return what the QML says in ``Accessible``, or None when it says nothing."""
    children: list[object] = list(item.children())
    for child in children:
        # The binding may take a new object for the type description that lay at the same address before.
        if isinstance(child, QObject) and child.inherits("QQuickAccessibleAttached"):
            return child
    return None


def _role(accessible: QObject | None) -> QAccessible.Role | None:
    role: object = None if accessible is None else accessible.property("role")
    return role if isinstance(role, QAccessible.Role) else None


def _read(item: QQuickItem, language: Language, *, confidential: bool) -> Iterator[Spot]:
    if not _is_drawn(item):
        return
    accessible = _accessible(item)
    if accessible is not None and bool(accessible.property("ignored")):
        return
    private = confidential or bool(item.property("confidential"))
    role = _kind(item, accessible)
    name = "" if accessible is None else str(accessible.property("name") or "").strip()
    if role in _CONTROLS:
        # What is personal on the way in is not personal on the way to change it.
        yield _spot(item, accessible, role, name, language, private=bool(item.property("confidential")))
        return
    if name and _role(accessible) not in _HOLDERS:
        yield _spot(item, accessible, role, name, language, private=private)
        for child in item.childItems():
            yield from _controls(child, language)
        return
    if item.inherits("QQuickText"):
        text = _own_text(item)
        if text:
            yield _spot(item, accessible, role, text, language, private=private)
    for child in item.childItems():
        yield from _read(child, language, confidential=private)


def _controls(item: QQuickItem, language: Language) -> Iterator[Spot]:
    """Yield only what can be used: the words belong to the entry around it."""
    yield from (spot for spot in _read(item, language, confidential=False) if spot.entry.is_control)


def _kind(item: QQuickItem, accessible: QObject | None) -> Role:
    role = _ROLES.get(_role(accessible) or QAccessible.Role.StaticText, Role.WORDS)
    if role in _CONTROLS or role is Role.HEADING:
        return role
    if item.inherits("QQuickTextInput") or item.inherits("QQuickTextEdit"):
        return Role.INPUT
    return Role.BUTTON if item.inherits("QQuickAbstractButton") else role


def _spot(
    item: QQuickItem, accessible: QObject | None, role: Role, name: str, language: Language, *, private: bool
) -> Spot:
    if role is Role.INPUT:
        detail = str(item.property("displayText") or item.property("text") or "")
        private = private or _holder_has(item, "confidential")
    else:
        texts = _details(item, name)
        detail = words.PAUSE.in_(language).join([*map(_open, texts[:-1]), *texts[-1:]])
    entry = Entry(
        id=item.objectName(),
        role=role,
        name=name,
        detail=detail,
        help=words.KEY_HELP[role].in_(language),
        private=private,
        chosen=_chosen(item, accessible, role),
        available=_available(item) if role in _CONTROLS else True,
        note=_note(accessible),
        spare=role in _CONTROLS and _holder_has(item, "passedOver"),
        language=language,
    )
    return Spot(entry, item)


def _open(text: str) -> str:
    """Return a text to which more is joined."""
    return text.rstrip(_ENDS)


def _note(accessible: QObject | None) -> str:
    return "" if accessible is None else str(accessible.property("description") or "").strip()


def _holder_has(item: QQuickItem, quality: str) -> bool:
    return any(bool(part.property(quality)) for part in (item, *ancestors(item)))


def _chosen(item: QQuickItem, accessible: QObject | None, role: Role) -> bool | None:
    if role in {Role.CHOICE, Role.TICK} and accessible is not None:
        return bool(accessible.property("checked"))
    chosen: object = item.property("chosen")
    return chosen if isinstance(chosen, bool) else None


def _available(item: QQuickItem) -> bool:
    available: object = item.property("available")
    return available if isinstance(available, bool) else item.isEnabled()


def _own_text(item: QQuickItem) -> str:
    text = str(item.property("text") or "").strip()
    return text if any(letter.isalnum() for letter in text) else ""


def _details(item: QQuickItem, name: str) -> list[str]:
    """Return the texts drawn inside an item, without what its name says already."""
    found: list[str] = []
    for text in _texts(item, inside=False):
        rest = text.removeprefix(name).strip(_JOINTS) if name else text
        if rest and rest not in name and rest not in found:
            found.append(rest)
    return found


def _texts(item: QQuickItem, *, inside: bool) -> Iterator[str]:
    if not _is_drawn(item):
        return
    if inside:
        accessible = _accessible(item)
        ignored = accessible is not None and bool(accessible.property("ignored"))
        if ignored or _kind(item, accessible) in _CONTROLS:
            return
    if item.inherits("QQuickText"):
        text = _own_text(item)
        if text:
            yield text
    for child in item.childItems():
        yield from _texts(child, inside=True)


def _named(found: list[Spot]) -> list[Spot]:
    """Give each entry a name of its own."""
    seen: Counter[str] = Counter()
    named: list[Spot] = []
    for spot in found:
        base = spot.entry.id or _anchor(spot.item)
        seen[base] += 1
        own = base if spot.entry.id and seen[base] == 1 else f"{base}#{seen[base]}"
        named.append(replace(spot, entry=replace(spot.entry, id=own)))
    return named


def _anchor(item: QQuickItem) -> str:
    return next((part.objectName() for part in ancestors(item) if part.objectName()), "window")


def _placed(found: list[Spot]) -> Iterator[Spot]:
    """Say of each control in a list which of how many it is."""
    for _, group in groupby(found, _list_of):
        members = list(group)
        listed = members[0].entry.is_control and (
            len(members) >= _LEAST_LIST or members[0].entry.role is Role.CHOICE
        )
        for at, spot in enumerate(members):
            place = _place(spot.item, at, len(members)) if listed else None
            yield spot if place is None else replace(spot, entry=replace(spot.entry, place=place))


def _list_of(spot: Spot) -> tuple[int, str]:
    parent = next(ancestors(spot.item), None)
    kind = spot.entry.role if spot.entry.is_control else spot.entry.id
    return 0 if parent is None else getCppPointer(parent)[0], kind


def _place(item: QQuickItem, at: int, count: int) -> tuple[int, int]:
    """Return the place in the whole list, of which a long one draws only a part."""
    view = next(islice(ancestors(item), 1, None), None)
    whole: object = None if view is None else view.property("count")
    index: object = item.property("index")
    if isinstance(whole, int) and whole >= count:
        return (index if isinstance(index, int) else at) + 1, whole
    return at + 1, count
