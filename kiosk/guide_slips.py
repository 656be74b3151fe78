"""A guide on the paper of the receipt printer: what to bring, how long, where."""

from collections.abc import Iterator
from datetime import datetime

from devices.model import Block, GapBlock, PairBlock, RuleBlock, TextBlock
from kiosk.catalogue.acting import load_acting
from kiosk.catalogue.guide_code import BRING, NOTHING, PHONE, SAMPLE, WHERE
from kiosk.catalogue.model import ServiceItem
from kiosk.domain.local_time import local_time
from kiosk.domain.text import Language, Text

_TITLE = Text("办事指南", "Guide")
_WHO = Text("谁可以办", "For whom")
_FILED_BY = Text("谁来办", "Filed by")
_DAYS = Text("承诺时限", "Decided within")
_WORKING_DAYS = Text("{days} 个工作日", "{days} working days")
_FEE = Text("费用", "Fee")
_AS_OF = Text("指南日期 {as_of}，打印于 {at}", "Guide of {as_of}, printed {at}")
_OPTIONAL = Text("（没有可以不交）", " (only if you have it)")


def guide_blocks(item: ServiceItem, language: Language, printed_at: datetime) -> tuple[Block, ...]:
    """Return what stands on the slip.

    Args:
        item: Whose guide.
        language: Of the slip.
        printed_at: Aware time.
    """
    return tuple(_blocks(item, language, printed_at))


def _blocks(item: ServiceItem, language: Language, printed_at: datetime) -> Iterator[Block]:
    guide = item.guide
    yield TextBlock(_TITLE.in_(language), size="large", align="centre", bold=True)
    yield TextBlock(item.name.in_(language), size="large", align="centre", bold=True)
    yield TextBlock(item.department.in_(language), align="centre")
    yield RuleBlock()
    yield PairBlock(_WHO.in_(language), guide.who.in_(language))
    if item.filing == "here":
        yield PairBlock(_FILED_BY.in_(language), load_acting().who[item.agent].in_(language))
    days = _WORKING_DAYS.in_(language).format(days=guide.promised_days)
    yield PairBlock(_DAYS.in_(language), days)
    yield PairBlock(_FEE.in_(language), guide.fee.in_(language))
    yield PairBlock(WHERE.in_(language), guide.window.in_(language))
    yield PairBlock(PHONE.in_(language), guide.phone)
    yield RuleBlock()
    yield TextBlock((BRING if item.materials else NOTHING).in_(language), bold=True)
    for at, material in enumerate(item.materials, start=1):
        optional = "" if material.required else _OPTIONAL.in_(language)
        yield TextBlock(f"{at}. {material.name.in_(language)}{optional}")
        yield TextBlock(material.how.in_(language), size="small")
    yield GapBlock(2.0)
    at = f"{local_time(printed_at):%Y-%m-%d %H:%M}"
    yield TextBlock(_AS_OF.in_(language).format(as_of=guide.as_of, at=at), size="small")
    if item.sample:
        yield TextBlock(SAMPLE.in_(language), size="small", align="centre")
