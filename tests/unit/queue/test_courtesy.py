"""A resident at the terminal has three quarters of the line, and the backlog never stands still for it."""

import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offline_queue.courtesy import CHUNK_BYTES, LONGEST_REST_S, RESTS, Courtesy
from offline_queue.delivery import Courier, Delivered, Errand, Interrupted
from offline_queue.transport import Accepted, Partial
from tests.support.scripted_transport import ACK, ACK_KEYS, CONTAINER, META, ScriptedTransport


class Line(threading.Event):
    """A line with a clock of its own: what waits for it lets the time pass, and what uses it as well."""

    def __init__(self) -> None:
        super().__init__()
        self.now_s = 0.0
        self.waits_s: list[float] = []

    def wait(self, timeout: float | None = None) -> bool:
        assert timeout is not None
        self.waits_s.append(timeout)
        self.now_s += timeout
        return self.is_set()

    def use(self, for_s: float) -> None:
        self.now_s += for_s


def over(line: Line) -> Courtesy:
    courtesy = Courtesy(lambda: line.now_s)
    courtesy.line_is_free = line
    return courtesy


@given(st.lists(st.floats(0.0, LONGEST_REST_S / RESTS), min_size=1, max_size=30))
def test_while_somebody_needs_the_line_the_backlog_takes_a_quarter_of_it(took_s: list[float]) -> None:
    line = Line()
    courtesy = over(line)
    for exchange_s in took_s:
        courtesy.rest()
        assert courtesy.timed(lambda exchange_s=exchange_s: line.use(exchange_s))[1] == pytest.approx(
            exchange_s
        )
    courtesy.rest()
    assert sum(took_s) == pytest.approx(line.now_s / 4)


def test_time_that_passes_by_itself_is_rest_too() -> None:
    line = Line()
    courtesy = over(line)
    courtesy.timed(lambda: line.use(1.0))
    line.use(2.5)
    courtesy.rest()
    assert line.waits_s == [pytest.approx(0.5)]


def test_after_the_longest_exchange_the_backlog_goes_on_all_the_same() -> None:
    line = Line()
    courtesy = over(line)
    courtesy.timed(lambda: line.use(60.0))
    courtesy.rest()
    assert line.waits_s == [LONGEST_REST_S]


def test_a_line_that_nobody_else_needs_is_not_left_alone() -> None:
    line = Line()
    line.set()
    courtesy = over(line)
    courtesy.timed(lambda: line.use(60.0))
    courtesy.rest()
    assert line.waits_s == []


def test_a_rest_ends_in_the_moment_in_which_nobody_needs_the_line_any_more() -> None:
    waits = threading.Event()

    class Watched(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            waits.set()
            return super().wait(timeout)

    courtesy = Courtesy(iter([0.0, 1e9, 1e9]).__next__)  # 10 s are still to be rested
    courtesy.line_is_free = Watched()
    courtesy.timed(lambda: None)
    courtesy.heed(needed=True)
    resting = threading.Thread(target=courtesy.rest)
    resting.start()
    assert waits.wait(LONGEST_REST_S)
    courtesy.heed(needed=False)
    resting.join(LONGEST_REST_S / 2)
    assert not resting.is_alive()


# The courier ------------------------------------------------------------------------------------------


def courier(transport: ScriptedTransport, line: Line) -> Courier:
    carrying = Courier(transport, ACK_KEYS, lambda: line.now_s)
    carrying.courtesy.line_is_free = line
    transport.before_chunk = lambda: line.use(1.0)
    return carrying


def test_chunks_are_small_and_every_one_is_followed_by_a_rest_but_the_last(container: Path) -> None:
    line = Line()
    sent = range(0, len(CONTAINER), CHUNK_BYTES)
    transport = ScriptedTransport([*(Partial(offset) for offset in sent), Accepted(ACK)])
    assert courier(transport, line).carry(Errand(META, container, tried_before=False)) == Delivered(ACK)
    assert [offset for offset, _, _ in transport.chunks] == list(sent)
    assert {size for _, size, last in transport.chunks if not last} == {CHUNK_BYTES}
    assert [wait_s for wait_s in line.waits_s if wait_s] == [RESTS] * (len(sent) - 1)


def test_an_application_that_somebody_waits_for_does_not_wait_for_a_rest(container: Path) -> None:
    line = Line()
    transport = ScriptedTransport([Partial(0), Partial(CHUNK_BYTES)])
    carrying = courier(transport, line)

    def somebody_waits() -> None:
        line.use(1.0)
        carrying.interrupt.set()

    transport.before_chunk = somebody_waits
    assert carrying.carry(Errand(META, container, tried_before=False)) == Interrupted(CHUNK_BYTES)
    assert len(transport.chunks) == 1
    assert not any(line.waits_s)


def test_the_first_question_about_an_application_is_no_exception(container: Path) -> None:
    line = Line()
    transport = ScriptedTransport([Accepted(ACK)])
    carrying = courier(transport, line)
    carrying.courtesy.timed(lambda: line.use(1.0))
    carrying.carry(Errand(META, container, tried_before=True))
    assert line.waits_s == [RESTS]


def test_chunks_are_as_large_as_the_line_allows_once_it_is_free_again(container: Path) -> None:
    line = Line()
    transport = ScriptedTransport([Partial(0), Partial(CHUNK_BYTES), Accepted(ACK)])
    carrying = courier(transport, line)
    transport.before_chunk = line.set
    carrying.carry(Errand(META, container, tried_before=False))
    assert [size for _, size, _ in transport.chunks] == [CHUNK_BYTES, len(CONTAINER) - CHUNK_BYTES]
