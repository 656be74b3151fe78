"""Life events (生命周期事件) by which residents look for a service: what just happened to them."""

from kiosk.catalogue.facets import Group
from kiosk.domain.text import Text

LIFE_EVENTS: tuple[Group, ...] = (
    Group("birth", Text("生孩子", "Having a child"), "child"),
    Group("school", Text("孩子上学", "A child starts school"), "school"),
    Group("work", Text("找工作、参加工作", "Finding work"), "work"),
    Group("business", Text("做生意、开店", "Starting a business"), "shop"),
    Group("moving", Text("搬家、落户", "Moving home"), "home"),
    Group("housing", Text("租房、买房", "Renting or buying a home"), "building"),
    Group("marriage", Text("结婚、离婚", "Marriage and divorce"), "family"),
    Group("illness", Text("看病就医", "Illness"), "health"),
    Group("disability", Text("残疾帮扶", "Living with a disability"), "support"),
    Group("hardship", Text("遇到困难", "Hard times"), "attention"),
    Group("service", Text("参军退役", "Military service"), "star"),
    Group("retire", Text("退休养老", "Retiring and growing old"), "elderly"),
    Group("travel", Text("出行、驾车、出境", "Driving and travel"), "place"),
    Group("death", Text("家人去世", "A death in the family"), "document"),
)
LIFE_EVENT_KEYS = frozenset(event.key for event in LIFE_EVENTS)
