# A busy platform says so: who comes too often is told when to come back, and everybody how far apart.
from collections.abc import Iterator
from dataclasses import replace

import pytest

from district.gate import LASTS_S, Load
from district.limits import Limits
from offline_queue.transport import Answer, Partial, Reachable, Trouble, TryLater
from tests.contract.hosted import Hosted, hosted

LIMITS = Limits(requests_per_s=2.0)


class Clock:
    def __init__(self) -> None:
        self.now_s = 1000.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_a_platform_that_is_not_busy_has_no_wish(clock: Clock) -> None:
    load = Load(LIMITS, clock)
    assert [load.enter(b"a") for _ in range(4)] == [True] * 4
    assert load.interval_ms is None


def _filled(clock: Clock, terminals: int) -> Load:
    """As many requests as are let in, of so many terminals."""
    load = Load(LIMITS, clock)
    turn = 0
    while load.enter(b"%d" % (turn % terminals)):
        turn += 1
    return load


def test_at_the_pace_asked_for_all_terminals_together_fit(clock: Clock) -> None:
    pace_s = (_filled(clock, 4).interval_ms or 0) / 1000
    requests_per_s = 4 * 2 / pace_s
    assert 0.8 * (LIMITS.requests_per_s or 0) <= requests_per_s <= (LIMITS.requests_per_s or 0)


def test_the_pace_grows_with_the_number_of_terminals(clock: Clock) -> None:
    few, many = _filled(clock, 2).interval_ms, _filled(clock, 20).interval_ms
    assert few is not None
    assert many is not None
    assert abs(many - 10 * few) <= 10


def test_who_is_not_let_in_comes_back_when_there_is_room(clock: Clock) -> None:
    load = _filled(clock, 1)
    assert load.retry_after_s >= 1
    clock.now_s += 30
    assert load.enter(b"0")
    assert load.interval_ms is None


def test_a_terminal_that_went_away_counts_no_more(clock: Clock) -> None:
    load = _filled(clock, 30)
    crowded = load.interval_ms
    clock.now_s += LASTS_S + 1
    while load.enter(b"a"):
        pass
    assert crowded is not None
    assert load.interval_ms == _filled(clock, 1).interval_ms
    assert load.interval_ms is not None
    assert load.interval_ms < crowded


def test_made_up_terminals_silence_nobody_for_ever(clock: Clock) -> None:
    load = Load(LIMITS, clock)
    for terminal in range(200_000):
        load.enter(b"%d" % terminal)
    assert load.interval_ms == 600_000


def test_only_so_many_are_let_in_at_the_same_time(clock: Clock) -> None:
    load = Load(replace(LIMITS, requests_per_s=None, concurrent=2), clock)
    load.under_way = 2
    assert not load.enter(b"a")
    load.under_way = 1
    assert load.enter(b"a")


@pytest.fixture(scope="module")
def narrow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosted]:
    with hosted(tmp_path_factory.mktemp("narrow"), limits=LIMITS) as platform:
        yield platform


def test_a_terminal_hears_the_pace_and_later_that_it_is_too_much(narrow: Hosted) -> None:
    sealed = narrow.sealed()
    with narrow.transport() as transport:
        assert transport.announce(sealed.meta) == Partial(0)
        assert transport.pace() is None
        heard: list[Answer] = []
        while not heard or heard[-1] == Partial(0):
            heard.append(transport.status(sealed.meta.submission_id))
        pace = transport.pace()
        assert pace is not None
        assert pace.interval_s > 1
        assert pace.lasts_s == LASTS_S
        assert _told_to_wait(heard[-1])
        chunk = bytes(3_000_000)
        assert _told_to_wait(transport.append(sealed.meta.submission_id, 0, chunk, last=False))
        assert transport.ping() == Reachable()
        assert transport.pace() is None


def _told_to_wait(answer: Answer) -> bool:
    return isinstance(answer, TryLater) and answer.reason == Trouble.BUSY and bool(answer.retry_after_s)
