"""Property 28, the terminal's side: comparing accounts repairs lost acknowledgements and finds gaps."""

from collections.abc import Generator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from offline_queue import ItemState
from offline_queue.delivery import announcement
from offline_queue.item import Item
from offline_queue.transport import Accepted, Holdings, Reconciled, Trouble, TryLater
from tests.support.drain_bench import DrainBench
from tests.support.sealed_queue import TERMINAL

HOUR_S = 3600.0
DAY_S = 24 * HOUR_S


@pytest.fixture
def bench(tmp_path: Path) -> Generator[DrainBench]:
    with closing(DrainBench(tmp_path / "queue")) as opened:
        yield opened


def compare(bench: DrainBench) -> None:
    bench.dispatcher.reconcile()
    bench.run(HOUR_S)


def set_aside_though_accepted(bench: DrainBench) -> Item:
    """The platform accepted it, no reply came through, and somebody set it aside."""
    item = bench.put()
    bench.platform.weather.lost_words = True
    bench.run(HOUR_S)
    bench.platform.weather.lost_words = False
    bench.store.ledger.need_attention(bench.now(item), "platform.refused")
    assert bench.cases() == [item.seq]
    return item


def test_a_lost_acknowledgement_is_made_good(bench: DrainBench) -> None:
    item = set_aside_though_accepted(bench)
    compare(bench)
    assert (bench.now(item).state, bench.now(item).acceptance_no) == (ItemState.WIPED, "3301000001")
    assert bench.containers() == set()
    assert bench.dispatcher.last_reconciliation.repaired == 1


def test_an_acknowledgement_that_proves_nothing_repairs_nothing(bench: DrainBench) -> None:
    item = set_aside_though_accepted(bench)
    upload = bench.platform.uploads[item.submission_id.hex()]
    assert isinstance(upload.word, Accepted)
    upload.word = Accepted(replace(upload.word.ack, acceptance_no="3301999999"))
    compare(bench)
    assert bench.now(item).state == ItemState.ATTENTION
    assert len(bench.containers()) == 1


def test_the_acknowledgement_of_another_application_repairs_nothing(bench: DrainBench) -> None:
    other = bench.put()
    bench.run(60)
    item = set_aside_though_accepted_after(bench, other)
    compare(bench)
    assert bench.now(item).state == ItemState.ATTENTION


def set_aside_though_accepted_after(bench: DrainBench, other: Item) -> Item:
    item = bench.put()
    bench.store.ledger.need_attention(bench.now(item), "platform.refused")
    word = bench.platform.uploads[other.submission_id.hex()].word
    assert isinstance(word, Accepted)
    stolen = replace(word.ack, submission_id=item.submission_id.hex())
    bench.platform.uploads[item.submission_id.hex()] = replace(
        bench.platform.uploads[other.submission_id.hex()], word=Accepted(stolen)
    )
    return item


def test_a_verdict_is_made_good_as_well(bench: DrainBench) -> None:
    item = bench.put()
    bench.platform.weather.rejects = {item.submission_id.hex()}
    bench.platform.weather.lost_words = True
    bench.run(HOUR_S)
    bench.platform.weather.lost_words = False
    bench.store.ledger.need_attention(bench.now(item), "platform.refused")
    compare(bench)
    assert (bench.now(item).state, bench.now(item).acceptance_no) == (ItemState.WIPED, None)


def test_what_the_platform_lost_and_the_terminal_no_longer_has_is_told_to_people(bench: DrainBench) -> None:
    item = bench.put()
    bench.run(60)
    bench.platform.forget(item.submission_id.hex())
    compare(bench)
    assert (bench.now(item).state, bench.now(item).last_error) == (ItemState.ATTENTION, "platform.forgotten")
    assert bench.dispatcher.last_reconciliation.lost == 1
    compare(bench)
    assert bench.dispatcher.last_reconciliation.lost == 0


def test_what_the_platform_lost_is_sent_again_while_its_container_is_there(bench: DrainBench) -> None:
    item = bench.put()
    # Between the commit of an acknowledgement and the wipe.
    bench.store.ledger.accept(item, "3301000001", b"{}")
    compare(bench)
    assert bench.dispatcher.last_reconciliation.sent_again == 1
    bench.run(60)
    assert bench.cases() == [item.seq]
    assert bench.now(item).state == ItemState.WIPED


def test_what_the_platform_lost_in_part_is_lost_and_holds_up_nobody(bench: DrainBench) -> None:
    key = bytes(16)
    item = bench.put(order_key=key)
    bench.run(60)
    # A copy of the platform put back that was made in the middle of the upload.
    bench.platform.uploads[item.submission_id.hex()].word = None
    later = bench.put(order_key=key)
    bench.run(2 * HOUR_S)
    assert (bench.now(item).state, bench.now(item).last_error) == (ItemState.ATTENTION, "platform.forgotten")
    assert bench.now(later).state == ItemState.WIPED


def test_what_was_found_again_at_the_platform_needs_nobody_any_more(bench: DrainBench) -> None:
    item = bench.put()
    bench.run(60)
    name = item.submission_id.hex()
    kept = bench.platform.uploads[name]
    bench.platform.forget(name)
    compare(bench)
    bench.platform.uploads[name] = kept
    compare(bench)
    assert (bench.now(item).state, bench.now(item).acceptance_no) == (ItemState.WIPED, "3301000001")


def test_what_was_never_sent_is_unknown_there_and_simply_waits(bench: DrainBench) -> None:
    item = bench.put()
    bench.store.ledger.need_attention(item, "platform.refused")
    compare(bench)
    assert (bench.now(item).state, bench.now(item).last_error) == (ItemState.ATTENTION, "platform.refused")


def test_an_id_known_with_another_container_is_set_aside_and_never_sent(bench: DrainBench) -> None:
    item = bench.put()
    other = replace(announcement(item, TERMINAL), digest="00" * 32)
    bench.platform.announce(other)
    bench.dispatcher.reconcile()
    bench.run(60)
    assert (bench.now(item).state, bench.now(item).last_error) == (
        ItemState.ATTENTION,
        "platform.digest-conflict",
    )


def test_a_number_nobody_has_an_application_for_is_counted(bench: DrainBench) -> None:
    for _ in range(3):
        bench.put()
    bench.run(60)
    bench.store.database.execute("DELETE FROM item WHERE seq = 2")
    compare(bench)
    assert bench.dispatcher.last_reconciliation.gaps == 1


def test_numbers_that_were_not_asked_about_are_not_heeded(bench: DrainBench) -> None:
    bench.put()
    bench.run(60)
    told = Reconciled((), (), (), (), gaps=(-1, 0, 1, 2, 10**30))
    bench.platform.reconcile = lambda batch: told  # noqa: ARG005 - the protocol names it
    compare(bench)
    assert bench.dispatcher.last_reconciliation.gaps == 1


def test_a_signed_word_counts_more_than_to_be_called_unknown_or_disputed(bench: DrainBench) -> None:
    item = set_aside_though_accepted(bench)
    name = item.submission_id.hex()
    word = bench.platform.uploads[name].word
    assert word is not None
    told = Reconciled((word,), (), (name,), (name,), ())
    bench.platform.reconcile = lambda batch: told  # noqa: ARG005 - the protocol names it
    compare(bench)
    assert (bench.now(item).state, bench.now(item).acceptance_no) == (ItemState.WIPED, "3301000001")
    assert bench.dispatcher.last_reconciliation.sent_again == 0


def test_it_happens_once_a_day_and_after_every_outage(bench: DrainBench) -> None:
    bench.put()
    bench.run(3 * DAY_S)
    assert bench.platform.asked.count("reconcile") == 3
    bench.put()
    bench.platform.weather.down = True
    bench.run(HOUR_S)
    bench.platform.asked.clear()
    bench.platform.weather.down = False
    bench.run(HOUR_S)
    assert bench.platform.asked.count("reconcile") == 1


def test_an_empty_queue_compares_nothing(bench: DrainBench) -> None:
    bench.run(3 * DAY_S)
    assert bench.platform.asked == []


def test_a_restart_remembers_when_it_was_and_a_reboot_compares_soon(bench: DrainBench) -> None:
    bench.put()
    bench.run(25 * HOUR_S)
    found = bench.dispatcher.last_reconciliation
    assert found.wall_ms > 0
    bench.open()
    assert bench.dispatcher.last_reconciliation == found
    bench.platform.asked.clear()
    bench.run(HOUR_S)
    assert bench.platform.asked == []
    bench.reboot()
    bench.run(HOUR_S)
    assert bench.platform.asked == ["reconcile"]


def test_a_platform_that_cannot_compare_stops_no_delivery(bench: DrainBench) -> None:
    asked: list[Holdings] = []

    def refuse(batch: Holdings) -> Reconciled | TryLater:
        asked.append(batch)
        return TryLater(Trouble.GARBLED)

    bench.platform.reconcile = refuse
    bench.put()
    bench.run(2 * DAY_S)
    assert not bench.dispatcher.breaker_open
    assert 5 < len(asked) < 2 * DAY_S / 60
    assert bench.cases() == [1]


def test_more_than_a_page_is_compared_page_by_page_and_old_open_ones_are_among_it(bench: DrainBench) -> None:
    first = bench.put()
    bench.store.ledger.need_attention(first, "platform.refused")
    bench.store.database.executescript(
        "WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 1201)"
        " INSERT INTO item (seq, submission_id, receipt_no, service, container_ver, kid, file, size, digest,"
        " state, acceptance_no) SELECT i, randomblob(16), 'r' || i, 's', 1, 'k', 'f' || i, 1,"
        " randomblob(32), 'wiped', 'a' FROM n"
    )
    pages: list[tuple[int, int]] = []

    def note(batch: Holdings) -> Reconciled:
        pages.append((batch.first_seq, batch.last_seq))
        return Reconciled((), (), (), (), ())

    bench.platform.reconcile = note
    compare(bench)
    assert pages == [(1, 500), (501, 1000), (1001, 1201)]
    assert bench.dispatcher.last_reconciliation.compared == 1201
