from pathlib import Path

import pytest

from devices.errors import DeviceError
from devices.journal import JobJournal
from devices.model import PrintOutcome
from tests.support.full_disk import full_disk

CODE = "printer.journal-unwritable"


def test_outcomes_survive_and_the_last_word_counts(tmp_path: Path) -> None:
    path = tmp_path / "jobs.jsonl"
    first = JobJournal("printer-1", CODE, path)
    first.enter("a", PrintOutcome.UNKNOWN)
    first.enter("a", PrintOutcome.PRINTED)
    first.enter("b", PrintOutcome.UNKNOWN)
    second = JobJournal("printer-1", CODE, path)
    assert second.outcome("a") is PrintOutcome.PRINTED
    assert second.outcome("b") is PrintOutcome.UNKNOWN
    assert second.outcome("c") is None


def test_a_long_journal_keeps_its_latest_jobs_and_stays_small(tmp_path: Path) -> None:
    path = tmp_path / "jobs.jsonl"
    path.write_text("".join(f'{{"id":"slip-{index}","outcome":"printed"}}\n' for index in range(2600)))
    journal = JobJournal("printer-1", CODE, path)
    assert journal.outcome("slip-599") is None
    assert journal.outcome("slip-600") is PrintOutcome.PRINTED
    lines = path.read_text().splitlines()
    assert (len(lines), lines[-1]) == (2000, '{"id":"slip-2599","outcome":"printed"}')
    assert list(tmp_path.iterdir()) == [path]


def test_a_journal_stays_small_and_keeps_its_latest_jobs_while_its_process_lives_on(tmp_path: Path) -> None:
    path = tmp_path / "jobs.jsonl"
    journal = JobJournal("printer-1", CODE, path, kept=5)
    for index in range(40):
        journal.enter(f"slip-{index}", PrintOutcome.UNKNOWN, f"digest-{index}")
        journal.enter(f"slip-{index}", PrintOutcome.PRINTED)
        assert len(path.read_text().splitlines()) <= 10
    for known in (journal, JobJournal("printer-1", CODE, path, kept=5)):
        assert known.outcome("slip-39") is PrintOutcome.PRINTED
        assert known.outcome("slip-35") is PrintOutcome.PRINTED
        assert known.outcome("slip-20") is None
    assert "digest-36" in path.read_text()


@pytest.mark.parametrize(
    "torn",
    [
        b"",
        b"{",
        b'{"id":"b","outcome":"maybe"}\n',
        b"\xff\xfe\n",
        b"[]\n",
        b'{"id":"\xff","outcome":"printed"}\n',
    ],
)
def test_a_damaged_line_costs_only_itself(tmp_path: Path, torn: bytes) -> None:
    path = tmp_path / "jobs.jsonl"
    path.write_bytes(b'{"id":"a","outcome":"printed"}\n' + torn)
    journal = JobJournal("printer-1", CODE, path)
    journal.enter("c", PrintOutcome.PRINTED)
    again = JobJournal("printer-1", CODE, path)
    assert again.outcome("a") is PrintOutcome.PRINTED
    assert again.outcome("c") is PrintOutcome.PRINTED


def test_a_journal_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    journal = JobJournal("printer-1", CODE, tmp_path / "missing" / "jobs.jsonl")
    with pytest.raises(DeviceError) as caught:
        journal.enter("a", PrintOutcome.UNKNOWN)
    assert caught.value.code == "printer.journal-unwritable"


def test_a_line_that_found_room_in_part_does_not_spoil_the_next(tmp_path: Path) -> None:
    path = tmp_path / "jobs.jsonl"
    journal = JobJournal("printer-1", CODE, path)
    journal.enter("a", PrintOutcome.PRINTED)
    with full_disk(path.stat().st_size + 7), pytest.raises(DeviceError):
        journal.enter("b", PrintOutcome.UNKNOWN)
    journal.enter("c", PrintOutcome.PRINTED)
    again = JobJournal("printer-1", CODE, path)
    assert [again.outcome(job) for job in "abc"] == [PrintOutcome.PRINTED, None, PrintOutcome.PRINTED]


def test_without_a_file_the_journal_remembers_while_it_lives() -> None:
    journal = JobJournal("printer-1", CODE, None)
    journal.enter("a", PrintOutcome.PRINTED)
    assert journal.outcome("a") is PrintOutcome.PRINTED
