from dataclasses import replace
from datetime import date

import pytest

from devices.model import PrintOutcome, PrintResult
from kiosk.domain.certificate import Certificate, CertificateFacts
from kiosk.domain.text import Text
from kiosk.session.document_states import Documenting, DocumentShowing, PaperPhase
from kiosk.session.errand import Documents
from kiosk.session.events import (
    CardWasDetected,
    CardWasRead,
    Continued,
    DeviceHealthChanged,
    Door,
    DoorOpened,
    Ended,
    WentBack,
)
from kiosk.session.fault import Fault
from kiosk.session.side_effects import AskDocuments, FetchDocument, NoteRefusal, PrintDocument, PrintGuide
from kiosk.session.side_events import (
    AskingFailed,
    DocumentFetched,
    DocumentPrinted,
    DocumentsTold,
    GuidePrintAsked,
    GuidePrinted,
    Picked,
)
from kiosk.session.states import Ending, Guiding, Home, Identifying

from .conftest import CHEN, Walk, broken, healthy

FACTS = CertificateFacts(
    "household",
    Text("户籍信息单", "Record"),
    Text("公安", "Police"),
    CHEN.name,
    CHEN.number,
    date(2026, 6, 1),
    1,
)
PDF = Certificate("household", CHEN.name, CHEN.number, b"%PDF")
MISMATCH = Fault("document.not-the-holder")


class Taker(Walk):
    """A resident who wants a certificate on paper."""

    def to_list(self, *documents: CertificateFacts) -> "Taker":
        self.to_home().does(DoorOpened(Door.DOCUMENTS), CardWasDetected(), CardWasRead(CHEN))
        return self.does(DocumentsTold(self.session.serial, documents or (FACTS,)))

    def to_document(self, facts: CertificateFacts = FACTS) -> "Taker":
        self.does(DeviceHealthChanged(healthy("pageprinter-1")))
        return self.to_list(facts).does(Picked(facts.kind))

    def fetches(self, document: Certificate = PDF) -> "Taker":
        return self.to_document().does(Continued(), DocumentFetched(self.session.serial, document))

    def prints(self, outcome: PrintOutcome, code: str | None = None) -> "Taker":
        return self.fetches().does(DocumentPrinted(self.session.serial, PrintResult("job", outcome, code)))

    @property
    def showing(self) -> DocumentShowing:
        assert isinstance(self.state, DocumentShowing)
        return self.state


@pytest.fixture
def taker() -> Taker:
    return Taker()


def test_the_card_comes_before_the_list(taker: Taker) -> None:
    taker.to_home().does(DoorOpened(Door.DOCUMENTS))
    assert taker.state == Identifying(Documents())
    assert taker.does(WentBack()).state == Home()


def test_the_platform_is_asked_for_the_holders_own(taker: Taker) -> None:
    taker.to_home().does(DoorOpened(Door.DOCUMENTS), CardWasDetected(), CardWasRead(CHEN))
    assert isinstance(taker.state, Documenting)
    assert AskDocuments(taker.session.serial, taker.state.holder) in taker.effects


def test_without_the_platform_the_resident_may_ask_again(taker: Taker) -> None:
    taker.to_home().does(DoorOpened(Door.DOCUMENTS), CardWasDetected(), CardWasRead(CHEN))
    taker.does(AskingFailed(taker.session.serial, "backend.unreachable"), Picked("again"))
    assert any(isinstance(effect, AskDocuments) for effect in taker.effects)


def test_a_terminal_without_an_a4_printer_says_so_and_fetches_nothing(taker: Taker) -> None:
    taker.to_list().does(Picked("household"), Continued())
    assert (taker.showing.phase, taker.showing.fault) == (
        PaperPhase.NOT_PRINTED,
        Fault("item.needs-page-printer"),
    )
    assert taker.effects == ()


def test_a_printer_out_of_paper_is_told_before_anything_is_fetched(taker: Taker) -> None:
    taker.to_document().does(DeviceHealthChanged(broken("pageprinter-1", "pageprinter.paper-out")))
    taker.does(Continued())
    assert taker.showing.fault == Fault("pageprinter.paper-out")
    assert taker.effects == ()


def test_the_document_is_fetched_checked_and_printed(taker: Taker) -> None:
    taker.to_document().does(Continued())
    holder = taker.showing.origin.holder
    assert taker.effects == (FetchDocument(taker.session.serial, holder, "household"),)
    taker.does(DocumentFetched(taker.session.serial, PDF))
    assert taker.effects == (PrintDocument(taker.session.serial, PDF, 1),)
    taker.does(DocumentPrinted(taker.session.serial, PrintResult("job", PrintOutcome.PRINTED)))
    assert taker.showing.phase is PaperPhase.PRINTED
    assert taker.does(Ended()).state == Ending(paper=True)


@pytest.mark.parametrize(
    "other",
    [
        replace(PDF, name="陈淑芳"),
        replace(PDF, number="440306194305179916"),
        replace(PDF, name="", number=""),
        replace(PDF, kind="social"),
    ],
    ids=["another name", "another number", "nobody's", "another document"],
)
def test_a_document_of_somebody_else_is_never_printed(taker: Taker, other: Certificate) -> None:
    taker.fetches(other)
    assert (taker.showing.phase, taker.showing.fault) == (PaperPhase.NOT_PRINTED, MISMATCH)
    assert taker.effects == (NoteRefusal(taker.session.serial, "document.not-the-holder", "household"),)


def test_one_that_the_list_already_calls_somebody_elses_is_not_even_fetched(taker: Taker) -> None:
    taker.to_document(replace(FACTS, name="别人")).does(Continued())
    assert taker.showing.fault == MISMATCH
    assert not any(isinstance(effect, FetchDocument) for effect in taker.effects)


def test_while_it_prints_nothing_else_can_be_asked(taker: Taker) -> None:
    printing = taker.fetches().state
    assert taker.does(Continued(), WentBack(), Picked("household")).state == printing


def test_a_second_print_is_a_job_of_its_own(taker: Taker) -> None:
    taker.prints(PrintOutcome.UNKNOWN, "pageprinter.timeout").does(Continued())
    taker.does(DocumentFetched(taker.session.serial, PDF))
    assert taker.effects == (PrintDocument(taker.session.serial, PDF, 2),)


def test_a_print_that_failed_says_why(taker: Taker) -> None:
    taker.prints(PrintOutcome.NOT_PRINTED, "pageprinter.jam")
    assert (taker.showing.phase, taker.showing.fault) == (PaperPhase.NOT_PRINTED, Fault("pageprinter.jam"))


def test_a_guide_is_printed_and_the_application_can_still_be_begun(taker: Taker) -> None:
    taker.to_guide().does(GuidePrintAsked())
    serial, language = taker.session.serial, taker.session.language
    assert taker.effects == (PrintGuide(serial, taker.item, language, 1),)
    assert taker.does(GuidePrintAsked()).effects == ()
    taker.does(GuidePrinted(serial, PrintResult("job", PrintOutcome.PRINTED)))
    assert isinstance(taker.state, Guiding)
    assert taker.state.paper is PaperPhase.PRINTED
    assert not isinstance(taker.does(Continued()).state, Guiding)


def test_without_paper_the_guide_stays_on_the_screen(taker: Taker) -> None:
    taker.does(DeviceHealthChanged(broken("printer-1", "printer.paper-out"))).to_guide()
    taker.does(GuidePrintAsked())
    assert isinstance(taker.state, Guiding)
    assert taker.state.fault == Fault("printer.paper-out")
