from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from devices.hotplug.burst import Burst, Plug

GATHER_S = 0.2
ADD = Plug("add", "tty", "/dev/ttyUSB0")
REMOVE = Plug("remove", "tty", "/dev/ttyUSB0")


def test_what_comes_within_the_time_is_told_at_once_and_in_order() -> None:
    burst = Burst(GATHER_S)
    burst.add(REMOVE, 10.0)
    burst.add(ADD, 10.1)
    assert burst.take(10.19) == ()
    assert burst.take(10.2) == (REMOVE, ADD)
    assert burst.take(10.3) == ()


def test_nothing_is_due_while_nothing_happens() -> None:
    assert Burst(GATHER_S).take(1e9) == ()
    assert Burst(GATHER_S).due_s is None


@given(st.lists(st.floats(0.0, 0.5), max_size=60))
def test_flapping_is_told_at_most_once_in_each_time_and_whole(pauses_s: list[float]) -> None:
    burst = Burst(GATHER_S)
    told_s: list[float] = []
    told = 0
    now_s = 0.0
    for pause_s in pauses_s:
        due_s = burst.due_s
        if due_s is not None and due_s <= now_s + pause_s:
            told += len(burst.take(due_s))
            told_s.append(due_s)
        now_s += pause_s
        burst.add(ADD, now_s)
    told += len(burst.take(now_s + GATHER_S))
    assert told == len(pauses_s)
    assert all(later - earlier >= GATHER_S - 1e-9 for earlier, later in pairwise(told_s))
