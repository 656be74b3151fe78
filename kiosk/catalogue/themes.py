"""Themes by which residents find a service (服务主题): what happened in their life, not who is in charge."""

from kiosk.catalogue.facets import Group
from kiosk.domain.text import Text

THEMES: tuple[Group, ...] = (
    Group("elderly", Text("养老敬老", "Later life"), "elderly"),
    Group("residence", Text("户籍居住", "Residence"), "home"),
    Group("social-security", Text("社会保障", "Social security"), "card"),
    Group("education", Text("教育入学", "School"), "school"),
    Group("disability", Text("助残帮扶", "Disability support"), "support"),
    Group("housing", Text("住房保障", "Public housing"), "building"),
    Group("business", Text("开办经营", "Starting a business"), "shop"),
    Group("health", Text("医疗生育", "Health and birth"), "health"),
    Group("work", Text("就业创业", "Work"), "work"),
    Group("family", Text("婚姻家庭", "Family"), "family"),
    Group("traffic", Text("交通出行", "Driving and travel"), "place"),
    Group("law", Text("公安法律", "Police and law"), "shield"),
    Group("veterans", Text("退役军人", "Veterans"), "star"),
)
THEME_KEYS = frozenset(theme.key for theme in THEMES)
