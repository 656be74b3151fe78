"""What is rung, and when staff are called."""

from kiosk.session.effects import CallStaff, Ring, Tone
from kiosk.session.events import (
    CardWasDetected,
    CardWasRemoved,
    Continued,
    Ended,
    MoreTimeAsked,
    Started,
    Touched,
)
from kiosk.session.states import Attract, Ending, Home

from .conftest import Walk

FORGOTTEN = "idcard.forgotten"


def rung(walk: Walk, seconds: int) -> list[Ring | CallStaff]:
    """Let time pass as it does, and return what was asked for."""
    asked: list[Ring | CallStaff] = []
    for _ in range(2 * seconds):
        walk.waits(0.5)
        asked += [effect for effect in walk.effects if isinstance(effect, Ring | CallStaff)]
    return asked


def left(walk: Walk) -> Walk:
    """Somebody ends the visit, with the card still there."""
    return walk.to_question().does(Ended())


def test_a_warning_is_heard_once_and_said_where_something_personal_would_be_lost(walk: Walk) -> None:
    walk.to_prefill()
    assert rung(walk, 70) == [Ring(Tone.WARNING, words=True)]
    walk.does(MoreTimeAsked())
    assert rung(walk, 70) == [Ring(Tone.WARNING, words=True)]


def test_a_warning_before_anybody_is_known_is_a_tone_alone(walk: Walk) -> None:
    walk.to_home()
    assert rung(walk, 50) == [Ring(Tone.WARNING)]


def test_the_warning_at_the_end_of_the_whole_visit_is_heard_too(walk: Walk) -> None:
    walk.to_home()
    walk.now_s += 1800
    walk.does(Touched())
    assert rung(walk, 1) == [Ring(Tone.WARNING)]


def test_a_card_left_behind_is_rung_for_every_five_seconds_and_said_once(walk: Walk) -> None:
    assert isinstance(left(walk).state, Ending)
    assert rung(walk, 16) == [Ring(Tone.CARD, words=True), *[Ring(Tone.CARD)] * 3]


def test_a_card_that_is_lifted_is_not_rung_for_and_the_goodbye_goes(walk: Walk) -> None:
    left(walk).waits(0.5).does(CardWasRemoved())
    assert rung(walk, 20) == []
    assert isinstance(walk.state, Attract)


def test_staff_are_called_once_after_a_minute_and_the_bell_is_silent(walk: Walk) -> None:
    left(walk)
    asked = rung(walk, 61)
    assert [effect for effect in asked if isinstance(effect, CallStaff)] == [
        CallStaff(walk.session.serial, FORGOTTEN)
    ]
    assert len(asked) == 13
    assert isinstance(walk.state, Ending)
    assert rung(walk, 600) == []
    assert isinstance(walk.state, Attract)
    assert walk.session.left is not None


def test_the_card_is_rung_for_on_the_start_screen_as_well(walk: Walk) -> None:
    left(walk).waits(0.5).does(Continued())
    assert isinstance(walk.state, Attract)
    assert rung(walk, 10) == [Ring(Tone.CARD)] * 2


def test_the_next_resident_is_not_rung_at_and_staff_are_not_called_twice(walk: Walk) -> None:
    left(walk)
    rung(walk, 80)
    walk.does(Started())
    assert isinstance(walk.state, Home)
    walk.does(Ended())
    assert isinstance(walk.state, Ending)
    assert rung(walk, 90) == []


def test_a_visit_without_its_card_rings_for_nothing(walk: Walk) -> None:
    walk.to_prefill().does(CardWasRemoved(), Ended())
    assert rung(walk, 40) == []


def test_a_second_card_is_another_alert(walk: Walk) -> None:
    left(walk)
    rung(walk, 61)
    walk.does(CardWasRemoved(), Ended()).to_identify().does(CardWasDetected(), Ended())
    assert isinstance(walk.state, Ending)
    assert sum(isinstance(effect, CallStaff) for effect in rung(walk, 61)) == 1
