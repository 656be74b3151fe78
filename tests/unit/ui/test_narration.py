from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import pytest

from kiosk.demo.scenes import visits
from kiosk.domain.text import Language
from kiosk.session.states import Finding, Home
from tests.support.panel import Panel
from ui.narration import Entry, entries
from ui.words.narration import Role

SCREENS = list(visits.states())


def listed(panel: Panel, language: Language = Language.ZH) -> dict[str, Entry]:
    return {entry.id: entry for entry in entries(panel.app.window, language)}


@dataclass(frozen=True)
class Heard:
    """What stands on a screen and what is read of it."""

    title: str
    controls: list[str]
    entries: tuple[Entry, ...]


@pytest.fixture(scope="module")
def heard(one_panel_a_file: Panel) -> Callable[[str], Heard]:
    """One window for every screen, each looked at once."""
    panel = one_panel_a_file

    @cache
    def hear(name: str) -> Heard:
        panel.show(dict(SCREENS)[name])
        controls = [control.objectName() for control in panel.controls()]
        return Heard(panel.text("title"), controls, entries(panel.app.window))

    return hear


@pytest.mark.parametrize("name", [name for name, _ in SCREENS])
def test_every_control_of_a_screen_is_in_the_list_with_a_name_and_a_help(
    heard: Callable[[str], Heard], name: str
) -> None:
    found = {entry.id: entry for entry in heard(name).entries}
    for control in heard(name).controls:
        entry = found[control]
        assert entry.is_control
        assert entry.name
        assert entry.help


@pytest.mark.parametrize("name", [name for name, _ in SCREENS if name != "attract"])
def test_a_screen_is_read_from_its_heading_to_the_way_out(heard: Callable[[str], Heard], name: str) -> None:
    found = heard(name).entries
    headings = [at for at, entry in enumerate(found) if entry.role is Role.HEADING]
    assert found[headings[0]].name == heard(name).title
    # Above it stands at most how far one is, and what went wrong with a way to it.
    above = [entry for entry in found[: headings[0]] if not (entry.spare or entry.role is Role.ALERT)]
    assert len(above) <= 1
    assert found[-1].id == "end"


@pytest.mark.parametrize("name", [name for name, _ in SCREENS])
def test_nothing_personal_is_said_aloud(heard: Callable[[str], Heard], name: str) -> None:
    aloud = "".join(entry.spoken(aloud=True) for entry in heard(name).entries)
    for secret in (visits.NAME, visits.NUMBER[-4:], visits.PHONE[4:], "织网路", "陈晓东"):
        assert secret not in aloud


def test_with_headphones_a_personal_answer_is_said(panel: Panel) -> None:
    panel.show(visits.asking("emergency_name", "陈晓东"))
    answer = listed(panel)["answer"]
    assert answer.private
    assert "陈晓东" in answer.spoken(aloud=False)
    assert "耳机" in answer.spoken(aloud=True)


def test_a_choice_says_whether_it_is_chosen_and_which_of_how_many(panel: Panel) -> None:
    panel.show(visits.asking("care_situation", "family"))
    assert listed(panel)["choice-family"].text == "家人照料，单选，已选中，第 2 项，共 4 项"
    panel.show(visits.asking("care_situation", "family"), Language.EN)
    assert listed(panel, Language.EN)["choice-helper"].text.endswith("choice, not chosen, 3 of 4")


def test_a_list_says_how_long_it_is(panel: Panel) -> None:
    panel.show(Finding())
    count = len(panel.core.catalogue.items)
    assert listed(panel)["item-old-age-allowance"].place == (1, count)


def test_what_covers_everything_is_all_that_is_said(panel: Panel) -> None:
    panel.show(Home())
    panel.core.show(warning_until_s=30.0)
    panel.robot.sees("warning")
    assert [entry.id for entry in entries(panel.app.window) if entry.is_control] == ["moreTime", "endNow"]


def test_a_number_on_a_plate_belongs_to_its_name(panel: Panel) -> None:
    panel.show(dict(SCREENS)["result-received"])
    said = [entry.text for entry in entries(panel.app.window)]
    assert f"回执编号，{visits.RECEIPT_NO}" in said
