"""What stands on the panel at one moment, as plain values: nothing here knows Qt."""

from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from kiosk.domain.text import Language

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle of the panel in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Pixels across."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Pixels down."""
        return self.bottom - self.top

    @property
    def empty(self) -> bool:
        """Whether nothing of it is there."""
        return self.width <= 0 or self.height <= 0

    def meet(self, other: "Rect") -> "Rect":
        """Return what both cover; empty when they do not meet."""
        return Rect(
            max(self.left, other.left),
            max(self.top, other.top),
            min(self.right, other.right),
            min(self.bottom, other.bottom),
        )

    def gap(self, other: "Rect") -> float:
        """Return how far apart two are at least; negative when they overlap."""
        across = max(other.left - self.right, self.left - other.right)
        down = max(other.top - self.bottom, self.top - other.bottom)
        return max(across, down)

    def excess(self, room: "Rect") -> float:
        """Return by how many pixels it leaves a room, 0 when it lies inside."""
        return max(
            0.0,
            room.left - self.left,
            room.top - self.top,
            self.right - room.right,
            self.bottom - room.bottom,
        )


class Kind(StrEnum):
    """What an item is to the walker."""

    CONTROL = "control"
    INPUT = "input"
    KEY = "key"
    """A key of the on-screen keyboard."""
    TEXT = "text"
    ICON = "icon"


@dataclass(frozen=True, slots=True)
class Part:
    """One item that is seen or touched.

    Args:
        number: Its place in the order of painting.
        name: Its ``objectName``, else the nearest name around it.
        kind: What it is.
        place: Where it lies, as if nothing clipped it; of a text, where its words are.
        shown: What of it is not clipped away.
        room: Where it may be without being cut: its control, the clipping area around it, the panel.
        scroll: Number of the scrolling area it lies in, 0 for none.
        owner: Number of the control it belongs to, 0 for none.
        primary: Whether it is the next thing to do.
        bare: Whether it is a control of words alone, without an edge.
        usable: Whether it can be used now.
        text: What it says.
        spoken: What a screen reader calls it.
        colour: Colour of its words.
        em_mm: Size of its type.
        bold: Whether its type is heavy.
        elided: Whether words of it are left out.
        overflow: Pixels by which its words are larger than the item itself.
    """

    number: int
    name: str
    kind: Kind
    place: Rect
    shown: Rect
    room: Rect
    scroll: int = 0
    owner: int = 0
    primary: bool = False
    bare: bool = False
    usable: bool = True
    text: str = ""
    spoken: str = ""
    colour: Colour = (0, 0, 0)
    em_mm: float = 0.0
    bold: bool = False
    elided: bool = False
    overflow: float = 0.0

    @property
    def is_target(self) -> bool:
        """Whether a finger uses it; keys of the keyboard stand apart."""
        return self.kind in {Kind.CONTROL, Kind.INPUT}


@dataclass(frozen=True, slots=True)
class Demands:
    """What a picture is held to besides what always holds.

    Args:
        language: Language of the screens.
        contrast: Whether the high contrast is on: 7 instead of 4.5.
        low_mm: How far above the lower edge of the panel everything must be reachable; None for no limit.
        ways: Names of the controls that must be there: back and end, where the state has them.
        data: The resident's own words, which stand on the screen as they are in every language.
    """

    language: Language = Language.ZH
    contrast: bool = False
    low_mm: float | None = None
    ways: frozenset[str] = frozenset()
    data: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One picture and what stands on it.

    Args:
        width: Pixels of the panel across.
        height: Pixels down.
        mm: Pixels for one millimetre.
        parts: Everything seen or touched, in the order of painting.
        focus: Numbers of the controls that the focus comes to.
        narrated: Numbers of the controls that the narrator speaks of; None while there is no narrator.
        pixels: ``(height, width, 3)`` uint8 RGB.
        demands: What it is held to.
    """

    width: int
    height: int
    mm: float
    parts: tuple[Part, ...]
    focus: frozenset[int]
    pixels: NDArray[np.uint8]
    narrated: frozenset[int] | None = None
    demands: Demands = field(default_factory=Demands)

    @property
    def panel(self) -> Rect:
        """The whole panel."""
        return Rect(0, 0, self.width, self.height)

    @property
    def targets(self) -> tuple[Part, ...]:
        """Everything a finger uses but the keyboard's keys."""
        return tuple(part for part in self.parts if part.is_target)

    @property
    def texts(self) -> tuple[Part, ...]:
        """Everything that is read."""
        return tuple(part for part in self.parts if part.kind is Kind.TEXT and part.text.strip())


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that somebody could not see, read, reach or hear.

    Args:
        code: What kind of fault, e.g. ``"target.small"``.
        item: Name of the item.
        what: What is wrong, in a few words.
        figure: The figure measured, where there is one.
    """

    code: str
    item: str
    what: str
    figure: float | None = None

    def __str__(self) -> str:
        """Return one line for people."""
        figure = "" if self.figure is None else f" ({self.figure:.1f})"
        return f"{self.code}: {self.item}: {self.what}{figure}"
