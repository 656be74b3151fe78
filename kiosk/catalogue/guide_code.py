"""A guide to take along in a code: the address of the guide, or without one what matters most of it."""

from collections.abc import Iterator
from urllib.parse import urlencode

from kiosk.catalogue.model import Material, ServiceItem
from kiosk.domain.text import Language, Text

MOST_BYTES = 600
"""A code of 97 modules a side; held still, every phone reads it from the screen."""

BRING = Text("需要的材料", "What to bring")
NOTHING = Text("不需要材料", "Nothing to bring")
WHERE = Text("办理地点", "Where")
PHONE = Text("咨询电话", "Enquiries")
SAMPLE = Text("演示内容，不作为办理依据", "Sample content, not official")
_SOMETIMES = Text("（有的情况才要）", " (in some cases)")
_MORE = Text("…还有，请看终端上的指南", "… and more, see the guide at the terminal")
_AS_OF = Text("指南日期", "Guide of")
_COLON = Text("：", ": ")


def guide_code(item: ServiceItem, language: Language, guides_url: str | None) -> str:
    """Return what the code holds.

    Args:
        item: Whose guide.
        language: Of the guide.
        guides_url: Where guides are on the web; None: a phone shows the words of the code, without a network.
    """
    if guides_url is not None:
        return f"{guides_url}?{urlencode({'item': item.code, 'lang': language.value})}"
    guide, colon = item.guide, _COLON.in_(language)
    start = item.name.in_(language)
    end = [
        WHERE.in_(language) + colon + guide.window.in_(language),
        PHONE.in_(language) + colon + guide.phone,
        _AS_OF.in_(language) + colon + guide.as_of,
        *([SAMPLE.in_(language)] if item.sample else []),
    ]
    names = list(_to_bring(item.materials, language))
    head = (BRING if names else NOTHING).in_(language)
    for kept in range(len(names), -1, -1):
        cut = [_MORE.in_(language)] if kept < len(names) else []
        said = "\n".join([start, head, *names[:kept], *cut, *end])
        if len(said.encode()) <= MOST_BYTES:
            return said
    return "\n".join([start, *end])


def _to_bring(materials: tuple[Material, ...], language: Language) -> Iterator[str]:
    for material in materials:
        if material.source != "e-licence":
            sometimes = not material.required or material.when is not None
            yield f"- {material.name.in_(language)}{_SOMETIMES.in_(language) if sometimes else ''}"
