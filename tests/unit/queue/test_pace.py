from hypothesis import given
from hypothesis import strategies as st

from offline_queue.clock import Stamp
from offline_queue.pace import LinePace
from offline_queue.schedule import (
    BREAKER_THRESHOLD,
    EASED_INTERVAL_S,
    OUTAGE_SPREAD_S,
    PROBE_MAX_S,
    SHORT_OUTAGE_S,
)
from offline_queue.transport import Pace

DICE = st.floats(0, 1)
MINUTE_MS = 60_000
HOUR_MS = 60 * MINUTE_MS
NOW = Stamp("boot-1", 10 * HOUR_MS, 1_750_000_000_000)


def down(now_ms: int = 0) -> LinePace:
    pace = LinePace()
    for _ in range(BREAKER_THRESHOLD):
        pace = pace.lost(now_ms, 0.5)
    assert pace.breaker.is_open
    return pace


@given(DICE)
def test_after_a_long_outage_the_backlog_is_spread_over_five_minutes(dice: float) -> None:
    back = down().probed(HOUR_MS, dice)
    assert back.quiet_until_ms == HOUR_MS + round(1000 * OUTAGE_SPREAD_S * dice)


def test_after_a_short_outage_nothing_is_spread() -> None:
    assert down().probed(round(1000 * SHORT_OUTAGE_S) - 1, 1.0).quiet_until_ms == 0


def test_what_piled_up_in_two_minutes_is_spread_over_two_minutes() -> None:
    assert down().probed(2 * MINUTE_MS, 1.0).quiet_until_ms == 4 * MINUTE_MS


def test_a_hint_that_the_line_is_back_spreads_as_well() -> None:
    assert down().restored(HOUR_MS, 1.0).quiet_until_ms == HOUR_MS + round(1000 * OUTAGE_SPREAD_S)
    assert LinePace().restored(HOUR_MS, 1.0).quiet_until_ms == 0


def test_the_first_delivery_after_an_outage_draws_no_second_spread() -> None:
    back = down().probed(HOUR_MS, 0.5).answered(HOUR_MS + 10 * MINUTE_MS, 1.0)
    assert back.quiet_until_ms < HOUR_MS + 10 * MINUTE_MS
    assert back.down_since_ms is None


def test_a_half_open_line_that_fails_once_is_down_again() -> None:
    assert down().probed(HOUR_MS, 0.5).lost(2 * HOUR_MS, 0.5).breaker.is_open


def test_after_an_outage_the_backlog_walks_until_the_platform_tells_its_pace() -> None:
    back = down().probed(HOUR_MS, 0.0).delivered(HOUR_MS, 1.0)
    assert back.quiet_until_ms == HOUR_MS + round(2000 * EASED_INTERVAL_S)
    told = back.asked(HOUR_MS, Pace(30.0, 60.0), 0.5).delivered(HOUR_MS, 1.0)
    assert told.quiet_until_ms == HOUR_MS + MINUTE_MS


@given(DICE, st.floats(0, 600))
def test_at_the_platform_s_pace_the_next_one_comes_within_twice_the_interval(
    dice: float, interval_s: float
) -> None:
    pace = LinePace().asked(0, Pace(interval_s, 60.0), dice).delivered(0, dice)
    assert pace.quiet_until_ms == round(2000 * interval_s * dice)


def test_a_pace_ends_with_its_time_and_not_with_an_answer_that_tells_none() -> None:
    pace = LinePace().asked(0, Pace(10.0, 60.0), 0.5).asked(1000, None, 0.5)
    assert pace.delivered(59_999, 1.0).quiet_until_ms == 59_999 + 20_000
    assert pace.delivered(60_000, 1.0).quiet_until_ms == 0


def test_a_used_up_rate_holds_everything_until_it_is_filled_again() -> None:
    pace = LinePace().asked(0, Pace(0.0, 0.0, silent_s=30.0), 0.0)
    assert pace.hold_until_ms == 30_000


@given(DICE, st.floats(0, 3600))
def test_patience_asked_for_is_never_cut_short_by_a_later_wish(dice: float, asked_s: float) -> None:
    held = LinePace().held(0, asked_s, dice)
    assert held.held(0, asked_s / 2, dice).hold_until_ms >= held.hold_until_ms >= round(1000 * asked_s) - 1


def test_trouble_makes_cautious_and_a_delivery_ends_it() -> None:
    assert LinePace().lost(0, 0.5).cautious
    assert LinePace().stumbled().cautious
    assert not LinePace().stumbled().delivered(0, 0.5).cautious


def test_a_restart_finds_breaker_patience_and_pace_as_they_were() -> None:
    pace = down(NOW.mono_ms - HOUR_MS).held(NOW.mono_ms, 600, 0.0).asked(NOW.mono_ms, Pace(30.0, 90.0), 0.0)
    resumed = LinePace.resume(pace.keep("boot-1"), NOW, 1.0)
    assert resumed.breaker.is_open
    assert resumed.breaker.probe_due(NOW.mono_ms + round(1000 * PROBE_MAX_S))
    assert resumed.hold_until_ms == pace.hold_until_ms
    assert (resumed.interval_s, resumed.paced_until_ms) == (30.0, NOW.mono_ms + 90_000)
    assert resumed.down_since_ms == NOW.mono_ms - HOUR_MS


def test_a_restart_draws_its_place_in_the_pace_anew() -> None:
    pace = LinePace().asked(NOW.mono_ms, Pace(30.0, 90.0), 0.0)
    assert LinePace.resume(pace.keep("boot-1"), NOW, 1.0).quiet_until_ms == NOW.mono_ms + 60_000


def test_of_another_boot_only_the_breaker_counts() -> None:
    pace = down().held(0, 3600, 1.0).asked(0, Pace(30.0, 3600.0), 0.0)
    resumed = LinePace.resume(pace.keep("boot-0"), Stamp("boot-1", 5_000, 0), 0.5)
    assert resumed.breaker.is_open
    assert (resumed.hold_until_ms, resumed.paced_until_ms, resumed.down_since_ms) == (0, 0, 5_000)


@given(st.binary(max_size=40))
def test_what_cannot_be_read_is_a_fresh_line(note: bytes) -> None:
    assert LinePace.resume(note, NOW, 0.5) == LinePace()


def test_only_what_a_restart_needs_is_worth_a_flush() -> None:
    pace = LinePace()
    assert not pace.lost(0, 0.5).stumbled().delivered(0, 0.5).differs(pace)
    assert down().differs(pace)
    assert pace.held(0, 10, 0.5).differs(pace)
    paced = pace.asked(0, Pace(10.0, 60.0), 0.5)
    assert paced.differs(pace)
    assert not paced.asked(1000, Pace(10.0, 60.0), 0.5).differs(paced.asked(500, Pace(10.0, 60.0), 0.5))
