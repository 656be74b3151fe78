"""Texts: whole, apart from each other, and in one language."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import combinations

from kiosk.domain.text import Language
from kiosk.domain.traditional import traditional
from ui.walker.snapshot import Finding, Kind, Part, Snapshot

_TOUCHING_PX = 1.5
_SHARED_EM = 0.3
"""Lines of type may reach into each other's white by this share of the smaller type."""
_HAN = re.compile(r"[\u3400-\u9fff]")
_SELF_NAMES = ("中文", "简体", "繁體", "简体中文", "繁體中文", "触摸屏幕开始")
"""Languages are named in themselves, and the invitation speaks to everybody at once."""
_MASKED = re.compile(r"[\u3400-\u9fff]+\*+")
"""What is left of somebody's own words after masking."""
_SAMPLE = 24


def cut_texts(snapshot: Snapshot) -> Iterator[Finding]:
    """Yield texts of which not everything can be read."""
    for part in snapshot.texts:
        if part.elided:
            yield Finding("text.elided", part.name, _sample(part))
        if part.overflow > _TOUCHING_PX:
            yield Finding(
                "text.cut", part.name, f"{_sample(part)} needs more room", part.overflow / snapshot.mm
            )
        excess = part.place.excess(part.room)
        if excess > _TOUCHING_PX:
            yield Finding("text.outside", part.name, f"{_sample(part)} leaves its room", excess / snapshot.mm)


def overlapping_texts(snapshot: Snapshot) -> Iterator[Finding]:
    """Yield texts that lie over each other, or under a control that is not theirs."""
    for one, other in combinations(snapshot.texts, 2):
        deep = _depth(one, other)
        if deep > _SHARED_EM * min(one.em_mm, other.em_mm) * snapshot.mm:
            yield Finding(
                "text.overlap", one.name, f"{_sample(one)} over {_sample(other)}", deep / snapshot.mm
            )
    for part in snapshot.texts:
        for control in snapshot.targets:
            if control.number in {part.owner, part.number} or part.owner:
                continue
            deep = _depth(part, control)
            if deep > _SHARED_EM * part.em_mm * snapshot.mm:
                yield Finding(
                    "text.overlap", part.name, f"{_sample(part)} over {control.name}", deep / snapshot.mm
                )


def foreign_texts(snapshot: Snapshot) -> Iterator[Finding]:
    """Yield texts in another language than the screen's, but for the resident's own words."""
    language = snapshot.demands.language
    for part in (*snapshot.texts, *snapshot.targets):
        for said in {part.text, part.spoken}:
            rest = _without(said, snapshot.demands.data)
            if language is Language.EN and _HAN.search(rest):
                yield Finding("language.mixed", part.name, f"Chinese in English: {said[:_SAMPLE]!r}")
            elif language is Language.ZH_HANT and (strange := _simplified(rest)):
                yield Finding("language.mixed", part.name, f"simplified {strange!r} in {said[:_SAMPLE]!r}")


def empty_icons(snapshot: Snapshot) -> Iterator[Finding]:
    """Yield icons whose name stands for no glyph."""
    for part in snapshot.parts:
        if part.kind is Kind.ICON and not part.text:
            yield Finding("icon.empty", part.name, "no such icon")


def _depth(one: Part, other: Part) -> float:
    shared = one.shown.meet(other.shown)
    return 0.0 if shared.empty else min(shared.width, shared.height)


def _without(said: str, data: frozenset[str]) -> str:
    for own in sorted((*data, *_SELF_NAMES), key=len, reverse=True):
        said = said.replace(own, "")
    return _MASKED.sub("", said)


def _simplified(said: str) -> str:
    return "".join(dict.fromkeys(sign for sign in said if _HAN.match(sign) and _is_simplified(sign)))


@cache
def _is_simplified(sign: str) -> bool:
    """Return whether a character is written in simplified text alone."""
    if traditional(sign) == sign:
        return False
    try:
        sign.encode("big5")
    except UnicodeEncodeError:
        return True
    return False


def _sample(part: Part) -> str:
    return repr(part.text[:_SAMPLE])
