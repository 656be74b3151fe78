"""Breaking a paragraph of mixed Chinese and Latin text into lines."""

import re
from collections.abc import Callable

NOT_AT_START = frozenset("，。、；：？！）》」』】〕…—～·％℃”’,.;:?!)]}%>")
"""Marks that may not begin a line (GB/T 15834)."""

NOT_AT_END = frozenset("（《「『【〔“‘([{<￥¥$")
"""Marks that may not end a line."""

_TOKEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9.,:;/@%&+\-_'#*?=~]*|\s+|.", re.DOTALL)


def wrap(text: str, width_px: float, measure: Callable[[str], float]) -> list[str]:
    """Break ``text`` into lines no wider than ``width_px``.

    Chinese breaks between any two characters but around punctuation; a Latin word or a number stays whole
    unless it alone is wider than the line. Line feeds in the text are kept. An empty paragraph is one
    empty line.

    Args:
        text: The paragraph.
        width_px: Room for one line.
        measure: Width of a string in the face it will be set in.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines += _wrap_paragraph(paragraph, width_px, measure)
    return lines


def _wrap_paragraph(text: str, width_px: float, measure: Callable[[str], float]) -> list[str]:
    lines: list[str] = []
    line = ""
    for piece in _unbreakable(text):
        if measure((line + piece).rstrip()) <= width_px:
            line += piece
            continue
        if line.strip():
            lines.append(line.rstrip())
        line = piece.lstrip()
        while len(line) > 1 and measure(line) > width_px:
            head = _fitting(line, width_px, measure)
            lines.append(line[:head])
            line = line[head:]
    lines.append(line.rstrip())
    return lines


def _unbreakable(text: str) -> list[str]:
    """Split into pieces between which a line may end."""
    pieces: list[str] = []
    for found in _TOKEN.finditer(text):
        token = found.group()
        glued = pieces and (token[0] in NOT_AT_START or pieces[-1][-1] in NOT_AT_END)
        if glued and not token.isspace():
            pieces[-1] += token
        else:
            pieces.append(token)
    return pieces


def _fitting(text: str, width_px: float, measure: Callable[[str], float]) -> int:
    """Count the leading characters that fit on one line, at least one; rather behind a hyphen or slash."""
    count = 1
    while count < len(text) and measure(text[: count + 1]) <= width_px:
        count += 1
    joint = max(text.rfind("-", 0, count), text.rfind("/", 0, count)) + 1
    return joint if joint > count // 2 else count
