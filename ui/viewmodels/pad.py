"""What the number pad does to what stands in its field, and how that is shown; pure."""

from typing import Final

from kiosk.forms.model import FieldKind

KEYS: Final = "0123456789"
LAST: Final = "X"
"""Last character of some identity numbers."""
_MOST: Final = {"date": 8, "id-number": 18, "phone": 16, "number": 40}
_MOBILE_DIGITS: Final = 11
_GROUPS: Final = {"id-number": (6, 8, 4), "phone": (3, 4, 4)}
_BY_FOUR: Final = 4


def is_padded(kind: FieldKind) -> bool:
    """Tell whether a kind is answered on the number pad."""
    return kind in _MOST


def bare(kind: FieldKind, draft: str) -> str:
    """Return a draft as the pad would have typed it: ``2026-03-08`` is ``20260308``."""
    allowed = KEYS + LAST if kind == "id-number" else KEYS
    return "".join(sign for sign in draft.upper() if sign in allowed)


def pressed(kind: FieldKind, typed: str, key: str, most: int | None = None) -> str:
    """Return what stands in the field after one key; one too many changes nothing."""
    room = min(_MOST.get(kind, 0), most or _MOST.get(kind, 0))
    return typed if len(typed) >= room else typed + bare(kind, key)


def grouped(kind: FieldKind, typed: str, *, whole: bool) -> str:
    """Return what stands in the field as people read it out: ``138 0000 1234``.

    Args:
        kind: The kind of answer.
        typed: Digits, and perhaps the X of an identity number.
        whole: Whether it is a number that is counted with.
    """
    if whole or (kind == "phone" and (not typed.startswith("1") or len(typed) > _MOBILE_DIGITS)):
        return typed
    parts: list[str] = []
    rest = typed
    for size in _GROUPS.get(kind, (_BY_FOUR,) * len(typed)):
        parts.append(rest[:size])
        rest = rest[size:]
    return " ".join(part for part in (*parts, rest) if part)
