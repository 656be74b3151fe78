"""What the journal knows of a visit that was cut off."""

from contextlib import nullcontext
from pathlib import Path

import pytest

from kiosk.chronicle import Chronicle
from kiosk.clock import SystemClock
from kiosk.demo.scenes.visits import CASE_NO, RECEIPT_NO, item, outcome, visit
from kiosk.domain.report import Report
from kiosk.journal import Journal, read
from kiosk.mailbox import PlainMailbox
from kiosk.session.effects import CallStaff, Ring, Tone
from kiosk.session.errand import Filing
from kiosk.session.fault import Fault
from kiosk.session.report_states import ReportReview
from kiosk.session.states import (
    Asking,
    Attract,
    Failing,
    Home,
    Identifying,
    Outcome,
    Rating,
    Receipting,
    Resulting,
    Reviewing,
    Session,
    State,
    Submitting,
)
from tests.support.full_disk import full_disk


def next_start(path: Path, *states: State) -> Chronicle:
    """Let a program show these states and end; return what the next one knows."""
    with Journal(path, SystemClock()) as journal:
        chronicle = Chronicle(journal, PlainMailbox())
        for state in states:
            chronicle.on_session(Session(state=state))
        chronicle.close()
    with Journal(path, SystemClock()) as journal:
        chronicle = Chronicle(journal, PlainMailbox())
        chronicle.close()
        return chronicle


@pytest.mark.parametrize(
    "state",
    [
        Identifying(Filing(item())),
        Asking(visit(), "phone"),
        Reviewing(visit(filled=True)),
        Failing(item(), Fault("queue.no-space"), visit=visit(filled=True)),
    ],
)
def test_a_program_that_ended_in_mid_visit_is_known_to_the_next(tmp_path: Path, state: State) -> None:
    known = next_start(tmp_path / "journal.jsonl", Home(), state)
    assert known.cut_off
    assert known.storing is None


@pytest.mark.parametrize(
    "state",
    [
        Attract(),
        Home(),
        Rating(outcome()),
        Failing(item(), Fault("submission.refused"), outcome=outcome(received=False)),
    ],
)
def test_a_program_that_ended_before_or_behind_it_is_not(tmp_path: Path, state: State) -> None:
    known = next_start(tmp_path / "journal.jsonl", state)
    assert not known.cut_off
    assert known.storing is None


@pytest.mark.parametrize(
    ("state", "ids"),
    [
        (Submitting(visit(), item(), "陈*", 1, scanned=False), {"item": item().code}),
        (Resulting(outcome()), {"item": item().code, "receipt_no": RECEIPT_NO, "case_no": CASE_NO}),
        (Receipting(outcome()), {"item": item().code, "receipt_no": RECEIPT_NO, "case_no": CASE_NO}),
        (ReportReview(Report("road"), storing=True), {}),
    ],
)
def test_whether_something_was_stored_is_to_be_asked(
    tmp_path: Path, state: State, ids: dict[str, str]
) -> None:
    known = next_start(tmp_path / "journal.jsonl", Home(), state)
    assert not known.cut_off
    assert known.storing is not None
    assert known.storing.ids == {"visit": "0", **ids}


def test_the_first_start_of_all_follows_nothing(tmp_path: Path) -> None:
    known = next_start(tmp_path / "journal.jsonl")
    assert not known.cut_off
    assert known.storing is None


def test_half_a_line_that_a_full_disk_took_breaks_no_chain(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    with Journal(path, SystemClock()) as journal:
        journal.write("session.home")
        # The disk takes fifty bytes of the next line, and then refuses.
        with full_disk(path.stat().st_size + 50), pytest.raises(OSError, match="too large"):
            journal.write("session.asking")
        journal.write("session.home")
    assert [entry.code for entry in read(path)] == ["session.home", "session.home"]


def test_staff_that_are_called_stand_in_the_journal_with_the_visit_alone(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    with Journal(path, SystemClock()) as journal:
        chronicle = Chronicle(journal, PlainMailbox())
        chronicle.on_effect(CallStaff(7, "idcard.forgotten"))
        chronicle.on_effect(Ring(Tone.CARD))
        chronicle.close()
    assert [(entry.code, entry.ids) for entry in read(path)] == [("idcard.forgotten", {"visit": "7"})]


def test_a_disk_that_is_full_ends_no_visit_and_leaves_the_chain_whole(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    mailbox = PlainMailbox()
    with Journal(path, SystemClock()) as journal:
        journal.write("session.home")
        for room in (7, None):
            chronicle = Chronicle(journal, mailbox)
            with nullcontext() if room is None else full_disk(path.stat().st_size + room):
                chronicle.on_session(Session(state=Attract()))
                chronicle.close()
    mailbox.stop()
    mailbox.run()  # raises what was a bug
    assert [entry.code for entry in read(path)] == ["session.home", "session.attract"]


def test_a_case_number_that_is_no_id_of_the_journal_ends_no_visit(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    mailbox = PlainMailbox()
    outcome = Outcome(item(), "T0421-000137-K7", "深宝安受〔2026〕17号", "陈*", 1)
    with Journal(path, SystemClock()) as journal:
        chronicle = Chronicle(journal, mailbox)
        chronicle.on_session(Session(state=Resulting(outcome)))
        chronicle.close()
    mailbox.stop()
    mailbox.run()
    (entry,) = read(path)
    assert entry.ids == {"visit": "0", "item": item().code, "receipt_no": "T0421-000137-K7"}
