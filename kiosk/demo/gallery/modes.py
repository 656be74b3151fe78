"""The ways in which the screens can be set for somebody, and the panels they are shown on."""

from dataclasses import dataclass

from kiosk.session.access import Access
from ui.walker.studio import Panel


@dataclass(frozen=True, slots=True)
class Mode:
    """One setting of the screens.

    Args:
        name: What it is called, e.g. ``"elder160"``.
        access: The setting.
    """

    name: str
    access: Access

    @property
    def low_mm(self) -> float | None:
        """How far above the panel's lower edge everything must be reachable; None for no limit."""
        return REACH_MM if self.access.low else None


REACH_MM = 370.0
"""What a seated person reaches above the lower edge of a panel that hangs 850 mm above the floor."""

MODES = (
    Mode("normal", Access()),
    Mode("elder130", Access(size=130)),
    Mode("elder160", Access(size=160)),
    Mode("contrast", Access(contrast=True)),
    Mode("low", Access(low=True)),
    Mode("left", Access(left=True)),
)

PANELS = (
    Panel("portrait", 1080, 1920, 296.5),
    Panel("landscape", 1920, 1080, 527.0),
)
"""A panel of 23.8 inches, both ways."""
