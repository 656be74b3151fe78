import io
from typing import Any

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.errors import DeviceError
from devices.model import PrintOutcome
from devices.page_printer.job import JOB_ATTRIBUTES, JobState, failure, job_status, label, ours, verdict
from devices.page_printer.options import options_from
from devices.page_printer.pages import expected_count
from tests.unit.devices.test_page_printer_status import ANYTHING

JOB = {
    "job-name": "document",
    "job-billing": "3/job-1",
    "job-printer-uri": "ipp://localhost/printers/a4",
    "job-impressions-completed": 3,
    "time-at-processing": 1795630838,
}


@given(st.dictionaries(st.sampled_from(JOB_ATTRIBUTES), ANYTHING))
def test_whatever_is_told_of_a_job_it_is_read_and_judged(attributes: dict[str, Any]) -> None:
    job = job_status(attributes)
    outcome, code = verdict(job)
    assert (code is None) is (outcome is PrintOutcome.PRINTED)
    assert failure(job).startswith("pageprinter.")
    assert len(ours({1: attributes}, "a4")) <= 1


@pytest.mark.parametrize(
    ("attributes", "outcome", "code"),
    [
        ({"job-state": 9}, PrintOutcome.PRINTED, None),
        (
            {"job-state": 9, "job-impressions-completed": 2},
            PrintOutcome.UNKNOWN,
            "pageprinter.no-confirmation",
        ),
        (
            {"job-state": 9, "job-state-reasons": "job-completed-with-errors"},
            PrintOutcome.UNKNOWN,
            "pageprinter.no-confirmation",
        ),
        ({"job-state": 7}, PrintOutcome.UNKNOWN, "pageprinter.cancelled"),
        ({"job-state": 7, "time-at-processing": None}, PrintOutcome.NOT_PRINTED, "pageprinter.cancelled"),
        ({"job-state": 8}, PrintOutcome.NOT_PRINTED, "pageprinter.job-failed"),
        (
            {"job-state": 8, "job-state-reasons": ["document-format-error"]},
            PrintOutcome.NOT_PRINTED,
            "pageprinter.bad-document",
        ),
    ],
)
def test_a_job_is_printed_only_when_the_printer_has_counted_all_of_it(
    attributes: dict[str, Any], outcome: PrintOutcome, code: str | None
) -> None:
    assert verdict(job_status(JOB | attributes)) == (outcome, code)


def test_a_job_carries_our_own_id_whatever_is_in_it() -> None:
    job = job_status(JOB | {"job-billing": label("2026/11/25-7", 12), "job-state": 5})
    assert (job.id, job.expected, job.state, job.ended) == ("2026/11/25-7", 12, JobState.PROCESSING, False)


@pytest.mark.parametrize(
    "strange",
    [{"job-name": "letter.pdf"}, {"job-billing": ""}, {"job-printer-uri": "ipp://localhost/printers/b"}],
)
def test_jobs_of_others_are_not_taken_for_ours(strange: dict[str, Any]) -> None:
    assert list(ours({4: JOB, 5: JOB | strange}, "a4")) == [4]


@pytest.mark.parametrize(
    ("copies", "sides", "count"), [(1, "one-sided", 3), (2, "one-sided", 6), (2, "two-sided-long-edge", 4)]
)
def test_what_a_printer_has_to_count_follows_from_pages_copies_and_sides(
    copies: int, sides: str, count: int
) -> None:
    document = pikepdf.new()
    for _ in range(3):
        document.add_blank_page()
    written = io.BytesIO()
    document.save(written)
    assert expected_count(memoryview(written.getvalue()), copies, sides) == count


@given(st.binary(max_size=200))
def test_pages_of_what_is_no_document_are_not_counted(rubbish: bytes) -> None:
    assert expected_count(memoryview(b"%PDF-1.7\n" + rubbish), 1, "one-sided") == 0


@pytest.mark.parametrize(
    ("options", "key"),
    [
        ({}, "queue"),
        ({"queue": "a b"}, "queue"),
        ({"queue": "a4", "server": "host:port"}, "server"),
        ({"queue": "a4", "server": "two words"}, "server"),
        ({"queue": "a4", "printer": "socket://printer"}, "printer"),
        ({"queue": "a4", "sides": "both"}, "sides"),
        ({"queue": "a4", "media": "A4; rm"}, "media"),
        ({"queue": "a4", "look_s": 0}, "look_s"),
        ({"queue": "a4", "ask_timeout_s": 1000}, "ask_timeout_s"),
        ({"queue": "a4", "toner_low_percent": 99}, "toner_low_percent"),
        ({"queue": "a4", "colour": True}, "colour"),
    ],
)
def test_a_wrong_option_is_named(options: dict[str, Any], key: str) -> None:
    with pytest.raises(DeviceError) as caught:
        options_from("pageprinter-1", options)
    assert caught.value.code == "device.bad-option"
    assert key in caught.value.detail


@pytest.mark.parametrize("server", [None, "/run/cups/cups.sock", "localhost", "printserver:6310"])
def test_the_scheduler_is_named_by_socket_or_host(server: str | None) -> None:
    assert options_from("pageprinter-1", {"queue": "a4", "server": server}).server == server
