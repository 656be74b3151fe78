"""Life events (生命周期事件) by which residents look for a service: what just happened to them."""

from dataclasses import dataclass

from kiosk.domain.text import Text


@dataclass(frozen=True, slots=True)
class LifeEvent:
    """One life event.

    Args:
        key: As in ``item.json``.
        title: What it is called.
        icon: Name of its picture.
    """

    key: str
    title: Text
    icon: str


LIFE_EVENTS: tuple[LifeEvent, ...] = (
    LifeEvent("birth", Text("生孩子", "Having a child"), "child"),
    LifeEvent("school", Text("孩子上学", "A child starts school"), "school"),
    LifeEvent("work", Text("找工作、参加工作", "Finding work"), "work"),
    LifeEvent("business", Text("做生意、开店", "Starting a business"), "shop"),
    LifeEvent("moving", Text("搬家、落户", "Moving home"), "home"),
    LifeEvent("housing", Text("租房、买房", "Renting or buying a home"), "building"),
    LifeEvent("marriage", Text("结婚、离婚", "Marriage and divorce"), "family"),
    LifeEvent("illness", Text("看病就医", "Illness"), "health"),
    LifeEvent("disability", Text("残疾帮扶", "Living with a disability"), "support"),
    LifeEvent("hardship", Text("遇到困难", "Hard times"), "attention"),
    LifeEvent("service", Text("参军退役", "Military service"), "star"),
    LifeEvent("retire", Text("退休养老", "Retiring and growing old"), "elderly"),
    LifeEvent("travel", Text("出行、驾车、出境", "Driving and travel"), "place"),
    LifeEvent("death", Text("家人去世", "A death in the family"), "document"),
)
LIFE_EVENT_KEYS = frozenset(event.key for event in LIFE_EVENTS)
