"""The screens beside filing an application, with an invented resident."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache

import cv2
import numpy as np

from kiosk.domain.application import CapturedPage
from kiosk.domain.cases import AwaitedReceipt, CaseProgress, KeptHere, StatusEntry
from kiosk.domain.certificate import CertificateFacts
from kiosk.domain.identity import Holder
from kiosk.domain.report import (
    SERVICE,
    NearReport,
    PlaceWay,
    Report,
    ReportPlace,
    ReportProgress,
    StageEntry,
)
from kiosk.domain.text import Text
from kiosk.session.capture_phase import CapturePhase
from kiosk.session.document_states import Documenting, DocumentShowing, PaperPhase
from kiosk.session.fault import Fault
from kiosk.session.progress_states import Listing, Numbering, Numeral, Telling, Tracking
from kiosk.session.report_states import (
    ReportNear,
    ReportPhoto,
    ReportPicking,
    ReportReview,
    ReportStep,
    ReportSupported,
    ReportWriting,
)
from kiosk.session.side_states import SideState

RECEIPT_NO = "T0421-000137-K7"
CASE_NO = "11440306SAMPLE000124405110010002026031500012"
REPORT_NO = "SSP440306202603020007"
_FIRST = datetime(2026, 3, 2, 2, 15, tzinfo=UTC)


def case(*statuses: str, number: str = CASE_NO, name: str = "高龄老人津贴申请") -> CaseProgress:
    """Return a case that has come so far, a few days apart."""
    entries = tuple(
        StatusEntry(
            status,
            _FIRST + timedelta(days=3 * at),
            "社保卡照片看不清，请重新拍一张。" if status == "correction-required" else "",
            ("social-security-card",) if status == "correction-required" else (),
        )
        for at, status in enumerate(statuses)
    )
    return CaseProgress(number, RECEIPT_NO, "old-age-allowance", name, _FIRST, entries)


def reported(*stages: str, supports: int = 3, note: str = "") -> ReportProgress:
    """Return a report that has come so far, a day apart; the note is with the last."""
    entries = tuple(
        StageEntry(stage, _FIRST + timedelta(days=at), note if stage == stages[-1] else "")
        for at, stage in enumerate(stages)
    )
    return ReportProgress(REPORT_NO, "street-light", _FIRST, supports, entries)


def side_states(holder: Holder) -> Iterator[tuple[str, SideState]]:
    """Every screen beside filing, by a name."""
    yield from _progress(holder)
    yield from _report()
    yield from _documents(holder)


def _documents(holder: Holder) -> Iterator[tuple[str, SideState]]:
    bureau = Text("深圳市公安局宝安分局", "Bao'an Branch, Public Security Bureau")
    facts = CertificateFacts(
        "household",
        Text("户籍信息单", "Household record"),
        bureau,
        holder.name,
        holder.number,
        _FIRST.date(),
        1,
    )
    listed = Documenting(holder, (facts, replace(facts, kind="residence", title=_RESIDENCE)))
    showing = DocumentShowing(listed, facts)
    yield "documents-loading", Documenting(holder)
    yield "documents", listed
    yield "documents-none", Documenting(holder, ())
    yield "documents-offline", Documenting(holder, fault=Fault("backend.unreachable"))
    yield "document", showing
    yield "document-fetching", replace(showing, phase=PaperPhase.FETCHING)
    yield "document-printing", replace(showing, phase=PaperPhase.PRINTING)
    yield "document-printed", replace(showing, phase=PaperPhase.PRINTED, attempt=1)
    refused = replace(showing, phase=PaperPhase.NOT_PRINTED)
    yield "document-no-printer", replace(refused, fault=Fault("item.needs-page-printer"))
    yield "document-mismatch", replace(refused, fault=Fault("document.not-the-holder"))
    unknown = Fault("pageprinter.no-confirmation")
    yield "document-unknown", replace(showing, phase=PaperPhase.UNKNOWN, fault=unknown, attempt=1)


_HOUSEHOLD = Text("户籍信息单", "Household record")
_RESIDENCE = Text("居住登记信息单", "Residence record")


def _report() -> Iterator[tuple[str, SideState]]:
    place = ReportPlace(PlaceWay.PICKED, "广东省深圳市宝安区新安街道样例海棠社区")
    report = Report("street-light", _photo(), place, "海棠路口的路灯不亮，已经三天。", "13800001234")
    bare = Report("street-light")
    yield "report", ReportPicking()
    yield "report-no-room", ReportPicking(fault=Fault("queue.no-space"))
    yield "report-photo-asked", ReportPicking(bare, ReportStep.PHOTO)
    yield "report-photo", ReportPhoto(bare)
    yield "report-photo-working", ReportPhoto(bare, CapturePhase.WORKING)
    yield "report-photo-taken", ReportPhoto(bare, CapturePhase.JUDGING, _photo())
    yield "report-photo-fault", ReportPhoto(bare, fault=Fault("camera.no-frames"))
    yield "report-place", ReportPicking(bare, ReportStep.PLACE)
    yield "report-community", ReportPicking(bare, ReportStep.COMMUNITY, street="新安街道")
    yield "report-place-words", ReportWriting(bare, ReportStep.PLACE_WORDS, "翻身路 12 号门口")
    yield "report-words", ReportWriting(report, ReportStep.WORDS, report.words)
    yield "report-words-missing", ReportWriting(bare, ReportStep.WORDS, fault=Fault("report.say-something"))
    yield "report-contact", ReportPicking(report, ReportStep.CONTACT)
    yield "report-phone", ReportWriting(report, ReportStep.PHONE, "1380000", fault=Fault("form.not-a-phone"))
    yield "report-review", ReportReview(report)
    yield "report-storing", ReportReview(report, storing=True)
    found = tuple(
        NearReport(f"SSP4403062026030{day}0007", "street-light", where, date(2026, 3, day), stage, supports)
        for day, where, stage, supports in (
            (5, "广东省深圳市宝安区新安街道样例海棠社区", "received", 0),
            (4, "广东省深圳市宝安区新安街道", "assigned", 3),
            (2, "广东省深圳市宝安区新安街道样例海棠社区", "at-work", 12),
        )
    )
    near = ReportNear(replace(bare, place=place), 100.0, found)
    yield "report-looking", replace(near, reports=None)
    yield "report-near", near
    yield "report-near-one", replace(near, reports=found[:1])
    yield "report-supporting", replace(near, supporting=True)
    yield "report-not-supported", replace(near, fault=Fault("report.not-supported"))
    yield "report-supported", ReportSupported(reported("received", "assigned", supports=4))
    yield "report-not-stored", ReportReview(report, fault=Fault("queue.unreachable"))


@cache
def _photo() -> CapturedPage:
    """A street lamp that is off, drawn."""
    picture = np.full((900, 1200, 3), (58, 44, 36), np.uint8)
    cv2.rectangle(picture, (590, 260), (612, 900), (120, 120, 120), -1)
    cv2.ellipse(picture, (600, 250), (90, 34), 0, 0, 360, (90, 90, 90), -1)
    coded = cv2.imencode(".jpg", picture)[1].tobytes()
    return CapturedPage(SERVICE, coded, 1200, 900, "photo")


def _progress(holder: Holder) -> Iterator[tuple[str, SideState]]:
    wanting = case("received", "correction-required")
    decided = case("received", "accepted", "in-review", "granted", number=f"{CASE_NO[:-4]}0031")
    listed = Listing(holder, (wanting, decided))
    typed = Numbering(RECEIPT_NO)
    yield "progress", Tracking()
    yield "progress-number", Numbering()
    yield "progress-last4", Numbering(RECEIPT_NO, "990", Numeral.LAST4, fault=Fault("case.last4-incomplete"))
    yield "progress-asking", Numbering(RECEIPT_NO, "9908", Numeral.LAST4, asking=True)
    yield "progress-not-found", Numbering(RECEIPT_NO, "9907", Numeral.LAST4, fault=Fault("case.not-found"))
    yield "cases-loading", Listing(holder)
    yield "cases", listed
    yield "cases-none", Listing(holder, ())
    yield "cases-offline", Listing(holder, fault=Fault("backend.unreachable"))
    yield "case-correction", Telling(wanting, listed)
    yield "case-granted", Telling(decided, listed)
    yield "case-refused", Telling(case("received", "not-accepted"), listed)
    yield "case-awaited", Telling(AwaitedReceipt(RECEIPT_NO, certain=True), typed)
    yield "case-unsure", Telling(AwaitedReceipt(RECEIPT_NO, certain=False), typed)
    yield "case-kept", Telling(KeptHere(RECEIPT_NO, None), typed)
    again = replace(case("received"), earlier=f"{CASE_NO[:-4]}0007")
    yield "case-again", Telling(again, typed)
    solved = reported("received", "assigned", "at-work", "solved", note="灯已换新，今晚起亮。")
    yield "progress-number-asked", replace(typed, asking=True)
    yield "report-solved", Telling(solved, Numbering(REPORT_NO))
    yield "report-kept", Telling(KeptHere(RECEIPT_NO, None, report=True), typed)
    yield "case-delivered", Telling(KeptHere(RECEIPT_NO, CASE_NO), typed)
