"""From the bytes of a code to its text, or to nothing; pure.

What stands in a code was written by a stranger. It is text without control characters, or it is no code.
"""

import re
from typing import Final

from devices.codes.options import CodeOptions

_AIM_ID: Final = re.compile(r"\][A-Za-z][0-9A-Za-z]")
"""Flag, code character and modifier (ISO/IEC 15424)."""


def text_of(data: bytes, options: CodeOptions) -> str | None:
    """Return what a code says, or None when it says nothing that is allowed."""
    try:
        text = data.decode(options.charset)
    except UnicodeDecodeError:
        return None
    text = text.removeprefix(options.prefix).removesuffix(options.suffix)
    if options.aim_id:
        text = _AIM_ID.sub("", text, count=1) if _AIM_ID.match(text) else text
    return text if text and text.isprintable() else None
