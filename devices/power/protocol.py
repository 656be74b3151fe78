"""What upsd answers to ``LIST VAR``; pure.

Network UPS Tools, developer guide, "Network protocol information": lines of ASCII; what has several words
stands in double quotes, in which quotes and backslashes are escaped by a backslash.

NUT's own Python client (PyNUTClient 2.8.5) is not used: when upsd hangs up it reads the end of the stream
again and again without end, with a processor to itself; its time limit starts anew with every byte; and
what is not as it expects ends in IndexError or UnicodeDecodeError.
"""

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

_MOST_BYTES: Final = 64 * 1024
"""A supply has some hundred variables of some dozen bytes."""
_REFUSED: Final = "ERR"
_VARIABLE_WORDS: Final = 4


@dataclass(frozen=True, slots=True)
class Variables:
    """All variables of a supply: name → value."""

    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Upsd does not answer the question; ``word`` says why: ``DATA-STALE``, ``UNKNOWN-UPS`` and so on."""

    word: str


@dataclass(frozen=True, slots=True)
class Garbage:
    """What came is no answer to the question."""

    detail: str


Answer = Variables | Refusal | Garbage


def question(ups: str) -> bytes:
    """Return the question for all variables of a supply."""
    return f"LIST VAR {ups}\n".encode()


def read_answer(data: bytes, ups: str) -> Answer | None:
    """Return the answer that ``data`` is, or None while it is not yet whole; raises nothing.

    Args:
        data: All that came since the question.
        ups: Name of the supply.
    """
    if len(data) > _MOST_BYTES:
        return Garbage(f"more than {_MOST_BYTES} bytes")
    *lines, rest = data.decode("utf-8", "replace").split("\n")
    begin, end = f"BEGIN LIST VAR {ups}", f"END LIST VAR {ups}"
    values: dict[str, str] = {}
    for number, line in enumerate(lines):
        words = _words(line)
        if words[:1] == [_REFUSED]:
            return Refusal(words[1] if len(words) > 1 else "")
        if number == 0:
            if line != begin:
                return Garbage("begins otherwise")
        elif line == end:
            return Garbage("goes on after its end") if rest or number + 1 < len(lines) else Variables(values)
        elif len(words) == _VARIABLE_WORDS and words[:2] == ["VAR", ups]:
            values[words[2]] = words[3]
        else:
            return Garbage("a line that is no variable")
    return None


def _words(line: str) -> list[str]:
    try:
        return shlex.split(line)
    except ValueError:  # a quote without its end
        return []
