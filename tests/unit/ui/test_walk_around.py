"""What stands around every screen, by touch: time, languages, access, leaving, broken devices."""

import pytest

from kiosk.demo.scenes import visits
from kiosk.domain.text import Language
from kiosk.session.access import Access
from kiosk.session.effects import WipeSession
from kiosk.session.events import CardWasDetected, CardWasRemoved
from kiosk.session.limits import Limits, limit_of
from kiosk.session.states import Attract, Ending, State, SubmitPhase, Submitting
from tests.support.panel import KEYBOARD_NOISE
from tests.support.walking import SCENES, Walk, broken, healthy
from ui.viewmodels.surroundings import SCREENS

pytestmark = KEYBOARD_NOISE

FIRST: dict[type[State], str] = {}
for scene, at in SCENES.items():
    FIRST.setdefault(type(at), scene)
COVERED = tuple(name for kind, name in FIRST.items() if kind is not Attract)
"""One scene of every state in which somebody is here."""
TIMED = tuple(
    name
    for name in COVERED
    if (limit := limit_of(SCENES[name], Limits(), Access())) is not None and limit.warning_s
)
STORING = tuple(
    name for name in COVERED if isinstance(at := SCENES[name], Submitting) and at.phase is SubmitPhase.STORING
)
LEFT = tuple(name for name in COVERED if name not in STORING)


def test_every_state_is_walked_around() -> None:
    assert set(FIRST) == set(SCREENS)


@pytest.mark.parametrize("scene", TIMED)
def test_whoever_needs_more_time_gets_it_and_stays_where_they_were(walk: Walk, scene: str) -> None:
    walk.begins(scene)
    before, limit = walk.state, limit_of(walk.state, Limits(), Access())
    assert limit is not None
    walk.waits(limit.idle_s + 1).sees("countdown").taps("moreTime")
    walk.panel.robot.wait(lambda: not walk.shows("warning"), "the warning is gone")
    assert walk.state == before


@pytest.mark.parametrize("scene", TIMED)
def test_whoever_does_not_answer_the_warning_is_forgotten(walk: Walk, scene: str) -> None:
    walk.begins(scene)
    limit = limit_of(walk.state, Limits(), Access())
    assert limit is not None
    walk.waits(limit.idle_s + 1).waits(limit.warning_s + 1)
    assert isinstance(walk.state, Attract | Ending)
    assert walk.asked(WipeSession)


def test_the_warning_can_be_answered_with_the_end(walk: Walk) -> None:
    walk.begins("review").waits(61).taps("endNow").is_at(Ending)


def test_whoever_needs_time_is_warned_twice_as_late(walk: Walk) -> None:
    walk.begins("home").taps("access", "access-slow", "accessDone").waits(46)
    assert not walk.shows("warning")
    walk.waits(45).sees("warning")


def test_a_card_left_at_the_expiry_is_named(walk: Walk) -> None:
    walk.begins("prefill").hears(CardWasDetected()).waits(61).sees("card-lies").waits(31).is_at(Ending).sees(
        "take-card"
    )
    walk.hears(CardWasRemoved()).waits(16).sees("start")


@pytest.mark.parametrize("scene", COVERED)
def test_the_access_panel_opens_on_every_screen_and_leads_back_to_it(walk: Walk, scene: str) -> None:
    walk.begins(scene)
    before = walk.state
    walk.taps("access").sees("accessTitle").taps("access-contrast", "size-130", "accessDone")
    assert walk.state == before
    assert walk.core.session.access == Access(size=130, contrast=True)
    walk.sees("title")


@pytest.mark.parametrize("scene", COVERED)
def test_the_language_changes_on_every_screen_and_back(walk: Walk, scene: str) -> None:
    walk.begins(scene)
    chinese = walk.panel.robot.text("title")
    walk.taps("language")
    assert walk.core.session.language is Language.EN
    walk.panel.robot.wait(lambda: walk.panel.robot.text("title") != chinese, "the title is in English")
    walk.taps("language")
    walk.panel.robot.wait(lambda: walk.panel.robot.text("title") == chinese, "it is Chinese again")
    assert walk.state == SCENES[scene]


@pytest.mark.parametrize("language", Language)
def test_each_language_is_chosen_in_the_panel(walk: Walk, language: Language) -> None:
    walk.begins("home").taps("access", f"language-{language.value}", "accessDone")
    assert walk.core.session.language is language


def test_what_was_set_for_one_resident_is_gone_for_the_next(walk: Walk) -> None:
    walk.begins("home").taps("access", "access-low", "access-left", "size-160", "language-en", "accessDone")
    walk.taps("end").sees("start")
    assert walk.core.session.access == Access()
    assert walk.core.session.language is Language.ZH


def test_the_panel_puts_everything_back_at_once(walk: Walk) -> None:
    walk.begins("home").taps("access", "access-contrast", "accessReset", "accessDone")
    assert walk.core.session.access == Access()


@pytest.mark.parametrize("scene", LEFT)
def test_every_screen_can_be_left_and_nothing_stays(walk: Walk, scene: str) -> None:
    walk.begins(scene).taps("end")
    assert isinstance(walk.state, Attract | Ending)
    assert walk.asked(WipeSession)


@pytest.mark.parametrize("scene", STORING)
def test_only_the_blink_of_storing_cannot_be_left(walk: Walk, scene: str) -> None:
    walk.begins(scene)
    end = walk.panel.control("end")
    walk.panel.robot.wait(lambda: not end.isEnabled(), "the end has to wait")


@pytest.mark.parametrize(
    ("scene", "device"),
    [
        ("guide", "scanner-1"),
        ("identify", "idcard-1"),
        ("materials", "scanner-1"),
        ("capture-scan", "scanner-1"),
    ],
)
def test_a_device_that_fails_on_a_screen_that_needs_it_is_named_until_it_is_back(
    walk: Walk, scene: str, device: str
) -> None:
    walk.begins(scene)
    before = set(walk.panel.texts())
    walk.hears(broken(device))
    walk.panel.robot.wait(lambda: bool(set(walk.panel.texts()) - before), "it is named")
    assert walk.state == SCENES[scene]
    walk.hears(healthy(device))
    walk.panel.robot.wait(lambda: not set(walk.panel.texts()) - before, "it is not named any more")


@pytest.mark.parametrize("device", ["idcard-1", "scanner-1", "camera-1", "printer-1"])
def test_a_device_that_fails_elsewhere_takes_nothing_from_the_visit(walk: Walk, device: str) -> None:
    walk.begins(visits.asking("care_situation")).hears(broken(device)).taps("choice-family", "continue")
    assert not isinstance(walk.state, Attract | Ending)
