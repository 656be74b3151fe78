"""Scenes of the pre-check, over an item that is given one."""

from collections.abc import Iterator
from dataclasses import replace

from kiosk.catalogue.model import ServiceItem
from kiosk.catalogue.situation import Condition, Question, Way
from kiosk.domain.text import Text
from kiosk.session.states import Checking, Fault, Notifying, State, Unfit

HOUSEHOLD = Question(
    "household",
    Text("老人的户籍在哪里？", "Where is the elderly person's household registered?"),
    (
        Way("district", Text("宝安区", "Bao'an district")),
        Way("city", Text("深圳市其他区", "Another district of Shenzhen")),
        Way(
            "other",
            Text("深圳以外", "Outside Shenzhen"),
            Text(
                "高龄老人津贴由户籍所在地发放。请向户籍所在地的民政部门申请，多数地方可以在网上办。",
                "The old-age allowance is paid where the household is registered. Please apply to the civil "
                "affairs office there; most offer it online.",
            ),
        ),
    ),
)
LIVING = Question(
    "living",
    Text("老人现在住在哪里？", "Where does the elderly person live now?"),
    (
        Way("home", Text("在家，由家人照顾", "At home, cared for by the family")),
        Way("alone", Text("自己一个人住", "Alone")),
        Way("institution", Text("在养老机构", "In a care institution")),
    ),
)


def checked(item: ServiceItem) -> ServiceItem:
    """Return an item with a pre-check of two questions; its second document is needed in one situation."""
    first, second = item.materials
    only_at_home = replace(second, when=Condition("living", ("home", "alone")))
    return replace(item, precheck=(HOUSEHOLD, LIVING), materials=(first, only_at_home))


def states(plain: ServiceItem) -> Iterator[tuple[str, State]]:
    """Every state of the pre-check."""
    item = checked(plain)
    yield "precheck", Checking(item, "household")
    yield "precheck-chosen", Checking(item, "living", situation=(("household", "city"), ("living", "home")))
    yield "precheck-fault", Checking(item, "household", fault=Fault("precheck.choose-first"))
    yield "unfit", Unfit(item, situation=(("household", "other"),))
    yield "notice-after-precheck", Notifying(item, situation=(("household", "city"), ("living", "home")))
