"""How the terminal meets the person in front of it; set on every screen, forgotten after the visit."""

from dataclasses import dataclass
from typing import Final, Literal

SIZES: Final = (100, 130, 160)
"""Per cent of the normal size of text and targets."""
LOUDEST: Final = 5
"""Steps of the volume; step 1 is 65 dB(A) at most, each further step about 5 dB (EN 301 549, 5.1.3.11)."""
FASTEST: Final = 5
"""Steps of the speed of speech; 3 is normal."""


@dataclass(frozen=True, slots=True)
class Access:
    """What one resident needs; the defaults are for somebody who needs nothing.

    Args:
        size: Size of text and targets in per cent.
        contrast: Colours with at least 7 : 1.
        low: Everything that can be touched within reach from a wheelchair.
        left: What is used most on the left.
        slow: Twice the time on every screen.
        voice: Every screen is read aloud.
        rate: Speed of speech, 1..5.
        volume: Loudness of speech, 1..5; back to 2 after every visit.
    """

    size: Literal[100, 130, 160] = 100
    contrast: bool = False
    low: bool = False
    left: bool = False
    slow: bool = False
    voice: bool = False
    rate: int = 3
    volume: int = 2

    @property
    def elder(self) -> bool:
        """Whether the screens are larger, with fewer choices."""
        return self.size > SIZES[0]

    @property
    def patient(self) -> bool:
        """Whether every screen waits twice as long: asked for, or because listening takes its time."""
        return self.slow or self.voice
