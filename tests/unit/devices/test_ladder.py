from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.errors import Remedy, Severity
from devices.health import Health
from devices.ladder import LADDER, Rung, Step, due_rung

NOW = datetime(2026, 11, 25, tzinfo=UTC)


def health(code: str, severity: Severity, remedy: Remedy | None) -> Health:
    return Health("idcard-1", code, severity, remedy, NOW)


BROKEN = health("idcard.sam-selftest", Severity.FAULT, Remedy.SERVICE)
LOST = health("device.absent", Severity.FAULT, Remedy.SERVICE)
AGES_S = st.floats(0.0, 1e6)


def test_a_device_that_just_became_unwell_is_left_to_its_driver() -> None:
    assert due_rung(BROKEN, 29.9, {}, 1000.0) is None


def test_a_broken_device_gets_a_new_process_first() -> None:
    assert due_rung(BROKEN, 30.0, {}, 1000.0) is Rung.NEW_PROCESS


def test_a_device_that_a_new_process_did_not_help_is_taken_off_the_bus() -> None:
    assert due_rung(BROKEN, 60.0, {Rung.NEW_PROCESS: 970.0}, 1000.0) is Rung.USB_OFF_AND_ON


def test_a_device_that_is_not_there_needs_no_new_process() -> None:
    assert due_rung(LOST, 59.9, {}, 1000.0) is None
    assert due_rung(LOST, 60.0, {}, 1000.0) is Rung.USB_OFF_AND_ON


@pytest.mark.parametrize(
    "fault",
    [
        health("device.ok", Severity.OK, None),
        health("idcard.no-answer", Severity.WARN, Remedy.RETRY),
        health("printer.paper-out", Severity.BLOCK, Remedy.ATTENDANT),
        health("scanner.jam", Severity.BLOCK, Remedy.RESIDENT),
        health("device.bad-option", Severity.FAULT, Remedy.SERVICE),
        health("device.port-denied", Severity.FAULT, Remedy.SERVICE),
        health("sensors.tamper", Severity.SECURITY, Remedy.SERVICE),
    ],
    ids=lambda fault: fault.code,
)
@given(unwell_s=AGES_S)
def test_what_only_a_person_or_the_profile_can_put_right_is_left_alone(
    fault: Health, unwell_s: float
) -> None:
    assert due_rung(fault, unwell_s, {}, 1e6) is None


def test_a_device_that_only_warns_is_not_disturbed() -> None:
    assert due_rung(health("power.replace-battery", Severity.WARN, Remedy.SERVICE), 1e6, {}, 1e6) is None


@given(
    looks_s=st.lists(st.floats(0.1, 200.0), min_size=1, max_size=200),
    faults=st.lists(st.sampled_from([BROKEN, LOST]), min_size=1, max_size=5),
)
def test_no_rung_is_tried_more_often_than_its_pause_allows(
    looks_s: list[float], faults: list[Health]
) -> None:
    tried_s: dict[Rung, float] = {}
    tries: dict[Rung, list[float]] = {rung: [] for rung in Rung}
    now_s = 0.0
    for number, pause_s in enumerate(looks_s):
        now_s += pause_s
        rung = due_rung(faults[number % len(faults)], now_s, tried_s, now_s)
        if rung is not None:
            tried_s[rung] = now_s
            tries[rung].append(now_s)
    for rung, times_s in tries.items():
        assert all(later - earlier >= LADDER[rung].every_s for earlier, later in pairwise(times_s))
        assert all(time_s >= LADDER[rung].after_s for time_s in times_s)


@given(unwell_s=AGES_S, tried_ago_s=st.dictionaries(st.sampled_from(Rung), st.floats(0.0, 1e4)))
def test_a_rung_is_never_tried_before_the_device_was_unwell_long_enough(
    unwell_s: float, tried_ago_s: dict[Rung, float]
) -> None:
    now_s = 2e6
    rung = due_rung(BROKEN, unwell_s, {rung: now_s - ago for rung, ago in tried_ago_s.items()}, now_s)
    if rung is not None:
        assert unwell_s >= LADDER[rung].after_s
        assert tried_ago_s.get(rung, 1e9) >= LADDER[rung].every_s - 1e-6


def test_another_ladder_may_be_handed_in() -> None:
    quick = {Rung.USB_OFF_AND_ON: Step(0.0, 1.0, frozenset({LOST.phase}))}
    assert due_rung(LOST, 0.0, {}, 0.0, quick) is Rung.USB_OFF_AND_ON
    assert due_rung(BROKEN, 0.0, {}, 0.0, quick) is None
