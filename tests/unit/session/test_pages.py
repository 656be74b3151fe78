"""Several pages of one document: taken, put in order, taken out, and what a page still lacks."""

from dataclasses import replace
from typing import Self

import pytest

from kiosk.catalogue.model import Material
from kiosk.domain.application import CapturedPage
from kiosk.domain.report import Report
from kiosk.session.effects import LookAtPreview, StartPreview, TakePage
from kiosk.session.events import (
    CaptureAsked,
    ChangeAsked,
    Continued,
    DeclarationToggled,
    Ended,
    MaterialChosen,
    PageFailed,
    PageTaken,
    PreviewSeen,
    RetakeAsked,
    Ticked,
    WentBack,
)
from kiosk.session.page_events import (
    AcceptedAsIs,
    MorePagesAsked,
    PageChosen,
    PageMoved,
    PageRemoved,
    PageRestored,
)
from kiosk.session.report_states import ReportPhoto
from kiosk.session.states import (
    Capturing,
    Ending,
    Fault,
    Gathering,
    Paging,
    Reviewing,
    Submitting,
    Visit,
)

from .conftest import Walk

CONTRACT, CARD = "contract", "social-security-card"


class Leafer(Walk):
    """Somebody with a lease of several pages: at least 2, at most 4."""

    def __init__(self) -> None:
        super().__init__()
        self.to_materials()
        lease = next(one for one in self.catalogue.item("lease-filing").materials if one.code == CONTRACT)
        contract = replace(lease, pages_min=2, pages_max=4)
        self.begins((contract, *self.item.materials))

    def begins(self, materials: tuple[Material, ...]) -> Self:
        visit = self.visit
        item = replace(visit.item, materials=materials)
        self.session = replace(self.session, state=Gathering(replace(visit, item=item)))
        return self

    @property
    def visit(self) -> Visit:
        assert isinstance(self.state, Gathering | Capturing | Paging | Reviewing)
        return self.state.visit

    @property
    def order(self) -> str:
        return "".join(page.jpeg.decode() for page in self.visit.pages_of(CONTRACT))

    def sheet(self, number: str, *findings: str) -> PageTaken:
        page = CapturedPage(CONTRACT, number.encode(), 10, 10, "scan", number.encode())
        return PageTaken(self.session.serial, page, findings)

    def with_pages(self, numbers: str) -> Self:
        self.does(MaterialChosen(CONTRACT))
        for place, number in enumerate(numbers):
            self.does(
                *((MorePagesAsked(),) if place else ()), CaptureAsked(), self.sheet(number), Continued()
            )
        return self

    def pages(self) -> Paging:
        assert isinstance(self.state, Paging)
        return self.state


@pytest.fixture
def leafer() -> Leafer:
    return Leafer()


def test_each_page_that_is_kept_leads_to_all_of_them(leafer: Leafer) -> None:
    leafer.with_pages("1")
    assert leafer.pages().looking is None
    leafer.does(MorePagesAsked(), CaptureAsked(), leafer.sheet("2"), Continued())
    assert leafer.order == "12"
    leafer.does(Continued())
    assert isinstance(leafer.state, Gathering)


def test_a_document_that_lacks_pages_says_so_and_can_be_left_all_the_same(leafer: Leafer) -> None:
    leafer.with_pages("1").does(Continued())
    assert leafer.pages().fault == Fault("materials.too-few-pages")
    leafer.does(WentBack(), Continued())
    assert isinstance(leafer.state, Gathering)
    assert leafer.state.fault == Fault("materials.missing")


def test_what_may_come_later_is_whole_or_not_there_at_all(leafer: Leafer) -> None:
    contract = replace(leafer.visit.item.materials[0], later=True)
    leafer.begins((contract,)).with_pages("1").does(WentBack(), Continued())
    assert isinstance(leafer.state, Gathering)
    leafer.does(MaterialChosen(CONTRACT), PageChosen(0), PageRemoved(), Continued(), Continued())
    assert isinstance(leafer.state, Reviewing)


def test_no_more_pages_are_taken_than_the_document_may_have(leafer: Leafer) -> None:
    leafer.with_pages("1234").does(MorePagesAsked())
    assert leafer.pages().looking is None


@pytest.mark.parametrize(
    ("place", "by", "order"), [(2, -1, "132"), (0, 1, "213"), (0, -1, "123"), (2, 1, "123")]
)
def test_a_page_is_moved_one_place_and_stays_in_view(leafer: Leafer, place: int, by: int, order: str) -> None:
    leafer.with_pages("123").does(PageChosen(place), PageMoved(by))
    assert leafer.order == order
    looking = leafer.pages().looking
    assert looking is not None
    assert leafer.order[looking] == "123"[place]


def test_a_page_that_was_taken_out_can_be_put_back_where_it_stood(leafer: Leafer) -> None:
    leafer.with_pages("123").does(PageChosen(1), PageRemoved())
    assert (leafer.order, leafer.pages().looking) == ("13", None)
    assert leafer.does(PageRestored()).order == "123"


def test_a_page_that_was_taken_out_is_gone_once_something_else_was_done(leafer: Leafer) -> None:
    leafer.with_pages("123").does(PageChosen(1), PageRemoved(), PageChosen(0), WentBack(), PageRestored())
    assert leafer.order == "13"


def test_a_page_taken_again_keeps_its_place(leafer: Leafer) -> None:
    leafer.with_pages("123").does(
        PageChosen(1), RetakeAsked(), CaptureAsked(), leafer.sheet("x"), Continued()
    )
    assert leafer.order == "1x3"
    assert leafer.pages().looking is None


def test_a_page_stays_until_the_new_one_is_kept(leafer: Leafer) -> None:
    leafer.with_pages("12").does(PageChosen(1), RetakeAsked(), CaptureAsked(), leafer.sheet("x"), WentBack())
    assert leafer.order == "12"
    leafer.pages()


def test_back_leads_from_one_page_to_all_and_from_all_to_the_list(leafer: Leafer) -> None:
    leafer.with_pages("12").does(PageChosen(1), WentBack())
    assert leafer.pages().looking is None
    leafer.does(WentBack())
    assert isinstance(leafer.state, Gathering)


def test_a_page_that_is_not_there_is_not_looked_at(leafer: Leafer) -> None:
    assert leafer.with_pages("12").does(PageChosen(2)).pages().looking is None


@pytest.mark.parametrize("finding", ["page.blurred", "page.duplicate"])
def test_a_page_with_a_finding_is_kept_by_a_touch_of_its_own_only(leafer: Leafer, finding: str) -> None:
    leafer.does(MaterialChosen(CONTRACT), CaptureAsked(), leafer.sheet("1", finding), Continued())
    assert isinstance(leafer.state, Capturing)
    assert leafer.does(AcceptedAsIs()).order == "1"


def test_a_page_is_compared_with_every_other_but_the_one_it_takes_the_place_of(leafer: Leafer) -> None:
    leafer.with_pages("12").does(MorePagesAsked(), CaptureAsked())
    assert leafer.effects == (TakePage(leafer.session.serial, CONTRACT, "scan", (b"1", b"2")),)
    leafer.does(WentBack(), PageChosen(0), RetakeAsked(), CaptureAsked())
    assert leafer.effects == (TakePage(leafer.session.serial, CONTRACT, "scan", (b"2",)),)


def test_pages_are_looked_through_from_the_review_and_lead_back_to_it(leafer: Leafer) -> None:
    leafer.with_pages("12")
    leafer.session = replace(leafer.session, state=Reviewing(leafer.visit))
    leafer.does(ChangeAsked(CONTRACT), PageChosen(1), PageMoved(-1), WentBack(), Continued())
    assert isinstance(leafer.state, Reviewing)
    assert leafer.order == "21"


def test_a_single_page_is_shown_at_once_and_taken_again_or_left(leafer: Leafer) -> None:
    leafer.takes(CARD).does(MaterialChosen(CARD))
    assert leafer.pages().looking == 0
    leafer.does(WentBack())
    assert isinstance(leafer.state, Gathering)
    leafer.does(MaterialChosen(CARD), RetakeAsked(), CaptureAsked(), leafer.page(CARD), Continued())
    assert isinstance(leafer.state, Gathering)
    assert len(leafer.visit.pages_of(CARD)) == 1


def test_a_single_page_that_was_taken_out_can_be_put_back(leafer: Leafer) -> None:
    leafer.takes(CARD).does(MaterialChosen(CARD), PageRemoved())
    assert leafer.visit.pages_of(CARD) == ()
    assert leafer.does(PageRestored()).pages().looking == 0


# What is left on the glass -------------------------------------------------------------------------


def test_the_original_is_reminded_of_though_its_page_was_taken_out(leafer: Leafer) -> None:
    leafer.with_pages("1").does(PageChosen(0), PageRemoved(), Ended())
    assert leafer.state == Ending(originals=True)


def test_the_original_of_a_scan_that_failed_is_reminded_of_too(leafer: Leafer) -> None:
    leafer.does(MaterialChosen(CONTRACT), CaptureAsked())
    leafer.does(PageFailed(leafer.session.serial, "scanner.jam"), Ended())
    assert leafer.state == Ending(originals=True)


def test_the_submission_remembers_what_lay_on_the_scanner(leafer: Leafer) -> None:
    leafer.begins(leafer.visit.item.materials[:1]).with_pages("12").does(Continued(), Continued())
    leafer.does(DeclarationToggled(declared=True), Continued())
    assert isinstance(leafer.state, Submitting)
    assert leafer.state.scanned


# The live picture -----------------------------------------------------------------------------------


def test_the_live_picture_is_looked_at_while_a_page_lies_before_the_camera(leafer: Leafer) -> None:
    leafer.does(MaterialChosen(CARD))
    assert StartPreview() in leafer.effects
    assert leafer.waits(0.5).effects == (LookAtPreview(leafer.session.serial),)
    leafer.does(PreviewSeen(leafer.session.serial, "live.too-dark"))
    assert isinstance(leafer.state, Capturing)
    assert leafer.state.hint == "live.too-dark"
    leafer.does(CaptureAsked())
    assert leafer.does(Ticked()).effects == ()


def test_the_scanner_has_no_live_picture_to_look_at(leafer: Leafer) -> None:
    assert leafer.does(MaterialChosen(CONTRACT)).waits(0.5).effects == ()


def test_a_reported_problem_may_look_like_anything(leafer: Leafer) -> None:
    leafer.session = replace(leafer.session, state=ReportPhoto(Report()))
    assert leafer.waits(0.5).effects == ()


def test_what_the_camera_sees_is_no_sign_of_life(leafer: Leafer) -> None:
    leafer.does(MaterialChosen(CARD))
    touched_s = leafer.session.touched_s
    leafer.now_s += 30
    leafer.does(PreviewSeen(leafer.session.serial, "live.moving"))
    assert leafer.session.touched_s == touched_s


def test_a_look_that_comes_after_the_photo_changes_nothing(leafer: Leafer) -> None:
    leafer.does(MaterialChosen(CARD), CaptureAsked(), leafer.page(CARD))
    before = leafer.state
    assert leafer.does(PreviewSeen(leafer.session.serial, "live.moving")).state == before
