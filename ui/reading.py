"""Where somebody who goes through the screens by keys is, and what has become different under them."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtQuick import QQuickItem, QQuickWindow
from shiboken6 import getCppPointer, isValid

from kiosk.domain.text import Language
from ui.narration import Entry, Spot, dialog, spots
from ui.words.narration import Role

_LONG_LIST, _LIST_PAGE = 8, 5
PageKey = tuple[int, str, tuple[str, ...], Language]


@dataclass(frozen=True, slots=True)
class Change:
    """What is different since the last look.

    Args:
        page: Whether it is another page: another screen, another heading, something that covers it, or gone.
        back: Whether it is the page from before something covered it; its place is kept.
        fresh: What was not there before and is said without being asked.
        focused: Whether the entry in focus says something else now.
    """

    page: bool = False
    back: bool = False
    fresh: tuple[Entry, ...] = ()
    focused: bool = False


class Reading:
    """The list of the page on show, and the entry in focus.

    Args:
        window: The screens.
        screen: Names the screen on show.
        language: Tells the language of the screens.
    """

    def __init__(
        self, window: QQuickWindow, screen: Callable[[], str], language: Callable[[], Language]
    ) -> None:
        self._window = window
        self._screen = screen
        self._language = language
        self.spots: tuple[Spot, ...] = ()
        self.at = 0
        self._key: PageKey | None = None
        self._seen: dict[int, str] = {}
        self._covered: tuple[PageKey, str] | None = None
        self._focused_id = ""
        self._focused_text = ""

    @property
    def focus(self) -> Spot | None:
        """The entry in focus."""
        return self.spots[self.at] if self.at < len(self.spots) else None

    def refresh(self) -> Change:
        """Look at the window again."""
        found = spots(self._window, self._language())
        key = self._key_of(found)
        before, self.spots = self.focus, found
        if key != self._key:
            return self._turn(key)
        said = self._focused_text
        self._keep_place(before)
        fresh = tuple(spot.entry for spot in found if self._is_fresh(spot))
        self._remember()
        text = "" if self.focus is None else self.focus.entry.text
        changed = text != said
        self._note_focus()
        return Change(fresh=fresh, focused=changed)

    def forget(self) -> None:
        """Keep nothing of what was on the screens; the next page is a new one."""
        self.spots, self.at = (), 0
        self._key = self._covered = None
        self._seen = {}
        self._focused_id = self._focused_text = ""

    def move(self, steps: int) -> bool:
        """Go on or back in the list; returns whether that went around its end."""
        if not self.spots:
            return False
        there = self.at + steps
        while self.spots[there % len(self.spots)].entry.spare:
            there += 1 if steps > 0 else -1
        self.at = there % len(self.spots)
        self._note_focus()
        return there != self.at

    def leap(self, way: int) -> bool:
        """Go to the next thing that can be used (``way`` 1) or before (-1); in a long list, by five."""
        focus = self.focus
        if focus is not None and focus.entry.place is not None:
            n, of = focus.entry.place
            steps = min(_LIST_PAGE, of - n if way > 0 else n - 1)
            if of >= _LONG_LIST and steps > 0 and self._is_listed(self.at + way * steps):
                return self.move(way * steps)
        count = len(self.spots)
        for step in range(1, count + 1):
            there = self.spots[(self.at + way * step) % count].entry
            if there.is_control and not there.spare:
                return self.move(way * step)
        return False

    def go_to(self, item: QQuickItem) -> bool:
        """Put the focus on the entry of an item, if it is in the list."""
        for at, spot in enumerate(self.spots):
            if _pointer(spot.item) == _pointer(item):
                self.at = at
                self._note_focus()
                return True
        return False

    def _is_listed(self, at: int) -> bool:
        return 0 <= at < len(self.spots) and self.spots[at].entry.place is not None

    def _key_of(self, found: tuple[Spot, ...]) -> PageKey:
        cover = dialog(self._window)
        headings = tuple(spot.entry.name for spot in found if spot.entry.role is Role.HEADING)
        over = 0 if cover is None else _pointer(cover)
        return over, self._screen(), headings[:1], self._language()

    def _turn(self, key: PageKey) -> Change:
        old, self._key = self._key, key
        back = self._covered is not None and self._covered[0] == key
        place = self._covered[1] if back and self._covered is not None else ""
        if old is not None and key[0] and not old[0]:
            self._covered = (old, self._focused_id)
        elif not key[0]:
            self._covered = None
        self.at = next((at for at, spot in enumerate(self.spots) if spot.entry.id == place), self._start())
        self._seen.clear()
        self._remember()
        self._note_focus()
        return Change(page=True, back=back)

    def _start(self) -> int:
        """Begin at the heading: what stands above it is read with the page."""
        roles = [spot.entry.role for spot in self.spots]
        return roles.index(Role.HEADING) if Role.HEADING in roles else 0

    def _keep_place(self, before: Spot | None) -> None:
        if before is not None:
            if isValid(before.item) and self.go_to(before.item):
                return
            for at, spot in enumerate(self.spots):
                if spot.entry.id == self._focused_id:
                    self.at = at
                    return
        self.at = min(self.at, max(0, len(self.spots) - 1))

    def _is_fresh(self, spot: Spot) -> bool:
        if spot.entry.is_control or spot.entry.frame:
            return False
        before = self._seen.get(_pointer(spot.item))
        # Words that go on changing, such as a countdown, are said when asked for; a notice is said at once.
        return before is None or (spot.entry.role is Role.ALERT and before != spot.entry.text)

    def _remember(self) -> None:
        shown = {_pointer(spot.item): spot.entry.text for spot in self.spots}
        # A notice that went and comes again is said again; other words are known once said.
        self._seen = dict.fromkeys(self._seen, "") | shown

    def _note_focus(self) -> None:
        focus = self.focus
        self._focused_id = "" if focus is None else focus.entry.id
        self._focused_text = "" if focus is None else focus.entry.text


def _pointer(item: QQuickItem) -> int:
    return getCppPointer(item)[0]
