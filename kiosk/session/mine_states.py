"""What fits whoever laid a card down."""

from dataclasses import dataclass

from kiosk.catalogue.eligibility import Offer
from kiosk.domain.identity import Holder


@dataclass(frozen=True, slots=True)
class Presenting:
    """Services that fit the holder: from the card at once, more when the district answers.

    Args:
        holder: Whose card it is.
        offers: What fits, best first.
        asking: Whether the district is still being asked.
    """

    holder: Holder
    offers: tuple[Offer, ...] = ()
    asking: bool = False
