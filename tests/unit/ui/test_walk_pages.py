"""The pages of one document, by touch: taken one after the other, put in order, taken out, put back."""

import pytest

from kiosk.demo.scenes import visits
from kiosk.domain.text import Language
from kiosk.session.events import PageTaken, PreviewSeen
from kiosk.session.states import Capturing, Gathering, Paging
from tests.support.panel import KEYBOARD_NOISE
from tests.support.walking import SCENES, SERIAL, Walk
from ui.messages import say

pytestmark = KEYBOARD_NOISE

LEASE = "contract"


def order(walk: Walk) -> list[int]:
    """The pages by the numbers they had in the scene."""
    assert isinstance(walk.state, Paging | Capturing | Gathering)
    numbers = {visits.numbered(LEASE, number).jpeg: number for number in range(1, 5)}
    return [numbers[page.jpeg] for page in walk.state.visit.pages_of(LEASE)]


def takes(walk: Walk, number: int) -> Walk:
    return walk.taps("capture").hears(PageTaken(SERIAL, visits.numbered(LEASE, number), ())).taps("continue")


def test_pages_are_taken_one_after_the_other_until_there_are_enough(walk: Walk) -> None:
    given = SCENES["capture-second"]
    assert isinstance(given, Capturing)
    walk.begins(Gathering(given.visit.with_pages(LEASE, ()))).taps(f"material-{LEASE}").sees(
        "title", "第 1 页"
    )
    takes(walk, 1).is_at(Paging).taps("continue").is_told("materials.too-few-pages", least=2)
    takes(walk.taps("page-add").sees("title", "第 2 页"), 2).is_at(Paging).sees("page-2")
    walk.taps("continue").is_at(Gathering)
    assert order(walk) == [1, 2]


def test_a_page_is_moved_forward_and_back_and_the_ends_are_off(walk: Walk) -> None:
    walk.begins("pages").taps("page-3").sees("title", "第 3 页，共 3 页")
    assert not walk.panel.control("page-later").isEnabled()
    walk.taps("page-earlier").sees("title", "第 2 页，共 3 页")
    walk.taps("page-earlier").sees("title", "第 1 页，共 3 页")
    assert order(walk) == [3, 1, 2]
    assert not walk.panel.control("page-earlier").isEnabled()
    walk.taps("page-later", "continue").sees("page-3")
    assert order(walk) == [1, 3, 2]


def test_a_page_is_taken_out_and_put_back(walk: Walk) -> None:
    walk.begins("pages").taps("page-2", "page-remove").sees("removed", "第 2 页")
    assert order(walk) == [1, 3]
    walk.taps("page-restore").sees("page-3")
    assert order(walk) == [1, 2, 3]
    assert not walk.shows("removed")


def test_a_page_is_taken_again_in_its_place(walk: Walk) -> None:
    walk.begins("pages").taps("page-1", "retake").is_at(Capturing).sees("title", "第 1 页")
    takes(walk, 4).is_at(Paging)
    assert order(walk) == [4, 2, 3]


def test_a_full_document_says_why_nothing_can_be_added(walk: Walk) -> None:
    walk.begins("pages-full").sees("full", "最多 10 页")
    assert not walk.panel.control("page-add").isEnabled()


def test_a_page_that_is_there_already_is_told_and_kept_when_it_is_another(walk: Walk) -> None:
    walk.begins("capture-second").taps("capture")
    walk.hears(PageTaken(SERIAL, visits.numbered(LEASE, 2), ("page.duplicate",))).sees("title", "已经有了")
    walk.sees("finding", "重复").taps("accept").is_at(Paging)
    assert order(walk) == [1, 2]


@pytest.mark.parametrize(
    "hint",
    ["live.too-dark", "live.no-page", "live.cut-off", "live.blurred", "live.moving", "live.ready"],
)
def test_what_to_do_with_the_page_is_said_before_the_photo(walk: Walk, hint: str) -> None:
    walk.begins("capture-photo").hears(PreviewSeen(SERIAL, hint))
    assert isinstance(walk.state, Capturing)
    walk.sees("hint", say(hint, Language.ZH))
