"""What a tap or a keystroke on each screen asks of the core."""

from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from PySide6.QtCore import QPoint, Qt

from kiosk.catalogue.facets import Facet
from kiosk.demo.scenes import visits
from kiosk.domain.text import Language
from kiosk.session.events import (
    AnswerEdited,
    CaptureAsked,
    ChangeAsked,
    Continued,
    DatumDisputed,
    DatumToggled,
    DeclarationToggled,
    Door,
    DoorOpened,
    Ended,
    Event,
    FacetChosen,
    GroupChosen,
    HereToggled,
    ItemChosen,
    LanguageChosen,
    MaterialChosen,
    MoreTimeAsked,
    NoticeDeclined,
    Rated,
    ReceiptChosen,
    ReprintAsked,
    RetakeAsked,
    Started,
    StrokeDrawn,
    StrokesCleared,
    WayChosen,
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
from kiosk.session.progress_link import progress_link
from kiosk.session.states import Home, Reviewing, State
from tests.support.panel import KEYBOARD_NOISE, Panel

pytestmark = KEYBOARD_NOISE

STATES: dict[str, State] = dict(visits.states())
TAPS: tuple[tuple[str, str, Event], ...] = (
    ("attract", "start", Started()),
    ("home", "door-apply", DoorOpened(Door.APPLY)),
    ("home", "door-guides", DoorOpened(Door.GUIDES)),
    ("home", "back", WentBack()),
    ("home", "end", Ended()),
    ("home", "language", LanguageChosen(Language.EN)),
    ("home", "door-mine", DoorOpened(Door.MINE)),
    ("mine", "offer-old-age-allowance", ItemChosen(visits.item())),
    ("find", "facet-event", FacetChosen(Facet.EVENT)),
    ("find", "facet-department", FacetChosen(Facet.DEPARTMENT)),
    ("find-themes", "group-elderly", GroupChosen("elderly")),
    ("find-group", "facet-all", FacetChosen(None)),
    ("find", "only-here", HereToggled(here=True)),
    ("find-departments", "only-here", HereToggled(here=False)),
    ("find", "item-old-age-allowance", ItemChosen(visits.item())),
    ("guide", "continue", Continued()),
    ("notice", "continue", Continued()),
    ("notice", "decline", NoticeDeclined()),
    ("identify", "back", WentBack()),
    ("prefill", "datum-phone-skip", DatumToggled("phone", used=False)),
    ("prefill", "datum-payout_bank-use", DatumToggled("payout_bank", used=True)),
    ("prefill", "datum-phone-wrong", DatumDisputed("phone")),
    ("prefill", "continue", Continued()),
    ("question-choice", "choice-self", AnswerEdited("self")),
    ("question-text", "continue", Continued()),
    ("materials", "material-social-security-card", MaterialChosen("social-security-card")),
    ("materials", "continue", Continued()),
    ("capture-scan", "capture", CaptureAsked()),
    ("capture-photo", "capture", CaptureAsked()),
    ("capture-blurred", "retake", RetakeAsked()),
    ("capture-good", "continue", Continued()),
    ("capture-blurred", "accept", AcceptedAsIs()),
    ("pages", "page-2", PageChosen(1)),
    ("pages", "page-add", MorePagesAsked()),
    ("pages-one", "page-earlier", PageMoved(-1)),
    ("pages-one", "page-later", PageMoved(1)),
    ("pages-one", "retake", RetakeAsked()),
    ("pages-one", "page-remove", PageRemoved()),
    ("pages-deleted", "page-restore", PageRestored()),
    ("review", "change-emergency_name", ChangeAsked("emergency_name")),
    ("review", "change-household-register", ChangeAsked("household-register")),
    ("review", "declaration", DeclarationToggled(declared=True)),
    ("review-declared", "declaration", DeclarationToggled(declared=False)),
    ("review-declared", "continue", Continued()),
    ("submit-sending", "stopWaiting", Continued()),
    ("result-received", "continue", Continued()),
    ("receipt-printed", "continue", Continued()),
    ("receipt-not-printed", "reprint", ReprintAsked()),
    ("receipt-on-phone", "reprint", ReprintAsked()),
    ("result-received", "receipt-phone", ReceiptChosen("phone")),
    ("result-received", "receipt-none", ReceiptChosen("none")),
    ("failed-not-stored", "continue", Continued()),
    ("failed-not-stored", "back", WentBack()),
    ("failed-refused", "keepOnPhone", ReceiptChosen("phone")),
    ("sign-drawn", "clear", StrokesCleared()),
    ("sign-drawn", "continue", Continued()),
    ("rating", "face-1", Rated(1)),
    ("rating", "face-5", Rated(5)),
    ("rating-sent", "continue", Continued()),
    ("precheck", "choice-city", WayChosen("city")),
    ("unfit", "continue", Continued()),
    ("end", "continue", Continued()),
)


def test_each_tap_asks_for_one_thing(panel: Panel) -> None:
    for name, control, event in TAPS:
        panel.show(STATES[name])
        panel.robot.tap(control)
        assert panel.core.posted == [event], f"{name}: {control}"


def test_the_warning_offers_more_time_first_and_the_end_second(panel: Panel) -> None:
    panel.show(Home())
    panel.core.show(warning_until_s=20.0)
    panel.robot.tap("moreTime")
    panel.robot.tap("endNow")
    assert panel.core.posted == [MoreTimeAsked(), Ended()]


def test_what_is_typed_is_told_and_the_echo_does_not_disturb_it(panel: Panel) -> None:
    panel.show(visits.asking("emergency_phone", "139"))
    panel.robot.sees("answer", "139")
    panel.press_key(Qt.Key.Key_0, "0")
    assert panel.core.posted == [AnswerEdited("1390")]
    panel.core.show(visits.asking("emergency_phone", "139"))
    assert panel.text("answer") == "139 0"


def test_the_next_question_starts_with_its_own_answer(panel: Panel) -> None:
    panel.show(visits.asking("emergency_name", "陈晓东"))
    panel.core.show(visits.asking("emergency_phone", "13900005678"))
    assert panel.text("answer") == "139 0000 5678"
    panel.core.show(visits.asking("care_institution"))
    assert panel.text("answer") == ""


def test_a_second_touch_meant_for_the_last_screen_decides_nothing_on_this_one(panel: Panel) -> None:
    panel.show(STATES["guide"])
    panel.robot.tap("continue")
    panel.core.show(STATES["notice"])
    panel.core.posted.clear()
    panel.robot.tap_item(panel.control("continue"))
    assert panel.core.posted == []
    panel.robot.tap("continue")
    assert panel.core.posted == [Continued()]


@pytest.mark.parametrize("name", ["submit-storing", "result-received", "receipt-printed", "end"])
def test_there_is_no_way_back_behind_submitting(panel: Panel, name: str) -> None:
    panel.show(STATES[name])
    assert not panel.robot.shows("back")


def test_storing_cannot_be_left_half_way_but_sending_can(panel: Panel) -> None:
    for name, enabled in (("submit-storing", False), ("submit-sending", True)):
        panel.show(STATES[name])
        panel.robot.sees("end")
        end = panel.control("end")
        panel.robot.wait(lambda end=end, enabled=enabled: end.isEnabled() is enabled, name)


def test_data_of_the_card_are_neither_declined_nor_changed(panel: Panel) -> None:
    panel.show(STATES["prefill"])
    assert panel.robot.shows("datum-applicant_name")
    assert not panel.robot.shows("datum-applicant_name-use")
    panel.show(Reviewing(visits.visit(filled=True)))
    assert not panel.robot.shows("change-applicant_number")
    assert panel.robot.shows("change-phone")


def test_what_a_finger_draws_is_one_stroke(panel: Panel) -> None:
    panel.show(STATES["sign"])
    pad = panel.place(panel.part("pad")).toRect()
    panel.robot.drag(pad.center() - QPoint(200, 20), pad.center() + QPoint(200, 30))
    assert len(panel.core.posted) == 1
    drawn = panel.core.posted[0]
    assert isinstance(drawn, StrokeDrawn)
    assert drawn.stroke[0][0] < 350
    assert drawn.stroke[-1][0] > 650
    assert all(0 <= x <= 1000 and y > 0 for x, y in drawn.stroke)


def test_the_code_on_the_screen_leads_where_the_slip_does(panel: Panel, tmp_path: Path) -> None:
    panel.show(STATES["receipt-on-phone"])
    panel.robot.sees("code")
    panel.robot.grab(tmp_path / "code.png")
    codes = zxingcpp.read_barcodes(Image.open(tmp_path / "code.png"))
    assert [code.text for code in codes] == [progress_link(visits.outcome(), panel.core.facts.progress_url)]
