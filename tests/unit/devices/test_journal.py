from pathlib import Path

import pytest

from devices.errors import DeviceError
from devices.journal import JobJournal
from devices.model import PrintOutcome

CODE = "pageprinter.journal-unwritable"


def test_outcomes_survive_and_the_last_word_counts(tmp_path: Path) -> None:
    path = tmp_path / "jobs.jsonl"
    first = JobJournal("pageprinter-1", CODE, path)
    first.enter("a", PrintOutcome.UNKNOWN, "ab12")
    first.enter("a", PrintOutcome.PRINTED, "ab12")
    first.enter("b", PrintOutcome.UNKNOWN)
    second = JobJournal("pageprinter-1", CODE, path)
    assert [second.outcome(job) for job in "abc"] == [PrintOutcome.PRINTED, PrintOutcome.UNKNOWN, None]
    assert "ab12" in path.read_text("ascii")


def test_without_a_file_outcomes_last_as_long_as_the_process() -> None:
    journal = JobJournal("pageprinter-1", CODE, None)
    journal.enter("a", PrintOutcome.UNKNOWN)
    assert journal.outcome("a") is PrintOutcome.UNKNOWN
    journal.forget("a")
    assert journal.outcome("a") is None


def test_a_line_that_a_power_cut_tore_spoils_no_other(tmp_path: Path) -> None:
    path = tmp_path / "jobs.jsonl"
    path.write_bytes(b'{"id":"a","outcome":"printed"}\n{"id":"b","outc')
    JobJournal("pageprinter-1", CODE, path).enter("c", PrintOutcome.UNKNOWN)
    again = JobJournal("pageprinter-1", CODE, path)
    assert [again.outcome(job) for job in "abc"] == [PrintOutcome.PRINTED, None, PrintOutcome.UNKNOWN]


def test_a_long_journal_keeps_its_latest_jobs_and_stays_small(tmp_path: Path) -> None:
    path = tmp_path / "jobs.jsonl"
    path.write_text("".join(f'{{"id":"job-{index}","outcome":"printed"}}\n' for index in range(2600)))
    journal = JobJournal("pageprinter-1", CODE, path)
    assert journal.outcome("job-599") is None
    assert journal.outcome("job-600") is PrintOutcome.PRINTED
    assert len(path.read_text().splitlines()) == 2000


def test_a_file_that_cannot_be_written_is_told_with_the_code_of_its_device(tmp_path: Path) -> None:
    journal = JobJournal("pageprinter-1", CODE, tmp_path / "gone" / "jobs.jsonl")
    with pytest.raises(DeviceError) as caught:
        journal.enter("a", PrintOutcome.UNKNOWN)
    assert caught.value.code == CODE
