from collections.abc import Callable

import pytest

from offline_queue import ItemState, QueueError
from offline_queue.item import Item
from offline_queue.store import Store
from offline_queue.turns import Order
from tests.unit.queue.conftest import StoreBench

Put = Callable[..., Item]


def next_up(
    bench: StoreBench, store: Store, *, oldest: bool = False, untried_only: bool = False
) -> int | None:
    order = Order.OLDEST if oldest else Order.SMALLEST
    found = store.turns.due(bench.clock.now(), order, untried_only=untried_only)
    return None if found is None else found.seq


def fail(bench: StoreBench, store: Store, item: Item, pause_s: float | None, error: str = "offline") -> None:
    due_ms = None if pause_s is None else bench.clock.now().mono_ms + round(1000 * pause_s)
    store.ledger.lease(item)
    store.ledger.put_back(item, error, not_before_ms=due_ms, offset=0)


def test_the_smallest_goes_first_and_the_oldest_has_its_turns(bench: StoreBench, put: Put) -> None:
    store = bench.open()
    for page_bytes in (5000, 10, 3000):
        put(store, page_bytes=page_bytes)
    assert next_up(bench, store) == 2
    assert next_up(bench, store, oldest=True) == 1


def test_a_failed_one_waits_for_its_time_and_holds_up_nobody(bench: StoreBench, put: Put) -> None:
    store = bench.open()
    first, second = put(store), put(store)
    fail(bench, store, first, 30)
    assert next_up(bench, store, oldest=True) == second.seq
    assert store.turns.next_due_ms(bench.clock.now()) == bench.clock.now().mono_ms + 30_000
    bench.clock.advance(30)
    assert next_up(bench, store, oldest=True) == first.seq
    assert store.turns.next_due_ms(bench.clock.now()) is None


def test_a_wall_clock_that_jumps_changes_no_waiting_time(bench: StoreBench, put: Put) -> None:
    store = bench.open()
    fail(bench, store, put(store), 30)
    before = bench.clock.stamp
    for wall_ms in (0, before.wall_ms + 400 * 86_400_000):
        bench.clock.stamp = type(before)(before.boot, before.mono_ms, wall_ms)
        assert next_up(bench, store) is None


def test_a_time_of_an_earlier_boot_is_over(bench: StoreBench, put: Put) -> None:
    store = bench.open()
    fail(bench, store, put(store), 30)
    bench.clock.reboot()
    assert next_up(bench, store) == 1


def test_only_untried_ones_are_tried_when_asked_for(bench: StoreBench, put: Put) -> None:
    store = bench.open()
    fail(bench, store, put(store), None)
    assert next_up(bench, store, untried_only=True) is None
    put(store)
    assert next_up(bench, store, untried_only=True) == 2


def test_the_awaited_one_is_found_only_while_it_can_be_sent(bench: StoreBench, put: Put) -> None:
    store = bench.open()
    first, second = put(store), put(store)
    awaited = ["unknown", second.receipt_no]
    assert store.turns.due_among(bench.clock.now(), awaited, untried_only=False) == second
    fail(bench, store, second, 30)
    assert store.turns.due_among(bench.clock.now(), awaited, untried_only=False) is None
    assert store.turns.due_among(bench.clock.now(), [first.receipt_no], untried_only=True) == first


@pytest.mark.parametrize("state", [ItemState.QUEUED, ItemState.SENDING, ItemState.ATTENTION])
def test_a_chain_keeps_its_order_and_stops_no_other(bench: StoreBench, put: Put, state: ItemState) -> None:
    store = bench.open()
    first = put(store, order_key=b"a" * 16, page_bytes=9000)
    second = put(store, order_key=b"a" * 16)
    other = put(store, order_key=b"b" * 16)
    match state:
        case ItemState.SENDING:
            store.ledger.lease(first)
        case ItemState.ATTENTION:
            store.ledger.need_attention(first, "platform.refused")
        case _:
            fail(bench, store, first, 30)
    assert next_up(bench, store, oldest=True) == other.seq
    store.ledger.accept(first, "3301000001", b"{}")
    store.wipe(first)
    store.ledger.accept(other, "3301000002", b"{}")
    assert next_up(bench, store) == second.seq


def test_hurry_wakes_what_the_network_delayed_and_nothing_else(bench: StoreBench, put: Put) -> None:
    store = bench.open()
    network, asked = put(store), put(store)
    fail(bench, store, network, 30)
    fail(bench, store, asked, 30, error="busy")
    store.ledger.hurry(["offline", "timeout"])
    assert next_up(bench, store) == network.seq
    store.ledger.lease(network)
    assert next_up(bench, store) is None


def test_two_hundred_failures_and_sixty_days_drop_nothing(bench: StoreBench, put: Put) -> None:
    store = bench.open()
    item = put(store)
    for _ in range(200):
        fail(bench, store, item, 300)
        bench.clock.advance(300)
    bench.clock.advance(60 * 86_400)
    found = bench.open().ledger.by_number(item.receipt_no)
    assert (found.state, found.attempts) == (ItemState.QUEUED, 200)
    assert len(bench.files()) == 1


def test_only_what_was_set_aside_can_be_retried(bench: StoreBench, put: Put) -> None:
    store = bench.open()
    item = put(store)
    with pytest.raises(QueueError, match=r"queue\.not-set-aside"):
        store.ledger.retry(item)
    store.ledger.need_attention(item, "platform.refused")
    assert next_up(bench, store) is None
    store.ledger.retry(store.ledger.by_number(item.receipt_no))
    assert next_up(bench, store) == item.seq


@pytest.mark.parametrize("code", ["queue.container-missing", "queue.container-damaged"])
def test_what_is_behind_a_lost_application_goes_on_once_that_is_given_up(
    bench: StoreBench, put: Put, code: str
) -> None:
    store = bench.open()
    lost, later = put(store, order_key=b"a" * 16), put(store, order_key=b"a" * 16)
    store.ledger.need_attention(lost, code)
    assert next_up(bench, store) is None
    assert store.turns.waiting(bench.clock.now())[0] == 0
    store.ledger.give_up(store.ledger.by_number(lost.receipt_no))
    assert next_up(bench, store) == later.seq
    assert store.turns.before_in_chain(later) is None
    assert store.turns.waiting(bench.clock.now())[0] == 1
    again = bench.open().ledger.by_number(lost.receipt_no)
    assert (again.state, again.last_error) == ("attention", "queue.given-up"), "it stays visible"


def test_what_came_back_after_it_was_given_up_is_sent_again(bench: StoreBench, put: Put) -> None:
    store = bench.open()
    lost = put(store)
    store.ledger.need_attention(lost, "queue.container-missing")
    store.ledger.give_up(store.ledger.by_number(lost.receipt_no))
    store.ledger.retry(store.ledger.by_number(lost.receipt_no))
    assert next_up(bench, store) == lost.seq
    assert store.turns.waiting(bench.clock.now())[0] == 1


def test_only_what_is_lost_is_given_up(bench: StoreBench, put: Put) -> None:
    store = bench.open()
    item = put(store)
    with pytest.raises(QueueError, match=r"queue\.not-lost"):
        store.ledger.give_up(item)
    store.ledger.need_attention(item, "platform.refused")
    with pytest.raises(QueueError, match=r"queue\.not-lost"):
        store.ledger.give_up(store.ledger.by_number(item.receipt_no))
    assert store.ledger.by_number(item.receipt_no).last_error == "platform.refused"


def test_the_tally_counts_what_waits(bench: StoreBench, put: Put) -> None:
    store = bench.open()
    first = put(store)
    bench.clock.advance(60)
    second, third = put(store), put(store)
    store.ledger.need_attention(first, "platform.refused")
    store.ledger.accept(third, "3301000001", b"{}")
    tally = store.ledger.tally()
    assert tally.counts == {"attention": 1, "queued": 1, "acked": 1}
    assert tally.waiting_bytes == first.size + second.size
    assert tally.oldest_waiting_s == 60


def test_pages_go_on_where_the_last_one_ended(bench: StoreBench, put: Put) -> None:
    store = bench.open()
    for _ in range(5):
        put(store)
    assert [item.seq for item in store.ledger.page(0, 3)] == [1, 2, 3]
    assert [item.seq for item in store.ledger.page(3, 3)] == [4, 5]


def test_a_printed_receipt_is_remembered(bench: StoreBench, put: Put) -> None:
    store = bench.open()
    item = put(store)
    assert not item.receipt_printed
    store.ledger.mark_printed(item)
    assert bench.open().ledger.by_number(item.receipt_no).receipt_printed
