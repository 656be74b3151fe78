"""A catalogue as large as a district's: the built-in items, and invented guides until there are enough."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from itertools import product

from kiosk.catalogue.catalogue import Catalogue
from kiosk.catalogue.loader import load_builtin
from kiosk.catalogue.model import ServiceItem
from kiosk.catalogue.reading import Entry
from kiosk.domain.text import Text

DISTRICT = 372
"""Guides that the district has."""
_MATTERS = (
    ("临时占用道路", "temporary use of a road"),
    ("建筑垃圾运输", "transport of building waste"),
    ("公共场所卫生", "hygiene in public places"),
    ("民办培训机构", "private training centre"),
    ("房屋装修", "home renovation"),
    ("户外广告", "outdoor advertising"),
    ("城市绿地砍伐", "felling of city trees"),
    ("养犬", "keeping a dog"),
    ("特种设备使用", "special equipment"),
    ("危险化学品经营", "trade in dangerous goods"),
    ("劳务派遣", "labour dispatch"),
    ("医疗机构执业", "medical institution"),
    ("社会团体成立", "founding an association"),
    ("文艺演出", "public performance"),
    ("出版物零售", "book shop"),
    ("网约车运输", "ride-hailing vehicle"),
    ("排水接管", "connection to the sewer"),
    ("计量器具检定", "checking of measures"),
    ("食品小作坊", "small food workshop"),
    ("烟草专卖零售", "tobacco shop"),
    ("人防工程", "civil defence works"),
    ("消防安全检查", "fire safety inspection"),
    ("建设工程规划", "building plan"),
    ("取水", "drawing of water"),
)
_ACTS = (
    ("许可申请", "permit"),
    ("许可变更", "change of a permit"),
    ("许可延续", "extension of a permit"),
    ("许可注销", "end of a permit"),
    ("备案", "filing"),
    ("补办证件", "replacement of a certificate"),
    ("信息查询", "information"),
    ("年度报告", "yearly report"),
    ("现场核查预约", "appointment for an inspection"),
    ("证明开具", "certificate"),
    ("资金补贴", "subsidy"),
    ("违法举报", "report of an offence"),
    ("登记", "registration"),
)
_KINDS = ("个人", "企业", "社区")


@cache
def load_of(count: int = DISTRICT) -> Catalogue:
    """Return a catalogue of ``count`` items; the built-in ones come first.

    Raises:
        ValueError: So many cannot be invented.
    """
    builtin = load_builtin()
    entries = [*builtin.entries, *_invented(builtin)][:count]
    if len(entries) < count:
        raise ValueError(f"only {len(entries)} items can be invented")
    return Catalogue(entries, builtin.version, datetime.now(UTC))


def _invented(builtin: Catalogue) -> Iterator[Entry]:
    guides = [item for item in builtin.items if item.filing == "window"]
    for number, (kind, act, matter) in enumerate(product(_KINDS, _ACTS, _MATTERS)):
        model = guides[number % len(guides)]
        yield Entry(_invent(model, number, kind, act, matter), None)


def _invent(
    model: ServiceItem, number: int, kind: str, act: tuple[str, str], matter: tuple[str, str]
) -> ServiceItem:
    name = Text(f"{kind}{matter[0]}{act[0]}", f"{matter[1].capitalize()}: {act[1]} {number:03d}")
    aliases = (f"{matter[0]}怎么办", f"{act[0]}{matter[0][:2]}", f"{matter[1]} {act[1]}")
    return replace(model, code=f"invented-{number:03d}", name=name, aliases=aliases, offer=(), withdrawn=None)
