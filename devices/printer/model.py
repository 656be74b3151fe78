"""Whether the printer that answers is the one that the profile means; pure."""

from collections.abc import Mapping
from typing import Any, Final, cast

from escpos.capabilities import CAPABILITIES

_PROFILES: Final = cast("Mapping[str, Mapping[str, Any]]", CAPABILITIES["profiles"])


def mismatch(identity: Mapping[str, str], wanted_model: str, width_px: int) -> str:
    """Return why slips must not go to this printer, or ``""``.

    No command of ESC/POS tells the width of the paper. It is known of models that python-escpos has a profile
    of; of all others, and of a wide printer that was narrowed by its guide, only the option ``model`` tells.

    Args:
        identity: What the printer says of itself; empty when it says nothing.
        wanted_model: The option ``model``.
        width_px: Dots of a slip across.
    """
    model = identity.get("model", "")
    if wanted_model and identity and wanted_model.casefold() not in model.casefold():
        return f"the printer is a {model!r}, the profile means a {wanted_model!r}"
    printable_px = _printable_px(model)
    if printable_px is not None and printable_px < width_px:
        return (
            f"the printer, a {model!r}, has {printable_px} dots across, slips have {width_px}: see paper_mm"
        )
    return ""


def _printable_px(model: str) -> int | None:
    media = _PROFILES.get(model, {}).get("media", {})
    pixels = media.get("width", {}).get("pixels")
    return pixels if isinstance(pixels, int) else None
