from hypothesis import given
from hypothesis import strategies as st

from offline_queue.schedule import (
    BREAKER_THRESHOLD,
    CAP_S,
    PROBE_MAX_S,
    PROBE_MIN_S,
    Breaker,
    asked_pause_s,
    pause_s,
    takes_oldest,
)

DICE = st.floats(0, 1)


def test_the_limit_of_the_pause_doubles_up_to_five_minutes() -> None:
    assert [pause_s(failures, 1.0) for failures in (1, 2, 3, 8, 9, 100_000)] == [2, 4, 8, 256, CAP_S, CAP_S]


@given(st.integers(1, 10**6), DICE)
def test_a_pause_is_anywhere_between_nothing_and_its_limit(failures: int, dice: float) -> None:
    assert 0 <= pause_s(failures, dice) <= CAP_S
    assert pause_s(failures, 0.0) == 0


@given(st.floats(0, 10_000), DICE)
def test_an_asked_pause_is_never_cut_short(asked_s: float, dice: float) -> None:
    assert asked_s <= asked_pause_s(asked_s, dice) <= 2 * asked_s


def test_every_fourth_turn_is_the_oldest_one_s() -> None:
    assert [takes_oldest(turn) for turn in range(8)] == [False, False, False, True] * 2


def opened(now_ms: int = 0, dice: float = 0.5) -> Breaker:
    breaker = Breaker()
    for _ in range(BREAKER_THRESHOLD):
        assert not breaker.is_open
        breaker = breaker.failed(now_ms, dice)
    return breaker


@given(DICE)
def test_the_breaker_opens_after_five_failures_and_probes_within_ninety_seconds(dice: float) -> None:
    breaker = opened(1_000, dice)
    assert breaker.is_open
    assert not breaker.probe_due(1_000 + round(1000 * PROBE_MIN_S) - 1)
    assert breaker.probe_due(1_000 + round(1000 * PROBE_MAX_S))


def test_a_new_failure_does_not_push_the_probe_away() -> None:
    assert opened().failed(20_000, 1.0).probe_at_ms == opened().probe_at_ms


def test_a_failed_probe_sets_the_next_one() -> None:
    assert opened().failed(70_000, 0.0).probe_at_ms == 70_000 + round(1000 * PROBE_MIN_S)


def test_after_an_answered_probe_one_more_failure_opens_it_again() -> None:
    half_open = opened().probed()
    assert not half_open.is_open
    assert half_open.failed(0, 0.5).is_open
