"""The screens beside filing an application, with an invented resident."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from kiosk.domain.cases import AwaitedReceipt, CaseProgress, KeptHere, StatusEntry
from kiosk.domain.identity import Holder
from kiosk.session.fault import Fault
from kiosk.session.progress_states import Listing, Numbering, Numeral, Telling, Tracking
from kiosk.session.side_states import SideState

RECEIPT_NO = "T0421-000137-K7"
CASE_NO = "11440306SAMPLE000124405110010002026031500012"
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


def side_states(holder: Holder) -> Iterator[tuple[str, SideState]]:
    """Every screen beside filing, by a name."""
    yield from _progress(holder)


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
    yield "case-delivered", Telling(KeptHere(RECEIPT_NO, CASE_NO), typed)
