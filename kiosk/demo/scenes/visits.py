"""Every state that a screen can be in, with an invented resident."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from types import MappingProxyType

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.errors import Remedy
from devices.health import RESTARTING, Health, Severity
from kiosk.catalogue.facets import Facet
from kiosk.catalogue.loader import load_builtin
from kiosk.catalogue.model import ServiceItem
from kiosk.demo.scenes import acting, offered, signatures, situations
from kiosk.demo.scenes.questions import question_states
from kiosk.demo.scenes.side_visits import side_states
from kiosk.domain.application import CapturedPage
from kiosk.domain.cases import EarlierCase
from kiosk.domain.identity import Holder
from kiosk.domain.text import Text
from kiosk.forms.loading import load_form
from kiosk.forms.model import Answers, Datum, Form, Problem
from kiosk.session.errand import Filing
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
    Outcome,
    Paging,
    PrefillPhase,
    Previewing,
    Rating,
    RatingPhase,
    Receipting,
    ReceiptPhase,
    Resulting,
    Reviewing,
    State,
    SubmitPhase,
    Submitting,
    Visit,
)

NAME = "陈淑芬"
NUMBER = "440306194305179908"
PHONE = "13800001234"
RECEIPT_NO = "T0421-000137-K7"
CASE_NO = "11440306SAMPLE000124405110010002026031500012"
ADDRESS = "广东省深圳市宝安区新安街道织网路7号3栋502"
_CHILDS = "social-security-card-replacement"
_CARD = Text("身份证芯片", "ID card chip")
_BUREAU = Text("区民政局", "District Civil Affairs Bureau")


@dataclass(frozen=True, slots=True)
class StillPicture:
    """One camera picture that never changes."""

    pixels: NDArray[np.uint8]
    taken_s: float = 1.0


@cache
def item(code: str = "old-age-allowance") -> ServiceItem:
    """Return a built-in item."""
    return load_builtin().item(code)


@cache
def form(code: str = "old-age-allowance") -> Form:
    """Return the form of a built-in item.

    Raises:
        LookupError: It is not filed here.
    """
    source = load_builtin().form_source(code)
    if source is None:
        raise LookupError(f"{code} has no form")
    return load_form(source)


@cache
def sheet() -> NDArray[np.uint8]:
    """A page that looks like one: (1400, 1000, 3) uint8 BGR."""
    page = np.full((1400, 1000, 3), 246, np.uint8)
    cv2.putText(page, "SAMPLE", (330, 150), cv2.FONT_HERSHEY_SIMPLEX, 2.4, (60, 60, 90), 5)
    for row in range(14):
        cv2.line(page, (90, 260 + row * 76), (910 - (row * 53) % 260, 260 + row * 76), (120, 110, 100), 9)
    return page


def page(material: str = "household-register") -> CapturedPage:
    """Return a page as the scanner gives it."""
    coded = cv2.imencode(".jpg", sheet())[1].tobytes()
    return CapturedPage(material, coded, 1000, 1400, "scan")


def numbered(material: str, number: int) -> CapturedPage:
    """Return a page that is told from its neighbours by a large number."""
    pixels = cv2.putText(
        sheet().copy(), str(number), (400, 900), cv2.FONT_HERSHEY_SIMPLEX, 12, (90, 60, 60), 24
    )
    return CapturedPage(material, cv2.imencode(".jpg", pixels)[1].tobytes(), 1000, 1400, "scan")


def holder() -> Holder:
    """Return the invented resident, as her card says."""
    return Holder(
        name=NAME,
        number=NUMBER,
        sex="2",
        ethnic="01",
        born=date(1943, 5, 17),
        address=ADDRESS,
        issuer="深圳市公安局宝安分局",
        valid_until=None,
    )


def data() -> tuple[Datum, ...]:
    """Return what is known of her beforehand; one datum she does not want used."""
    return (
        Datum("applicant_name", NAME, _CARD, None),
        Datum("applicant_number", NUMBER, _CARD, None),
        Datum("applicant_birth", "1943-05-17", _CARD, None),
        Datum("household_address", ADDRESS, _CARD, None),
        Datum("phone", PHONE, _BUREAU, date(2026, 1, 9)),
        Datum("payout_bank", "宝安农村商业银行", _BUREAU, date(2025, 11, 2), used=False),
    )


def answers() -> Answers:
    """Return what she has answered, prefilled data among it."""
    values = {datum.field: datum.value for datum in data() if datum.used}
    return Answers(
        values
        | {
            "applicant_sex": "2",
            "residence_address": "新安街道织网路7号3栋502",
            "care_situation": "family",
            "emergency_name": "陈晓东",
            "emergency_phone": "13900005678",
        }
    )


def visit(*, filled: bool = False, pages: tuple[CapturedPage, ...] = ()) -> Visit:
    """Return her visit, with or without the answers."""
    return Visit(item(), form(), holder(), data(), answers() if filled else Answers(), pages)


def outcome(*, received: bool = True) -> Outcome:
    """Return what became of her application: received, or saved and not yet delivered."""
    return Outcome(item(), RECEIPT_NO, CASE_NO if received else None, "陈*", 2, scanned=True)


def left_outcome(*, received: bool = False) -> Outcome:
    """Return what is known of her application once the program has started anew."""
    return Outcome(item(), RECEIPT_NO, CASE_NO if received else None, "", None, left=True)


def broken(device: str, code: str = RESTARTING) -> Health:
    """Return the health of a device that is being restarted, or has another fault."""
    return Health(device, code, Severity.FAULT, Remedy.RETRY, datetime(2026, 3, 1, tzinfo=UTC))


def asking(name: str, draft: str = "", problem: str | None = None) -> Asking:
    """Return one question of hers."""
    wrong = None if problem is None else Problem(name, problem, MappingProxyType({"least": 2}))
    return Asking(visit(), name, draft, wrong)


def states() -> Iterator[tuple[str, State]]:
    """Every screen in every state of its own, by a name."""
    yield "attract", Attract()
    yield "home", Home()
    yield "find", Finding()
    yield from _browsing()
    yield "find-words", Finding(query="gaoling")
    yield "find-nothing", Finding(query="zzzzzzzz")
    yield "guide", Guiding(item())
    yield "guide-window", Guiding(item("passport"))
    yield "guide-withdrawn", Guiding(item("housing-subsidy-talent"))
    yield "guide-on-phone", Guiding(item(), on_phone=True)
    yield "guide-fault", Guiding(item(), fault=Fault("item.needs-scanner"))
    yield from situations.states(item())
    yield "notice", Notifying(item())
    yield from offered.states(holder())
    yield from acting.states(_whole(), item(_CHILDS), form(_CHILDS))
    yield "identify", Identifying(Filing(item()))
    yield "identify-reading", Identifying(Filing(item()), CardPhase.READING)
    yield "identify-fault", Identifying(Filing(item()), fault=Fault("idcard.moved"), attempts=1)
    yield "prefill-loading", Previewing(visit())
    yield "prefill", Previewing(visit(), PrefillPhase.READY)
    yield "prefill-unavailable", Previewing(visit(), PrefillPhase.UNAVAILABLE)
    yield (
        "prefill-mismatch",
        Previewing(visit(), PrefillPhase.UNAVAILABLE, Fault("prefill.mismatch")),
    )
    yield "question-text", asking("emergency_name", "陈晓东")
    yield "question-problem", asking("emergency_name", "陈", "form.too-short")
    yield "question-phone", asking("emergency_phone")
    yield "question-choice", asking("care_situation", "family")
    yield "question-date", Asking(residence_visit(), "move_in_date")
    yield from question_states(visit())
    yield "materials", Gathering(visit(filled=True, pages=(page(),)))
    yield "materials-missing", Gathering(visit(filled=True), Fault("materials.missing"))
    yield from _captures()
    yield from _pages()
    yield from _late()
    yield from side_states(holder())


def _browsing() -> Iterator[tuple[str, State]]:
    yield "find-events", Finding(facet=Facet.EVENT)
    yield "find-themes", Finding(facet=Facet.THEME)
    yield "find-departments", Finding(facet=Facet.DEPARTMENT, here=True)
    yield "find-group", Finding(facet=Facet.THEME, group="elderly")
    yield "find-nothing-here", Finding(facet=Facet.THEME, group="law", query="gaoling", here=True)


def residence_visit() -> Visit:
    """Return a visit about another item, whose form asks for a date."""
    code = "residence-registration"
    return Visit(item(code), form(code), holder())


def _captures() -> Iterator[tuple[str, State]]:
    given = visit(filled=True)
    yield "capture-scan", Capturing(given, "household-register")
    yield "capture-scanning", Capturing(given, "household-register", CapturePhase.WORKING)
    yield "capture-jam", Capturing(given, "household-register", fault=Fault("scanner.jam"))
    yield "capture-photo", Capturing(given, "social-security-card")
    yield "capture-photo-dark", Capturing(given, "social-security-card", hint="live.too-dark")
    yield "capture-photo-ready", Capturing(given, "social-security-card", hint="live.ready")
    yield "capture-photographing", Capturing(given, "social-security-card", CapturePhase.WORKING)
    yield "capture-good", Capturing(given, "household-register", CapturePhase.JUDGING, page())
    yield (
        "capture-blurred",
        Capturing(
            given, "household-register", CapturePhase.JUDGING, page(), ("page.blurred", "page.not-found")
        ),
    )
    yield (
        "capture-duplicate",
        Capturing(given, "household-register", CapturePhase.JUDGING, page(), ("page.duplicate",)),
    )


def _pages() -> Iterator[tuple[str, State]]:
    code, material = "lease-filing", "contract"
    empty = Visit(item(code), form(code), holder(), scanned=True)

    def with_pages(count: int) -> Visit:
        return empty.with_pages(material, tuple(numbered(material, at + 1) for at in range(count)))

    yield "capture-second", Capturing(with_pages(1), material)
    yield "pages", Paging(with_pages(3), material)
    yield "pages-too-few", Paging(with_pages(1), material, fault=Fault("materials.too-few-pages"))
    yield "pages-full", Paging(with_pages(10), material)
    yield "pages-deleted", Paging(with_pages(2), material, removed=(2, numbered(material, 3)))
    yield "pages-one", Paging(with_pages(3), material, looking=1)
    yield "pages-alone", Paging(visit(filled=True, pages=(page(),)), "household-register", looking=0)
    yield "materials-too-few", Gathering(with_pages(1), Fault("materials.missing"))


def _whole() -> Visit:
    return visit(filled=True, pages=(page(), page("social-security-card")))


def _late() -> Iterator[tuple[str, State]]:
    whole = _whole()
    yield "review", Reviewing(whole)
    yield "review-declared", Reviewing(whole, declared=True)
    yield "review-fault", Reviewing(whole, fault=Fault("review.declare-first"))
    yield from signatures.states(whole)
    yield "submit-storing", Submitting(whole, item(), "陈*", 2, scanned=True)
    yield (
        "submit-sending",
        Submitting(None, item(), "陈*", 2, scanned=True, phase=SubmitPhase.SENDING, receipt_no=RECEIPT_NO),
    )
    yield "failed-not-stored", Failing(item(), Fault("queue.no-space"), visit=whole)
    yield "failed-refused", Failing(item(), Fault("submission.refused"), outcome=outcome(received=False))
    yield "result-received", Resulting(outcome())
    earlier = EarlierCase(f"{CASE_NO[:-4]}0007", "in-review", datetime(2026, 3, 2, tzinfo=UTC))
    yield "result-again", Resulting(replace(outcome(), earlier=earlier))
    yield "result-saved", Resulting(outcome(received=False))
    yield "result-left-saved", Resulting(left_outcome())
    yield "result-left-received", Resulting(left_outcome(received=True))
    yield "receipt-printing", Receipting(outcome())
    yield "receipt-printed", Receipting(outcome(), ReceiptPhase.PRINTED)
    yield (
        "receipt-not-printed",
        Receipting(outcome(received=False), ReceiptPhase.NOT_PRINTED, Fault("printer.paper-out")),
    )
    yield "receipt-unknown", Receipting(outcome(), ReceiptPhase.UNKNOWN, Fault("printer.no-confirmation"))
    yield "receipt-on-phone", Receipting(outcome(), ReceiptPhase.ON_PHONE, attempt=0)
    yield "rating", Rating(outcome())
    yield "rating-sent", Rating(outcome(), phase=RatingPhase.SENT)
    yield "rating-unsent", Rating(outcome(), phase=RatingPhase.UNSENT)
    yield "end", Ending()
    yield "end-reminders", Ending(originals=True, paper=True)
    yield (
        "end-also",
        Ending(paper=True, also=(item("pension-eligibility"), item("senior-citizen-card"), item("passport"))),
    )
