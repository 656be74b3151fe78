"""What a terminal says about itself."""

from dataclasses import dataclass

from kiosk.domain.text import Text


@dataclass(frozen=True, slots=True)
class TerminalFacts:
    """Facts of one terminal.

    Args:
        number: The terminal's number, e.g. ``"T0421"``.
        place: Where it stands, as residents call it.
        hotline: Telephone number of the help line.
        progress_url: Where a resident can ask later what became of an application.
        neighbours: Where to go instead, nearest first, each with its address.
        guides_url: Where the guides are on the web, or None.
    """

    number: str
    place: Text
    hotline: str
    progress_url: str
    neighbours: tuple[Text, ...] = ()
    guides_url: str | None = None
