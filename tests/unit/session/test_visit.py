from dataclasses import replace

import pytest

from devices.health import Severity
from devices.model import PrintOutcome, PrintResult
from kiosk.domain.seal_mark import SealMark
from kiosk.domain.text import Language
from kiosk.session.effects import (
    ArmCardReader,
    AwaitDelivery,
    DisarmCardReader,
    FetchPrefill,
    PrintReceipt,
    SealAndStore,
    StartPreview,
    StopPreview,
    TakePage,
    WipeSession,
)
from kiosk.session.errand import Filing
from kiosk.session.events import (
    AnswerEdited,
    ApplicationStored,
    CaptureAsked,
    CardReadWasRefused,
    CardWasRead,
    CardWasRemoved,
    ChangeAsked,
    Continued,
    DatumToggled,
    DeclarationToggled,
    DeliveryKnown,
    DeviceHealthChanged,
    Ended,
    ItemChosen,
    LanguageChosen,
    MaterialChosen,
    PageFailed,
    PrefillFailed,
    ReceiptDone,
    ReprintAsked,
    RetakeAsked,
    StoreFailed,
    WentBack,
)
from kiosk.session.side_events import Picked
from kiosk.session.states import (
    Asking,
    Attract,
    CapturePhase,
    Capturing,
    CardPhase,
    Ending,
    Failing,
    Fault,
    Finding,
    Gathering,
    Guiding,
    Home,
    Identifying,
    Notifying,
    PrefillPhase,
    Previewing,
    Receipting,
    ReceiptPhase,
    Resulting,
    Reviewing,
    SubmitPhase,
    Submitting,
)

from .conftest import ANSWERS, CHEN, KNOWN, Walk, broken, healthy


def test_a_touch_opens_the_doors(walk: Walk) -> None:
    assert isinstance(walk.to_home().state, Home)


def test_going_back_from_a_guide_leads_to_the_search_it_was_found_by(walk: Walk) -> None:
    walk.to_guide().does(WentBack())
    assert walk.state == Finding()


def test_a_guide_of_the_window_cannot_be_filed_here(walk: Walk) -> None:
    guide_only = next(item for item in walk.catalogue.items if item.filing == "window")
    walk.to_find().does(ItemChosen(guide_only), Continued())
    assert isinstance(walk.state, Guiding)


def test_an_item_that_needs_a_broken_scanner_says_so_before_anything_is_asked(walk: Walk) -> None:
    walk.does(DeviceHealthChanged(broken("scanner-1"))).to_guide().does(Continued())
    assert isinstance(walk.state, Guiding)
    assert walk.state.fault == Fault("item.needs-scanner")


def test_paper_out_does_not_stop_anybody_from_filing(walk: Walk) -> None:
    walk.does(DeviceHealthChanged(broken("printer-1", "printer.paper-out"))).to_notice()
    assert isinstance(walk.state, Notifying)


def test_the_reader_watches_only_while_the_card_is_asked_for(walk: Walk) -> None:
    walk.to_identify()
    assert walk.effects == (ArmCardReader(),)
    walk.does(WentBack())
    assert walk.effects == (DisarmCardReader(),)


def test_the_notice_comes_before_the_card(walk: Walk) -> None:
    walk.to_guide().does(CardWasRead(CHEN))
    assert isinstance(walk.state, Guiding)


def test_a_card_that_was_read_brings_the_person_and_asks_the_district(walk: Walk) -> None:
    walk.to_loading()
    assert isinstance(walk.state, Previewing)
    assert walk.state.visit.holder.name == "陈淑芬"
    assert {type(effect) for effect in walk.effects} == {FetchPrefill, DisarmCardReader}


def test_a_card_that_cannot_be_read_may_be_tried_again(walk: Walk) -> None:
    walk.to_identify().does(CardReadWasRefused("idcard.moved"))
    assert walk.state == Identifying(Filing(walk.item), CardPhase.WAITING, Fault("idcard.moved"), attempts=1)
    walk.does(CardWasRead(CHEN))
    assert isinstance(walk.state, Previewing)


def test_a_card_with_a_wrong_number_identifies_nobody(walk: Walk) -> None:
    walk.to_identify().does(CardWasRead(replace(CHEN, number="440306194305179909")))
    assert isinstance(walk.state, Identifying)
    assert walk.state.fault == Fault("identity.number-invalid")


def test_a_card_that_still_lies_there_has_to_be_lifted_first(walk: Walk) -> None:
    walk.to_prefill().does(WentBack(), Picked("self"))
    assert isinstance(walk.state, Identifying)
    assert walk.state.fault == Fault("idcard.lift-first")
    walk.does(CardWasRemoved())
    assert isinstance(walk.state, Identifying)
    assert walk.state.fault is None


def test_each_datum_keeps_its_source(walk: Walk) -> None:
    walk.to_prefill()
    assert isinstance(walk.state, Previewing)
    assert walk.state.phase is PrefillPhase.READY
    sources = {datum.field: datum.source.zh for datum in walk.state.visit.data}
    assert sources["applicant_name"] == "身份证芯片"
    assert sources["phone"] == "区民政局"


def test_without_the_platform_the_card_alone_fills_in(walk: Walk) -> None:
    walk.to_loading().does(PrefillFailed(walk.session.serial, "backend.unreachable"), Continued())
    assert isinstance(walk.state, Asking)
    assert walk.state.name == "residence_address"


def test_a_datum_that_may_not_be_used_is_asked_instead(walk: Walk) -> None:
    walk.to_prefill().does(DatumToggled("phone", used=False), Continued())
    assert isinstance(walk.state, Asking)
    assert walk.state.name == "phone"


def test_who_applies_is_what_the_card_says(walk: Walk) -> None:
    walk.to_prefill().does(DatumToggled("applicant_name", used=False))
    assert isinstance(walk.state, Previewing)
    assert all(datum.used for datum in walk.state.visit.data if datum.field == "applicant_name")


def test_only_what_nobody_knows_is_asked(walk: Walk) -> None:
    walk.to_question()
    asked: list[str] = []
    while isinstance(walk.state, Asking):
        asked.append(walk.state.name)
        walk.does(AnswerEdited(ANSWERS[walk.state.name]), Continued())
    assert asked == ["care_situation", "emergency_name", "emergency_phone"]


def test_a_wrong_answer_stays_on_the_screen_with_what_is_wrong(walk: Walk) -> None:
    walk.to_question().does(AnswerEdited("self"), Continued(), AnswerEdited("陈国强"), Continued())
    walk.does(AnswerEdited("12"), Continued())
    assert isinstance(walk.state, Asking)
    assert walk.state.draft == "12"
    assert walk.state.problem is not None
    assert walk.state.problem.code == "form.not-a-phone"


def test_back_returns_to_the_answer_that_was_given(walk: Walk) -> None:
    walk.to_question().does(AnswerEdited("self"), Continued(), WentBack())
    assert isinstance(walk.state, Asking)
    assert (walk.state.name, walk.state.draft) == ("care_situation", "self")


def test_materials_that_are_missing_keep_the_resident_at_the_list(walk: Walk) -> None:
    walk.to_materials().does(Continued())
    assert isinstance(walk.state, Gathering)
    assert walk.state.fault == Fault("materials.missing")


def test_a_page_is_kept_only_when_the_resident_accepts_it(walk: Walk) -> None:
    walk.to_capture().does(CaptureAsked())
    assert walk.effects == (TakePage(walk.session.serial, "household-register", "scan"),)
    walk.does(walk.page("household-register"), RetakeAsked())
    assert isinstance(walk.state, Capturing)
    assert walk.state.page is None
    walk.does(CaptureAsked(), walk.page("household-register"), Continued())
    assert isinstance(walk.state, Gathering)
    assert len(walk.state.visit.pages) == 1


def test_the_camera_shows_only_while_a_photo_is_taken(walk: Walk) -> None:
    walk.to_capture("social-security-card")
    assert StartPreview() in walk.effects
    walk.does(CaptureAsked(), walk.page("social-security-card"))
    assert StopPreview() in walk.effects


def test_a_jam_is_told_and_the_page_can_be_tried_again(walk: Walk) -> None:
    walk.to_capture().does(CaptureAsked(), PageFailed(walk.session.serial, "scanner.jam"))
    assert isinstance(walk.state, Capturing)
    assert (walk.state.phase, walk.state.fault) == (CapturePhase.READY, Fault("scanner.jam"))


def test_a_scanner_that_is_down_is_told_instead_of_being_asked(walk: Walk) -> None:
    walk.to_capture().does(DeviceHealthChanged(broken("scanner-1")), CaptureAsked())
    assert isinstance(walk.state, Capturing)
    assert walk.state.fault == Fault("device.restarting")
    assert walk.effects == ()


@pytest.mark.parametrize(("device", "there"), [("idcard-1", "to_identify"), ("camera-1", "to_photo")])
def test_a_device_that_comes_back_is_switched_on_again(walk: Walk, device: str, there: str) -> None:
    if there == "to_identify":
        walk.to_identify()
    else:
        walk.to_capture("social-security-card")
    walk.does(DeviceHealthChanged(broken(device)), DeviceHealthChanged(healthy(device)))
    assert walk.effects == ((ArmCardReader(),) if device == "idcard-1" else (StartPreview(),))


def test_nothing_is_submitted_without_the_declaration(walk: Walk) -> None:
    walk.to_review().does(Continued())
    assert isinstance(walk.state, Reviewing)
    assert walk.state.fault == Fault("review.declare-first")


def test_a_changed_line_returns_to_the_review(walk: Walk) -> None:
    walk.to_review().does(ChangeAsked("emergency_name"), AnswerEdited("陈国芳"), Continued())
    assert isinstance(walk.state, Reviewing)
    assert walk.state.visit.answers["emergency_name"] == "陈国芳"


def test_a_prefilled_line_may_be_typed_over_and_loses_its_source(walk: Walk) -> None:
    walk.to_review().does(ChangeAsked("phone"), AnswerEdited("13700137000"), Continued())
    assert isinstance(walk.state, Reviewing)
    assert walk.state.visit.answers["phone"] == "13700137000"
    assert [datum.used for datum in walk.state.visit.data if datum.field == "phone"] == [False]


def test_a_change_that_opens_a_question_asks_it_before_the_review(walk: Walk) -> None:
    walk.to_review().does(ChangeAsked("care_situation"), AnswerEdited("institution"), Continued())
    assert isinstance(walk.state, Asking)
    assert walk.state.name == "care_institution"


def test_the_application_is_stored_before_anything_else_is_said(walk: Walk) -> None:
    walk.to_storing()
    assert isinstance(walk.state, Submitting)
    assert walk.state.phase is SubmitPhase.STORING
    assert [type(effect) for effect in walk.effects] == [SealAndStore]


def test_a_store_that_failed_leaves_everything_as_it_was(walk: Walk) -> None:
    walk.to_storing().does(StoreFailed(walk.session.serial, "queue.no-space"))
    assert isinstance(walk.state, Failing)
    walk.does(WentBack())
    assert isinstance(walk.state, Reviewing)
    assert walk.state.fault == Fault("queue.no-space")
    assert walk.state.visit is not None
    assert walk.state.visit.answers["phone"] == KNOWN["phone"]


def test_once_stored_the_plain_application_is_gone(walk: Walk) -> None:
    walk.to_storing().does(ApplicationStored(walk.session.serial, "T0421-000001-K7"))
    assert isinstance(walk.state, Submitting)
    assert walk.state.visit is None
    assert walk.effects == (AwaitDelivery(walk.session.serial, "T0421-000001-K7"),)


@pytest.mark.parametrize("case_no", ["11440306SAMPLE202611230001", None])
def test_the_result_says_what_is_true(walk: Walk, case_no: str | None) -> None:
    serial = walk.to_storing().session.serial
    walk.does(ApplicationStored(serial, "T0421-000001-K7"), DeliveryKnown(serial, case_no))
    assert isinstance(walk.state, Resulting)
    assert walk.state.outcome.case_no == case_no
    assert walk.state.outcome.masked_name == "陈*"


@pytest.mark.parametrize("waits", [True, False])
def test_what_the_queue_signed_reaches_the_slip_whatever_the_platform_says(
    walk: Walk, *, waits: bool
) -> None:
    serial, seal = walk.to_storing().session.serial, SealMark("0a1b2c3d", "signed")
    walk.does(ApplicationStored(serial, "T0421-000001-K7", seal))
    walk.does(DeliveryKnown(serial, "11440306SAMPLE202611230001") if waits else Continued(), Continued())
    assert isinstance(walk.state, Receipting)
    assert walk.state.outcome.seal == seal


def test_whoever_does_not_wait_gets_the_receipt_of_what_is_true(walk: Walk) -> None:
    serial = walk.to_storing().session.serial
    walk.does(ApplicationStored(serial, "T0421-000001-K7"), Continued())
    assert isinstance(walk.state, Resulting)
    assert walk.state.outcome.case_no is None
    walk.does(DeliveryKnown(serial, "11440306SAMPLE202611230001"))
    assert isinstance(walk.state, Resulting)
    assert walk.state.outcome.case_no == "11440306SAMPLE202611230001"


def receipt(walk: Walk, outcome: PrintOutcome, code: str | None = None) -> Walk:
    serial = walk.to_storing().session.serial
    walk.does(ApplicationStored(serial, "T0421-000001-K7"), DeliveryKnown(serial, None), Continued())
    assert [type(effect) for effect in walk.effects] == [PrintReceipt]
    return walk.does(ReceiptDone(serial, PrintResult("T0421-000001-K7-1", outcome, code)))


def test_a_printed_receipt_is_to_be_taken(walk: Walk) -> None:
    receipt(walk, PrintOutcome.PRINTED).does(Continued(), Continued())
    assert isinstance(walk.state, Ending)
    assert (walk.state.originals, walk.state.paper) == (True, True)


def test_an_unknown_print_is_never_repeated_by_itself(walk: Walk) -> None:
    receipt(walk, PrintOutcome.UNKNOWN, "device.restarting")
    assert isinstance(walk.state, Receipting)
    assert walk.state.phase is ReceiptPhase.UNKNOWN
    assert walk.effects == ()
    walk.does(ReprintAsked())
    assert isinstance(walk.effects[0], PrintReceipt)
    assert walk.effects[0].attempt == 2


def test_paper_out_is_told_with_the_number_on_the_screen(walk: Walk) -> None:
    receipt(walk, PrintOutcome.NOT_PRINTED, "printer.paper-out")
    assert isinstance(walk.state, Receipting)
    assert walk.state.fault == Fault("printer.paper-out")
    assert walk.state.outcome.receipt_no == "T0421-000001-K7"


def test_an_answer_of_another_visit_changes_nothing(walk: Walk) -> None:
    walk.to_loading()
    stale = PrefillFailed(walk.session.serial - 1, "backend.timeout")
    before = walk.state
    assert walk.does(stale).state == before


def test_a_page_that_comes_after_the_visit_is_kept_by_nobody(walk: Walk) -> None:
    walk.to_capture().does(CaptureAsked())
    late = walk.page("household-register")
    walk.does(Ended(), late)
    assert walk.state == Ending(originals=True)


def test_end_before_anybody_is_known_goes_straight_to_the_start(walk: Walk) -> None:
    walk.to_guide().does(Ended())
    assert isinstance(walk.state, Attract)


def test_the_next_resident_finds_the_terminal_as_the_first_did(walk: Walk) -> None:
    walk.to_prefill().does(LanguageChosen(Language.EN), Ended(), CardWasRemoved(), Continued())
    assert walk.state == Attract()
    assert walk.session.language is Language.ZH
    assert walk.effects == (WipeSession(walk.session.serial - 1),)


def test_wiping_waits_for_no_device(walk: Walk) -> None:
    walk.to_prefill()
    for device in ("idcard-1", "scanner-1", "camera-1", "printer-1"):
        walk.does(DeviceHealthChanged(broken(device)))
    walk.does(Ended(), Ended())
    assert walk.state == Attract()


def test_health_outlives_the_visit(walk: Walk) -> None:
    walk.to_prefill().does(DeviceHealthChanged(broken("printer-1", "printer.paper-out")), Ended(), Ended())
    assert any(health.severity is Severity.FAULT for health in walk.session.health)


def test_tapping_a_material_opens_its_page(walk: Walk) -> None:
    walk.to_materials().does(MaterialChosen("nothing-like-it"))
    assert isinstance(walk.state, Gathering)


def test_the_declaration_can_be_taken_back(walk: Walk) -> None:
    walk.to_review().does(DeclarationToggled(declared=True), DeclarationToggled(declared=False), Continued())
    assert isinstance(walk.state, Reviewing)
