import pytest

from kiosk.session.effects import WipeSession
from kiosk.session.events import Continued, Ended, MoreTimeAsked, SearchEdited, Touched, WentBack
from kiosk.session.leaving import leave
from kiosk.session.states import Attract, Ending, Finding, Home, Previewing, Submitting

from .conftest import Walk

EVERY_SCREEN = [
    "to_home",
    "to_find",
    "to_guide",
    "to_notice",
    "to_identify",
    "to_loading",
    "to_prefill",
    "to_question",
    "to_materials",
    "to_capture",
    "to_review",
]


@pytest.mark.parametrize("there", EVERY_SCREEN)
def test_whoever_walks_away_is_asked_and_then_forgotten(walk: Walk, there: str) -> None:
    getattr(walk, there)()
    serial = walk.session.serial
    walk.waits(130)
    assert walk.session.warning_until_s is not None
    walk.waits(31)
    assert isinstance(walk.state, Attract | Ending)
    assert WipeSession(serial) in walk.effects
    walk.waits(61).waits(16)  # a card that still lies there is rung for first
    assert isinstance(walk.state, Attract)


@pytest.mark.parametrize("there", EVERY_SCREEN)
def test_end_works_on_every_screen(walk: Walk, there: str) -> None:
    getattr(walk, there)()
    serial = walk.session.serial
    walk.does(Ended())
    assert isinstance(walk.state, Attract | Ending)
    assert WipeSession(serial) in walk.effects


@pytest.mark.parametrize("there", EVERY_SCREEN)
def test_back_works_on_every_screen(walk: Walk, there: str) -> None:
    getattr(walk, there)()
    before = walk.state
    walk.does(WentBack())
    assert walk.state != before


def test_a_warning_stays_at_least_twenty_seconds(walk: Walk) -> None:
    walk.to_prefill().waits(61)
    assert walk.session.warning_until_s is not None
    assert walk.session.warning_until_s - walk.now_s >= 20


def test_one_touch_on_the_warning_goes_on_where_it_was(walk: Walk) -> None:
    walk.to_prefill()
    before = walk.state
    walk.waits(61).does(MoreTimeAsked()).waits(59)
    assert walk.state == before
    assert walk.session.warning_until_s is None


def test_behind_the_warning_nothing_can_be_pressed(walk: Walk) -> None:
    walk.to_prefill().waits(61).does(Continued(), Touched())
    assert isinstance(walk.state, Previewing)
    assert walk.session.warning_until_s is not None


def test_a_touch_is_a_sign_of_life(walk: Walk) -> None:
    walk.to_home().waits(44).does(Touched()).waits(44)
    assert walk.session.warning_until_s is None


def test_typing_is_a_sign_of_life(walk: Walk) -> None:
    walk.to_find().waits(44).does(SearchEdited("老")).waits(44)
    assert walk.state == Finding("老")
    assert walk.session.warning_until_s is None


def test_nobody_is_hurried_while_the_application_is_on_its_way(walk: Walk) -> None:
    walk.to_storing().waits(600)
    assert isinstance(walk.state, Submitting)
    assert walk.session.warning_until_s is None


def test_the_attract_screen_never_warns(walk: Walk) -> None:
    assert isinstance(walk.waits(100_000).state, Attract)
    assert walk.session.warning_until_s is None


def test_leaving_twice_changes_nothing_more(walk: Walk) -> None:
    walk.to_home()
    session, _ = leave(walk.session)
    assert leave(session) == (session, ())
    assert not isinstance(session.state, Home)
