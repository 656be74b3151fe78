"""What the number of a receipt looks like as it is typed; whether it is one, its check characters say."""

import re
from typing import Final

WITH_DASHES: Final = re.compile(r"[A-Z0-9]{2,12}-[0-9]{6,12}-[A-Z0-9]{2}")
BARE: Final = re.compile(r"[A-Z0-9]{10,26}")
"""Without its dashes; the number of a report looks so, too. Any 办件编号 is longer."""


def may_be(number: str) -> bool:
    """Tell whether a number may be a receipt's or a report's.

    Args:
        number: In capitals, without spaces around it.
    """
    return WITH_DASHES.fullmatch(number) is not None or BARE.fullmatch(number) is not None
