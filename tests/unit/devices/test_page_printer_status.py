from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.errors import DeviceError, Remedy, Severity
from devices.page_printer.faults import Complaint, fault_of, worst_complaint
from devices.page_printer.status import (
    PRINTER_ATTRIBUTES,
    QUEUE_ATTRIBUTES,
    device_uri,
    queue_complaints,
    status_from,
)
from devices.values.page_printer import Supply, supplies_from, supply_readings

IDLE = {"printer-state": 3, "printer-state-reasons": ["none"], "printer-is-accepting-jobs": True}
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
    lambda inner: st.lists(inner) | st.tuples(inner, inner) | st.dictionaries(st.text(), inner),
    max_leaves=6,
)
ATTRIBUTES = st.dictionaries(
    st.sampled_from([*QUEUE_ATTRIBUTES, *PRINTER_ATTRIBUTES, "something-else"]), ANYTHING
)


def codes(*reasons: str, state: int = 3, **markers: Any) -> list[str]:
    told = IDLE | {"printer-state": state, "printer-state-reasons": list(reasons)}
    told |= {name.replace("_", "-"): value for name, value in markers.items()}
    return [complaint.fault.code for complaint in status_from("p-1", told).complaints()]


@given(ATTRIBUTES)
def test_whatever_a_queue_or_printer_tells_only_errors_of_its_own_come_out(
    attributes: dict[str, Any],
) -> None:
    worst_complaint(queue_complaints(attributes))
    device_uri(attributes)
    try:
        status = status_from("pageprinter-1", attributes)
    except DeviceError:
        return
    worst_complaint(status.complaints())
    assert supplies_from(supply_readings(status.supplies)) == status.supplies
    assert status.word


@given(st.text(max_size=40))
def test_whatever_reason_is_given_it_is_a_fault_or_none(reason: str) -> None:
    fault = fault_of(reason)
    assert fault is None or fault.code.startswith("pageprinter.")


@pytest.mark.parametrize(
    ("reason", "code"),
    [
        ("media-empty-error", "pageprinter.paper-out"),
        ("media-empty", "pageprinter.paper-out"),
        ("media-needed-report", "pageprinter.paper-low"),
        ("media-empty-warning", "pageprinter.paper-low"),
        ("media-low-report", "pageprinter.paper-low"),
        ("media-jam-error", "pageprinter.jam"),
        ("door-open-error", "pageprinter.cover-open"),
        ("cover-open", "pageprinter.cover-open"),
        ("toner-low-warning", "pageprinter.toner-low"),
        ("toner-empty-warning", "pageprinter.toner-low"),
        ("marker-supply-empty-error", "pageprinter.toner-empty"),
        ("marker-waste-full-error", "pageprinter.waste-full"),
        ("marker-waste-almost-full-warning", "pageprinter.waste-nearly-full"),
        ("input-tray-missing-error", "pageprinter.tray-missing"),
        ("output-area-full-error", "pageprinter.output-full"),
        ("offline-report", "pageprinter.offline"),
        ("paused", "pageprinter.queue-stopped"),
        ("fuser-over-temp-warning", "pageprinter.warming"),
        ("marker-failure-error", "pageprinter.broken"),
    ],
)
def test_each_reason_of_ipp_has_a_code(reason: str, code: str) -> None:
    fault = fault_of(reason)
    assert fault is not None
    assert fault.code == code


@pytest.mark.parametrize(
    "reason",
    ["none", "", "-", "connecting-to-device", "cups-waiting-for-job-completed", "media-jam-report", "-error"],
)
def test_what_hinders_nothing_is_no_fault(reason: str) -> None:
    assert fault_of(reason) is None


def test_a_printer_that_stops_without_a_known_reason_says_so() -> None:
    assert codes("vendor-42", state=5) == ["pageprinter.stopped"]
    assert codes("media-jam-error", state=5) == ["pageprinter.jam"]


@pytest.mark.parametrize(
    ("level", "low", "expected"),
    [
        (80, 5, []),
        (10, 0, ["pageprinter.toner-low"]),
        (15, 20, ["pageprinter.toner-low"]),
        (0, 5, ["pageprinter.toner-empty"]),
        (-1, 5, []),
        (-3, 5, []),
        (400, 5, []),
    ],
)
def test_a_level_counts_where_the_printer_gives_no_reason(level: int, low: int, expected: list[str]) -> None:
    told = codes(
        "none",
        marker_names="Black",
        marker_types="toner",
        marker_levels=level,
        marker_low_levels=low,
    )
    assert told == expected


@pytest.mark.parametrize(
    ("level", "expected"),
    [(25, []), (96, ["pageprinter.waste-nearly-full"]), (100, ["pageprinter.waste-full"])],
)
def test_waste_fills_up_instead_of_running_out(level: int, expected: list[str]) -> None:
    assert (
        codes("none", marker_names=["Waste"], marker_types=["waste-toner"], marker_levels=[level]) == expected
    )


def test_a_worn_part_is_no_toner() -> None:
    assert codes("none", marker_names=["Fuser"], marker_types=["fuser"], marker_levels=[0]) == []


def test_markers_of_different_length_are_read_as_far_as_they_go() -> None:
    told = IDLE | {"marker-names": ["A", "B", "C"], "marker-levels": [50, 60], "marker-types": "toner"}
    assert status_from("p-1", told).supplies == (
        Supply("A", "toner", 50),
        Supply("B", "", 60),
        Supply("C", "", None),
    )


def test_the_worst_complaint_comes_first() -> None:
    told = IDLE | {"printer-state-reasons": ["toner-low-warning", "media-empty-error", "media-jam-error"]}
    worst = worst_complaint(status_from("p-1", told).complaints())
    assert worst is not None
    assert worst.fault.code == "pageprinter.jam"
    assert worst_complaint(()) is None


@pytest.mark.parametrize(
    ("attributes", "code"),
    [
        ({"printer-error-policy": "retry-job"}, "pageprinter.unsafe-queue"),
        ({"printer-error-policy": "retry-current-job"}, "pageprinter.unsafe-queue"),
        ({"printer-state": 5}, "pageprinter.queue-stopped"),
        ({"printer-is-accepting-jobs": False}, "pageprinter.queue-rejects"),
    ],
)
def test_what_is_wrong_with_a_queue_blocks(attributes: dict[str, Any], code: str) -> None:
    (complaint,) = queue_complaints(IDLE | attributes)
    assert complaint.fault.code == code
    assert complaint.fault.blocks
    assert complaint.fault.error("p-1").remedy is Remedy.SERVICE


@pytest.mark.parametrize("policy", ["abort-job", "stop-printer"])
def test_a_queue_that_prints_once_is_in_order(policy: str) -> None:
    assert list(queue_complaints(IDLE | {"printer-error-policy": policy})) == []


@pytest.mark.parametrize(
    ("told", "asked"),
    [
        ("ipp://printer/ipp/print", "ipp://printer/ipp/print"),
        (["ipps://printer/"], "ipps://printer/"),
        ("usb://Maker/Model", None),
        (None, None),
    ],
)
def test_only_a_printer_that_speaks_ipp_is_asked_itself(told: object, asked: str | None) -> None:
    assert device_uri({"device-uri": told}) == asked


def test_supplies_running_low_warn_and_all_else_that_needs_somebody_blocks() -> None:
    low, out = fault_of("toner-low"), fault_of("media-empty")
    assert low is not None
    assert out is not None
    assert (low.error("p").severity, out.error("p").severity) == (Severity.WARN, Severity.BLOCK)
    assert not low.blocks
    assert Complaint(out).fault.blocks
