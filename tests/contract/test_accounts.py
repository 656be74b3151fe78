# Property 28, the platform's side: accounts compared repair lost acknowledgements and find missing numbers.
import itertools
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest

from district.times import utc_now
from offline_queue.ack import verify
from offline_queue.delivery import Delivered
from offline_queue.numbers import make_number
from offline_queue.seal import PlatformKey
from offline_queue.transport import (
    Accepted,
    Holding,
    Holdings,
    Partial,
    Reconciled,
    Rejected,
    Trouble,
    TryLater,
)
from tests.contract.hosted import Hosted
from tests.contract.platform import TERMINAL, Sealed


def _held(sealed: Sealed, state: str = "queued") -> Holding:
    return Holding(sealed.meta.seq, sealed.meta.submission_id, sealed.meta.digest[:8], state)


def _reconciled(host: Hosted, *items: Holding, first: int, last: int, newest: int = 0) -> Reconciled:
    batch = Holdings(TERMINAL, max(newest, last), first, last, items)
    with host.transport() as transport:
        answer = transport.reconcile(batch)
        assert transport.reconcile(batch) == answer
    assert isinstance(answer, Reconciled)
    return answer


def _one(host: Hosted, sealed: Sealed, state: str = "queued") -> Reconciled:
    return _reconciled(host, _held(sealed, state), first=sealed.meta.seq, last=sealed.meta.seq)


def _announced(host: Hosted, sealed: Sealed) -> Sealed:
    with host.transport() as transport:
        assert transport.announce(sealed.meta) == Partial(0)
    return sealed


def test_a_lost_acknowledgement_is_said_again(host: Hosted) -> None:
    sealed = host.sealed()
    delivered = host.carry(sealed)
    assert isinstance(delivered, Delivered)
    answer = _one(host, sealed)
    assert answer == Reconciled((Accepted(delivered.ack),), (), (), (), ())
    verify(delivered.ack, sealed.meta, host.ack_keys)


@pytest.mark.parametrize("state", ["acked", "wiped", "rejected"])
def test_what_is_settled_on_both_sides_is_not_spoken_of(host: Hosted, state: str) -> None:
    sealed = host.sealed()
    host.carry(sealed)
    assert _one(host, sealed, state) == Reconciled((), (), (), (), ())


def test_what_the_platform_never_heard_of_is_asked_for_again(host: Hosted) -> None:
    sealed = host.sealed()
    assert _one(host, sealed).unknown == (sealed.meta.submission_id,)


def test_what_is_on_its_way_is_unfinished(host: Hosted) -> None:
    sealed = _announced(host, host.sealed())
    assert _one(host, sealed).unfinished == (sealed.meta.submission_id,)


def test_an_id_known_with_another_container_is_a_conflict(host: Hosted) -> None:
    sealed = host.sealed()
    host.carry(sealed)
    wrong = Holding(sealed.meta.seq, sealed.meta.submission_id, "0" * 8, "queued")
    answer = _reconciled(host, wrong, first=wrong.seq, last=wrong.seq)
    assert answer.conflicts == (sealed.meta.submission_id,)
    assert answer.settled == ()


def test_numbers_that_nobody_has_an_application_for_are_gaps(host: Hosted) -> None:
    here, there = host.sealed(seq=1_001), host.sealed(seq=1_004)
    host.carry(here)
    answer = _reconciled(host, _held(there), first=1_000, last=1_005)
    assert answer.gaps == (1_000, 1_002, 1_003, 1_005)


def test_the_submission_of_another_terminal_is_unknown(host: Hosted) -> None:
    sealed = host.sealed()
    host.carry(sealed)
    with host.transport(token=host.enrol("T0500")) as transport:
        answer = transport.reconcile(Holdings("T0500", 9, 1, 9, (Holding(9, *_held_id(sealed)),)))
    assert isinstance(answer, Reconciled)
    assert answer.unknown == (sealed.meta.submission_id,)


def _held_id(sealed: Sealed) -> tuple[str, str, str]:
    return sealed.meta.submission_id, sealed.meta.digest[:8], "queued"


@pytest.mark.parametrize(
    "batch",
    [
        Holdings(TERMINAL, 5, 0, 5, ()),
        Holdings(TERMINAL, 4, 1, 5, ()),
        Holdings(TERMINAL, 5, 4, 2, ()),
        Holdings(TERMINAL, 501, 1, 501, ()),
        Holdings(TERMINAL, 5, 1, 4, (Holding(5, "ab" * 16, "cd" * 4, "queued"),)),
        Holdings(TERMINAL, 5, 1, 5, (Holding(5, "ab" * 16, "cd" * 4, "queued"),) * 2),
        Holdings(TERMINAL, 5, 1, 5, (Holding(5, "AB" * 16, "cd" * 4, "queued"),)),
        Holdings(TERMINAL, 10**12, 1, 5, ()),
    ],
)
def test_a_batch_that_is_no_range_is_refused(host: Hosted, batch: Holdings) -> None:
    with host.transport() as transport:
        assert transport.reconcile(batch) == TryLater(Trouble.GARBLED)


def test_nobody_compares_accounts_in_the_name_of_another(host: Hosted) -> None:
    with host.transport() as transport:
        assert transport.reconcile(Holdings("T9999", 0, 1, 0, ())) == TryLater(Trouble.AUTH)


def _receipt(host: Hosted, receipt_no: str) -> dict[str, Any]:
    reply = host.raw("GET", f"/v1/receipts/{receipt_no}")
    assert host.desk("GET", f"/v1/receipts/{receipt_no}").json() == reply.json()
    return reply.json()


def test_a_receipt_is_answered_for_on_its_whole_way(host: Hosted) -> None:
    sealed = host.sealed(seq=2_000)
    receipt_no = sealed.meta.receipt_no
    assert _receipt(host, receipt_no) == {"state": "not-delivered", "certain": False}
    _one(host, sealed)
    told = _receipt(host, receipt_no)
    assert (told["state"], told["certain"], told["held"]) == ("not-delivered", True, "queued")
    _announced(host, sealed)
    assert _receipt(host, receipt_no)["state"] == "announced"
    delivered = host.carry(sealed, tried_before=True)
    assert isinstance(delivered, Delivered)
    told = _receipt(host, f" {receipt_no.lower()}")
    assert (told["state"], told["acceptance_no"]) == ("delivered", delivered.ack.acceptance_no)


def test_a_terminal_asks_for_a_receipt(host: Hosted) -> None:
    sealed = host.sealed()
    number = sealed.meta.receipt_no
    with host.client() as client:
        before = client.receipt(number).state
        delivered = host.carry(sealed)
        after = client.receipt(f" {number.lower()} ")
        assert client.receipt(number[:-1] + ("A" if number[-1] != "A" else "B")).state == "no-receipt"
    assert isinstance(delivered, Delivered)
    assert before == "not-delivered"
    assert (after.state, after.acceptance_no) == ("delivered", delivered.ack.acceptance_no)


def test_a_receipt_below_one_that_came_was_given_out_for_certain(host: Hosted) -> None:
    host.carry(host.sealed(seq=3_002))
    told = _receipt(host, make_number(TERMINAL, 3_001))
    assert (told["state"], told["certain"]) == ("not-delivered", True)
    assert _receipt(host, make_number(TERMINAL, 900_000))["certain"] is False


@pytest.mark.parametrize(
    "text", ["T0421-000001-00", make_number("T9999", 1), "nonsense", "%00", "11440306", "T0421-000001"]
)
def test_what_is_no_receipt_of_this_district_is_told_so(host: Hosted, text: str) -> None:
    assert _receipt(host, text) == {"state": "no-receipt", "certain": False}


def test_a_receipt_is_told_to_nobody_without_a_token(host: Hosted) -> None:
    reply = host.raw("GET", "/v1/receipts/T0421-000001-00", headers={"Authorization": "Bearer none"})
    assert (reply.status_code, reply.json()["code"]) == (401, "auth.unknown-token")


def _undelivered(host: Hosted, terminal: str = TERMINAL) -> dict[str, Any]:
    return host.desk("GET", "/v1/desk/undelivered", params={"terminal": terminal}).json()


NAMES = (f"T6{number:03d}" for number in itertools.count())


@dataclass(frozen=True)
class Newcomer:
    """A terminal nothing was heard of yet, and the platform it is enrolled at."""

    host: Hosted
    name: str
    token: str

    def tells(self, newest: int, *items: Holding) -> None:
        with self.host.transport(token=self.token) as transport:
            batch = Holdings(self.name, newest, 1, newest, items)
            assert isinstance(transport.reconcile(batch), Reconciled)


@pytest.fixture
def newcomer(host: Hosted) -> Newcomer:
    name = next(NAMES)
    return Newcomer(host, name, host.enrol(name))


def test_the_desk_sees_receipts_never_delivered_and_since_when(newcomer: Newcomer) -> None:
    host, terminal = newcomer.host, newcomer.name
    began = utc_now() + host.later
    newcomer.tells(3, Holding(2, "cd" * 16, "ab" * 4, "queued"))
    host.later += timedelta(days=1)
    newcomer.tells(5)
    host.later += timedelta(days=1)
    newcomer.tells(5, Holding(2, "cd" * 16, "ab" * 4, "queued"))
    (gap,) = _undelivered(host, terminal)["gaps"]
    assert gap["first_receipt_no"] == make_number(terminal, 1)
    assert gap["last_receipt_no"] == make_number(terminal, 5)
    assert (gap["count"], gap["held"]) == (5, 1)
    assert abs(datetime.fromisoformat(gap["since"]) - began) < timedelta(hours=1)


def test_a_gap_between_two_that_came_is_seen_without_a_reconciliation(host: Hosted) -> None:
    for seq in (5_000, 5_003):
        host.carry(host.sealed(seq=seq))
    gaps = {gap["first_receipt_no"]: gap for gap in _undelivered(host)["gaps"]}
    assert gaps[make_number(TERMINAL, 5_001)]["count"] == 2
    host.carry(host.sealed(seq=5_001))
    host.carry(host.sealed(seq=5_002))
    gaps = {gap["first_receipt_no"] for gap in _undelivered(host)["gaps"]}
    assert make_number(TERMINAL, 5_001) not in gaps


def test_the_desk_sees_what_was_announced_and_never_finished(host: Hosted) -> None:
    sealed = _announced(host, host.sealed())
    open_ones = {one["receipt_no"]: one for one in _undelivered(host)["unfinished"]}
    assert open_ones[sealed.meta.receipt_no]["state"] == "announced"
    host.carry(sealed, tried_before=True)
    assert sealed.meta.receipt_no not in {one["receipt_no"] for one in _undelivered(host)["unfinished"]}


def test_what_this_side_has_lost_is_seen(newcomer: Newcomer) -> None:
    host, terminal = newcomer.host, newcomer.name
    newcomer.tells(1, Holding(1, "ef" * 16, "ab" * 4, "wiped"))
    (lost,) = _undelivered(host, terminal)["forgotten"]
    assert (lost["receipt_no"], lost["submission_id"]) == (make_number(terminal, 1), "ef" * 16)


def test_only_the_desk_sees_what_is_missing(host: Hosted) -> None:
    assert host.raw("GET", "/v1/desk/undelivered").status_code == 401


def _set_aside(host: Hosted) -> Sealed:
    sealed = host.sealed(keys=[PlatformKey("seal-0", bytes([9]) + bytes(31))])
    host.carry(sealed)
    return sealed


def test_a_refusal_for_good_is_signed_and_reaches_the_terminal(host: Hosted) -> None:
    sealed = _set_aside(host)
    assert _receipt(host, sealed.meta.receipt_no)["state"] == "set-aside"
    path = f"/v1/desk/submissions/{sealed.meta.submission_id}/rejection"
    assert host.desk("POST", path, json={"reason": "key-lost"}).json()["state"] == "rejected"
    (word,) = _one(host, sealed, "attention").settled
    assert isinstance(word, Rejected)
    verify(word.verdict, sealed.meta, host.ack_keys)
    assert word.verdict.reason == "key-lost"
    with host.transport() as transport:
        assert transport.status(sealed.meta.submission_id) == word
        assert transport.announce(sealed.meta) == word
        assert transport.append(sealed.meta.submission_id, 0, b"x", last=True) == word
    assert _receipt(host, sealed.meta.receipt_no)["state"] == "rejected"


def test_what_can_be_read_is_not_refused_for_good(host: Hosted) -> None:
    sealed = host.sealed()
    path = f"/v1/desk/submissions/{sealed.meta.submission_id}/rejection"
    assert host.desk("POST", path, json={"reason": "no"}).json()["code"] == "submission.unknown"
    host.carry(sealed)
    assert host.desk("POST", path, json={"reason": "no"}).json()["code"] == "submission.not-set-aside"
    assert host.raw("POST", path, json={"reason": "no"}).status_code == 401
