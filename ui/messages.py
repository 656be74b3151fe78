"""Words for a code: what happened and what to do, never blame, never the code itself."""

from collections.abc import Mapping
from types import MappingProxyType

from kiosk.domain.text import Language, Text
from kiosk.session.fault import Fault
from ui.words.acting import ACTING
from ui.words.devices import CAMERA, CARD, CODES, DEVICE, PAGE_PRINTER, PRINTER, SCANNER, SMART_CARD
from ui.words.families import DEVICES, FAMILIES
from ui.words.help import HELP
from ui.words.identity import IDENTITY
from ui.words.narration import SPEECH
from ui.words.pages import PAGES
from ui.words.side import SIDE
from ui.words.visit import BOUNDS, FORM, ITEM, PAGE, PREFILL, QUEUE, SIGNATURE, SUBMISSION

_NO_PARAMETERS: Mapping[str, int | str] = MappingProxyType({})

MESSAGES: Mapping[str, Text] = MappingProxyType(
    ITEM
    | CARD
    | IDENTITY
    | FORM
    | PAGE
    | PAGES
    | SCANNER
    | CAMERA
    | CODES
    | PRINTER
    | PAGE_PRINTER
    | SMART_CARD
    | PREFILL
    | QUEUE
    | SIGNATURE
    | SUBMISSION
    | DEVICE
    | SPEECH
    | SIDE
    | ACTING
)
"""Every code with words of its own."""

_FALLBACK = Text(f"这一步没有完成。{HELP.zh}", f"This step was not completed. {HELP.en}")

_SOME_DEVICE = Text("设备", "device")


def has_words(code: str) -> bool:
    """Tell whether a code has words, its own or its family's."""
    return code in MESSAGES or family(code) in FAMILIES


def family(name: str) -> str:
    """Return the family of a code (``printer.jam``) or of a device's name (``printer-1``)."""
    return name.partition(".")[0].rpartition("-")[0] or name.partition(".")[0]


def said(fault: Fault | None, language: Language, *, device: str = "") -> str:
    """Return what is said of a fault, ``""`` without one."""
    return "" if fault is None else say(fault.code, language, device=device)


def say(
    code: str,
    language: Language,
    parameters: Mapping[str, int | str] = _NO_PARAMETERS,
    *,
    device: str = "",
) -> str:
    """Return what happened and what to do.

    Args:
        code: Stable code of ``docs/errors.md``.
        language: Language of the screen.
        parameters: What the words may name, e.g. the least length.
        device: Name of the device it is about, e.g. ``"scanner-1"``.
    """
    words = BOUNDS.get(tuple(sorted(parameters))) if code == "form.out-of-range" else None
    words = words or MESSAGES.get(code) or FAMILIES.get(family(code)) or _FALLBACK
    named = DEVICES.get(family(device), _SOME_DEVICE).in_(language)
    return words.in_(language).format(**{"device": named, **parameters})
