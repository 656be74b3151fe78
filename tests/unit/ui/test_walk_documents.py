"""Printing papers and guides by touch: whose they are is looked at twice, and the printer can fail."""

import pytest

from devices.health import ABSENT
from devices.model import PrintOutcome, PrintResult
from kiosk.demo.scenes import visits
from kiosk.domain.certificate import Certificate
from kiosk.session.document_states import Documenting, DocumentShowing
from kiosk.session.side_effects import FetchDocument, PrintDocument
from kiosk.session.side_events import (
    AskingFailed,
    DocumentFetched,
    DocumentPrinted,
    DocumentsTold,
    GuidePrinted,
)
from kiosk.session.states import Guiding, Home, Identifying
from tests.support.panel import KEYBOARD_NOISE
from tests.support.walking import SCENES, SERIAL, Walk, broken, healthy

pytestmark = KEYBOARD_NOISE
LISTED = next(state for state in SCENES.values() if isinstance(state, Documenting) and state.documents)
assert LISTED.documents
ONE = LISTED.documents[0]


def printed(outcome: PrintOutcome, code: str | None = None) -> PrintResult:
    return PrintResult("job", outcome, code)


def fetched(number: str = visits.NUMBER) -> DocumentFetched:
    return DocumentFetched(SERIAL, Certificate(ONE.kind, visits.NAME, number, b"%PDF"))


def opened(walk: Walk) -> Walk:
    walk.begins(LISTED).hears(healthy("pageprinter-1"))
    return walk.taps(f"pick-{ONE.kind}").is_at(DocumentShowing).taps("continue")


def test_a_paper_is_found_by_the_card_printed_and_taken(walk: Walk) -> None:
    walk.begins(Home()).hears(healthy("pageprinter-1")).taps("door-documents").is_at(Identifying).lays()
    walk.hears(DocumentsTold(SERIAL, LISTED.documents or ())).taps(f"pick-{ONE.kind}", "continue")
    assert walk.asked(FetchDocument)
    walk.hears(fetched())
    assert walk.asked(PrintDocument)
    walk.hears(DocumentPrinted(SERIAL, printed(PrintOutcome.PRINTED))).taps("back").is_at(Documenting)


def test_somebody_elses_paper_is_not_printed(walk: Walk) -> None:
    opened(walk).hears(fetched("11010519491231002X"))
    assert not walk.asked(PrintDocument)
    walk.is_told("document.not-the-holder")


@pytest.mark.parametrize("code", ["pageprinter.paper-out", "pageprinter.jam"])
def test_a_paper_that_does_not_come_says_why_and_is_printed_again(walk: Walk, code: str) -> None:
    opened(walk).hears(fetched(), DocumentPrinted(SERIAL, printed(PrintOutcome.NOT_PRINTED, code)))
    walk.is_told(code).taps("continue")
    assert walk.asked(FetchDocument)


def test_a_paper_that_cannot_be_fetched_is_asked_for_again(walk: Walk) -> None:
    opened(walk).hears(AskingFailed(SERIAL, "backend.unreachable")).is_told("backend.unreachable")
    walk.taps("continue")
    assert walk.asked(FetchDocument)


def test_without_the_network_the_list_says_so_and_asks_again(walk: Walk) -> None:
    walk.begins(Documenting(visits.holder())).hears(AskingFailed(SERIAL, "backend.unreachable"))
    walk.is_told("backend.unreachable").taps("pick-again", "back").is_at(Home)


def test_a_page_printer_that_is_away_is_told_before_anything_is_fetched(walk: Walk) -> None:
    walk.begins(LISTED).hears(broken("pageprinter-1", ABSENT)).taps(f"pick-{ONE.kind}", "continue")
    assert not walk.asked(FetchDocument)
    walk.sees("fault").taps("back").is_at(Documenting)


def test_a_guide_is_printed_and_a_printer_without_paper_is_told(walk: Walk) -> None:
    walk.begins(Guiding(visits.item())).taps("print-guide")
    walk.hears(GuidePrinted(SERIAL, printed(PrintOutcome.NOT_PRINTED, "printer.paper-out")))
    walk.panel.robot.wait(lambda: walk.says("纸"), "it is said")
    walk.taps("print-guide").hears(GuidePrinted(SERIAL, printed(PrintOutcome.PRINTED))).is_at(Guiding)
