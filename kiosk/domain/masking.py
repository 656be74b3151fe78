"""Personal data as it may stand on a public screen or on paper."""

# fmt: off
_COMPOUND_SURNAMES = frozenset((
    "欧阳", "司马", "上官", "诸葛", "夏侯", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒",
    "宇文", "长孙", "东方", "南宫", "西门", "独孤", "端木", "申屠", "公冶", "轩辕", "澹台",
    "钟离", "闻人", "太史", "淳于", "单于", "仲孙", "司空", "呼延", "濮阳", "拓跋", "公羊",
    "赫连", "鲜于", "闾丘", "东郭", "南郭", "百里", "万俟", "亓官",
))
# fmt: on
_WIDE_PLACES = ("市", "区", "街道")
"""Ends of places so large that naming them tells nobody's home."""
_MOBILE_DIGITS = 11
_NAME_WITH_COMPOUND = 3
"""A name of two characters is surname and given name, even where both spell a compound surname."""


def mask_name(name: str) -> str:
    """Return the surname and one star, whatever the length: ``张*``, ``欧阳*``, ``J*``."""
    name = name.strip()
    if len(name) >= _NAME_WITH_COMPOUND and name[:2] in _COMPOUND_SURNAMES:
        return f"{name[:2]}*"
    return f"{name[:1]}*"


def mask_number(number: str) -> str:
    """Return an identity or card number with its first three and last four: ``440***********1234``."""
    return _middle(number, head=3, tail=4)


def mask_phone(phone: str) -> str:
    """Return a phone number with its last four, a mobile also with its first three: ``138****5678``."""
    return _middle(phone, head=3 if len(phone) >= _MOBILE_DIGITS else 0, tail=4)


def mask_address(address: str) -> str:
    """Return an address up to the district or the street, the rest as stars: ``广东省深圳市宝安区****``."""
    shown = max((address.find(end) + len(end) for end in _WIDE_PLACES if end in address), default=0)
    return f"{address[:shown]}****"


def _middle(text: str, *, head: int, tail: int) -> str:
    hidden = len(text) - head - tail
    if hidden < tail:
        return "*" * len(text)
    return f"{text[:head]}{'*' * hidden}{text[-tail:]}"
