"""Themes by which residents find a service (服务主题): what happened in their life, not who is in charge."""

from dataclasses import dataclass

from kiosk.domain.text import Text


@dataclass(frozen=True, slots=True)
class Theme:
    """One door of the finding screen.

    Args:
        key: As in ``item.json``.
        title: What it is called.
        icon: Name of its picture.
    """

    key: str
    title: Text
    icon: str


THEMES: tuple[Theme, ...] = (
    Theme("elderly", Text("养老敬老", "Later life"), "elderly"),
    Theme("residence", Text("户籍居住", "Residence"), "home"),
    Theme("social-security", Text("社会保障", "Social security"), "card"),
    Theme("education", Text("教育入学", "School"), "school"),
    Theme("disability", Text("助残帮扶", "Disability support"), "support"),
    Theme("housing", Text("住房保障", "Public housing"), "building"),
    Theme("business", Text("开办经营", "Starting a business"), "shop"),
    Theme("health", Text("医疗生育", "Health and birth"), "health"),
    Theme("work", Text("就业创业", "Work"), "work"),
    Theme("family", Text("婚姻家庭", "Family"), "family"),
    Theme("traffic", Text("交通出行", "Driving and travel"), "place"),
    Theme("law", Text("公安法律", "Police and law"), "shield"),
    Theme("veterans", Text("退役军人", "Veterans"), "star"),
)
THEME_KEYS = frozenset(theme.key for theme in THEMES)
