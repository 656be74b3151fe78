"""Would the state machine notice? Each of these faults is put in, and it must find a broken receipt."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from offline_queue import delivery, turns
from offline_queue.item import Item
from offline_queue.ledger import Acked, Ledger
from tests.faults.test_queue_life import QueueLife


def wipe_before_the_acknowledgement(patch: pytest.MonkeyPatch) -> None:
    whole = Ledger.accept_all

    def accept_all(self: Ledger, *acked: Acked) -> None:
        store = lives[-1].queue.store
        for one in acked:
            lives[-1].disk.remove(store.container_path(one.item))
        whole(self, *acked)

    lives: list[QueueLife] = []
    begin = QueueLife.__init__

    def born(self: QueueLife) -> None:
        begin(self)
        lives.append(self)

    patch.setattr(QueueLife, "__init__", born)
    patch.setattr(Ledger, "accept_all", accept_all)


def believe_every_acknowledgement(patch: pytest.MonkeyPatch) -> None:
    def believe(*_: object) -> None:
        pass

    patch.setattr(delivery, "verify", believe)


def drop_after_the_tenth_try(patch: pytest.MonkeyPatch) -> None:
    whole = Ledger.put_back

    def put_back(self: Ledger, item: Item, error: str, **rest: object) -> None:
        whole(self, item, error, **rest)  # pyright: ignore[reportArgumentType]  # handed through
        if item.attempts >= 3:
            self.mark_wiped(item)

    patch.setattr(Ledger, "put_back", put_back)


def send_a_chain_in_any_order(patch: pytest.MonkeyPatch) -> None:
    def none(*_: object) -> None:
        return None

    condition = turns._IS_DUE  # pyright: ignore[reportPrivateUsage]  # the fault is put in there
    patch.setattr(turns, "_IS_DUE", condition.replace("earlier.seq < item.seq", "0"))
    patch.setattr(turns.Turns, "before_in_chain", none)


FAULTS = [
    wipe_before_the_acknowledgement,
    believe_every_acknowledgement,
    drop_after_the_tenth_try,
    send_a_chain_in_any_order,
]


@pytest.mark.parametrize("fault", FAULTS)
def test_the_state_machine_finds(
    fault: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    fault(monkeypatch)
    quick = settings(
        max_examples=200,
        stateful_step_count=40,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
        report_multiple_bugs=False,
    )
    with pytest.raises(AssertionError):
        run_state_machine_as_test(QueueLife, settings=quick)
