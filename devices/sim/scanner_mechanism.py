"""The mechanics of the simulated scanner: sheets, lid, jams, and what it says of them."""

import threading
from collections import deque
from dataclasses import dataclass, field
from typing import Final

from devices.sim.saned_wire import Kind, Option, Status, Value
from devices.sim.scanner_sheets import back_of

FLATBED: Final = "Flatbed"
FRONT: Final = "ADF Front"
DUPLEX: Final = "ADF Duplex"
_WIDTH_MM: Final = 215.9
_HEIGHT_MM: Final = 297.0

OPTIONS: Final = (
    Option("", Kind.INT, sensor=True),
    Option("source", Kind.STRING, (FLATBED, FRONT, DUPLEX)),
    Option("mode", Kind.STRING, ("Color", "Gray", "Lineart")),
    Option("depth", Kind.INT, (8, 16)),
    Option("resolution", Kind.INT, (50, 75, 100, 150, 300, 600)),
    Option("tl-x", Kind.FIXED, span=(0.0, _WIDTH_MM)),
    Option("tl-y", Kind.FIXED, span=(0.0, _HEIGHT_MM)),
    Option("br-x", Kind.FIXED, span=(0.0, _WIDTH_MM)),
    Option("br-y", Kind.FIXED, span=(0.0, _HEIGHT_MM)),
    Option("page-loaded", Kind.BOOL, sensor=True),
    Option("cover-open", Kind.BOOL, sensor=True),
    Option("double-feed", Kind.BOOL, sensor=True),
)
WITHOUT_SENSORS: Final = tuple(option for option in OPTIONS if option.kind is not Kind.BOOL)
"""The same without what comes last."""
_FIRST: Final[dict[str, Value]] = {
    "": len(OPTIONS),
    "source": FLATBED,
    "mode": "Color",
    "depth": 8,
    "resolution": 50,
    "tl-x": 0.0,
    "tl-y": 0.0,
    "br-x": _WIDTH_MM,
    "br-y": _HEIGHT_MM,
}


@dataclass(frozen=True, slots=True)
class Habits:
    """What kind of scanner it is.

    Args:
        sensors: Whether it has any.
        tells_height: Whether it knows the length of a page beforehand.
        jams_when_empty: Whether drawing from an empty feeder makes a jam.
        padding_bytes: At the end of every line.
        stays_jammed: Whether a jam stays reported until the device is opened anew.
    """

    sensors: bool = True
    tells_height: bool = True
    jams_when_empty: bool = False
    padding_bytes: int = 0
    stays_jammed: bool = True


@dataclass(slots=True)
class Opened:
    """One opening of the device: its settings, and a complaint that stays until it is closed."""

    settings: dict[str, Value] = field(default_factory=lambda: dict(_FIRST))
    complaint: Status = Status.GOOD
    back_due: int | None = None

    def size_px(self) -> tuple[int, int]:
        """Return height and width of a page."""
        per_mm = float(self.settings["resolution"]) / 25.4
        width_mm = float(self.settings["br-x"]) - float(self.settings["tl-x"])
        height_mm = float(self.settings["br-y"]) - float(self.settings["tl-y"])
        return max(1, round(height_mm * per_mm)), max(1, round(width_mm * per_mm))


@dataclass(frozen=True, slots=True)
class Begun:
    """A page that was drawn in.

    Args:
        mark: What stands on it.
        fed: Whether it came from the feeder.
        stops_at: Part of the page after which the picture ends, 1.0 for all of it.
        ends_with: Status behind the picture.
    """

    mark: int
    fed: bool
    stops_at: float = 1.0
    ends_with: Status = Status.EOF


@dataclass(slots=True)
class _Trouble:
    """What is going to happen: to the sheet after so many others."""

    after: int
    status: Status
    double: bool
    mid_page: bool


class Mechanism:
    """The moving parts; every method may be called from any thread.

    Args:
        habits: What kind of scanner it is.
    """

    def __init__(self, habits: Habits) -> None:
        self.habits = habits
        self._lock = threading.Lock()
        self._glass = 1
        self._feeder: deque[int] = deque()
        self._stuck: int | None = None
        self._double = False
        self._cover_open = False
        self._trouble: _Trouble | None = None
        self._passed: list[int] = []
        self._spoiled: list[int] = []

    # The resident's hands -------------------------------------------------------------------------

    def lay(self, mark: int) -> None:
        """Lay a sheet on the glass."""
        with self._lock:
            self._glass = mark

    def load(self, *marks: int) -> None:
        """Put sheets into the feeder, behind those that are there."""
        with self._lock:
            self._feeder.extend(marks)

    def empty(self) -> None:
        """Take all sheets out of the feeder."""
        with self._lock:
            self._feeder.clear()

    def cover(self, *, is_open: bool) -> None:
        """Open or close the lid of the feeder."""
        with self._lock:
            self._cover_open = is_open

    def clear(self) -> None:
        """Draw the stuck sheet out and put it back before the others."""
        with self._lock:
            if self._stuck is not None:
                self._feeder.appendleft(self._stuck)
            self._stuck, self._double = None, False

    # What goes wrong ------------------------------------------------------------------------------

    def jam(self, after: int = 0, *, mid_page: bool = False, double: bool = False) -> None:
        """Have a sheet get stuck: the next, or the one after so many others.

        Args:
            after: Sheets before it.
            mid_page: Half of its picture comes before.
            double: Because the one behind it came along, which the sensor tells.
        """
        with self._lock:
            self._trouble = _Trouble(after, Status.JAMMED, double, mid_page)

    def fail(self, status: Status, after: int = 0, *, mid_page: bool = False) -> None:
        """Have a sheet fail without getting stuck."""
        with self._lock:
            self._trouble = _Trouble(after, status, double=False, mid_page=mid_page)

    def calm(self) -> None:
        """Take back what was going to go wrong."""
        with self._lock:
            self._trouble = None

    # What has happened ----------------------------------------------------------------------------

    @property
    def passed(self) -> tuple[int, ...]:
        """Marks of the sides whose picture was sent whole."""
        with self._lock:
            return tuple(self._passed)

    @property
    def spoiled(self) -> tuple[int, ...]:
        """Marks of the sheets that went through the feeder without a whole picture."""
        with self._lock:
            return tuple(self._spoiled)

    @property
    def waiting(self) -> tuple[int, ...]:
        """Marks of the sheets in the feeder."""
        with self._lock:
            return tuple(self._feeder)

    def sensed(self, name: str) -> Value:
        """Return what a sensor says."""
        with self._lock:
            return int(
                {
                    "page-loaded": bool(self._feeder),
                    "cover-open": self._cover_open,
                    "double-feed": self._double,
                }[name]
            )

    # The device's own work ------------------------------------------------------------------------

    def begin(self, opened: Opened) -> Begun | Status:
        """Draw a page in, or say why not."""
        with self._lock:
            if opened.complaint is not Status.GOOD:
                return opened.complaint
            outcome = self._begin(opened)
            if isinstance(outcome, Status) and outcome in {Status.JAMMED, Status.COVER_OPEN}:
                opened.complaint = outcome if self.habits.stays_jammed else Status.GOOD
            return outcome

    def _begin(self, opened: Opened) -> Begun | Status:
        source = opened.settings["source"]
        if source == FLATBED:
            return self._spoilt(Begun(self._glass, fed=False))
        if self._cover_open:
            return Status.COVER_OPEN
        if self._stuck is not None:
            return Status.JAMMED
        if opened.back_due is not None:
            mark, opened.back_due = opened.back_due, None
            return Begun(mark, fed=True)
        if not self._feeder:
            return Status.JAMMED if self.habits.jams_when_empty else Status.NO_DOCS
        begun = self._spoilt(Begun(self._feeder[0], fed=True))
        if isinstance(begun, Begun):
            mark = self._feeder.popleft()
            opened.back_due = back_of(mark) if source == DUPLEX else None
        return begun

    def _spoilt(self, begun: Begun) -> Begun | Status:
        trouble = self._trouble
        if trouble is None:
            return begun
        if trouble.after:
            trouble.after -= 1
            return begun
        self._trouble = None
        if trouble.mid_page:
            self._double = trouble.double
            return Begun(begun.mark, begun.fed, 0.5, trouble.status)
        if trouble.status is Status.JAMMED and begun.fed:
            self._double = trouble.double
            self._stuck = self._feeder.popleft()
        return trouble.status

    def finish(self, opened: Opened, begun: Begun, *, whole: bool) -> None:
        """Note what became of a page: sent whole, stuck, or thrown out without a whole picture."""
        with self._lock:
            if begun.ends_with is Status.JAMMED:
                self._stuck = begun.mark
                opened.complaint = Status.JAMMED if self.habits.stays_jammed else Status.GOOD
            elif whole:
                self._passed.append(begun.mark)
            elif begun.fed:
                self._spoiled.append(begun.mark)
