"""How Chinese is spoken, for the search. The dictionary behind it is loaded when it is first asked."""


def syllables(text: str) -> tuple[str, ...]:
    """Return a text's syllables in Pinyin without tones; what is no character stays as it is."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415  # its dictionary takes a fifth of a second to load

    return tuple(lazy_pinyin(text))


def initials(text: str) -> str:
    """Return the first letter of each syllable."""
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415  # its dictionary takes a fifth of a second to load

    return "".join(lazy_pinyin(text, style=Style.FIRST_LETTER))
