from kiosk.session.access import Access
from kiosk.session.events import AccessChanged, MoreTimeAsked, Touched
from kiosk.session.states import Attract, Ending, Guiding

from .conftest import Walk

HALF_AN_HOUR = 1800


def busy(walk: Walk, seconds: int) -> Walk:
    """Somebody who touches the screen all the time."""
    for _ in range(0, seconds, 10):
        walk.waits(10).does(Touched())
        if walk.session.warning_until_s is not None:
            break
    return walk


def test_a_visit_that_never_ends_is_warned_and_put_off_once(walk: Walk) -> None:
    busy(walk.to_guide(), HALF_AN_HOUR + 20)
    assert walk.session.warning_until_s is not None
    walk.does(MoreTimeAsked())
    assert walk.session.warning_until_s is None
    busy(walk, 920)
    assert walk.session.warning_until_s is not None
    walk.does(MoreTimeAsked())
    assert walk.session.warning_until_s is not None
    walk.waits(61)
    assert isinstance(walk.state, Attract | Ending)


def test_a_usual_visit_never_meets_it(walk: Walk) -> None:
    busy(walk.to_guide(), HALF_AN_HOUR - 60)
    assert isinstance(walk.state, Guiding)
    assert walk.session.warning_until_s is None


def test_the_next_resident_has_the_whole_time_again(walk: Walk) -> None:
    walk.to_guide()
    walk.waits(91).waits(31)
    assert walk.session.begun_s is None
    walk.to_home()
    assert walk.session.begun_s == walk.now_s


def test_whoever_needs_time_has_three_quarters_of_an_hour(walk: Walk) -> None:
    walk.to_guide().does(AccessChanged(Access(slow=True)))
    busy(walk, HALF_AN_HOUR + 20)
    assert walk.session.warning_until_s is None
    busy(walk, HALF_AN_HOUR // 2)
    assert walk.session.warning_until_s is not None
