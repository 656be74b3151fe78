import pytest

from kiosk.backend import AwaitedReceipt, BackendError, CaseProgress, NotFound
from offline_queue.numbers import make_number
from offline_queue.transport import Accepted
from tests.contract.platform import ITEM, LAST4, TERMINAL, Platform


def _case(platform: Platform) -> tuple[str, str]:
    sealed = platform.sealed()
    answer = platform.deliver(sealed)
    assert isinstance(answer, Accepted)
    return answer.ack.acceptance_no, sealed.meta.receipt_no


def test_a_case_is_found_by_its_number_and_by_its_receipt(platform: Platform) -> None:
    number, receipt_no = _case(platform)
    with platform.client() as client:
        by_number = client.progress(number, LAST4)
        by_receipt = client.progress(receipt_no.lower() + " ", LAST4)
    assert isinstance(by_number, CaseProgress)
    assert by_number == by_receipt
    assert (by_number.item, by_number.item_name) == (ITEM, "高龄老人津贴申请")
    assert [entry.status for entry in by_number.statuses] == ["received"]


def test_wrong_digits_and_an_unknown_number_get_the_same_answer(platform: Platform) -> None:
    number, receipt_no = _case(platform)
    unknown = platform.raw("GET", f"/v1/cases/{number}0", params={"id_last4": LAST4})
    for known in (number, receipt_no):
        wrong = platform.raw("GET", f"/v1/cases/{known}", params={"id_last4": "000X"})
        assert (wrong.status_code, wrong.content) == (unknown.status_code, unknown.content)
    with platform.client() as client:
        assert client.progress(number, "1234") == NotFound()


@pytest.mark.parametrize("number", ["", "   ", "a/b", "../ping", "?", "9" * 97, "高龄", "%00"])
def test_what_is_no_number_finds_nothing(platform: Platform, number: str) -> None:
    with platform.client() as client:
        assert client.progress(number, LAST4) == NotFound()


@pytest.mark.parametrize("last4", ["", "99O8", "99080", "９９０８", "X908"])
def test_digits_of_a_wrong_shape_find_nothing(platform: Platform, last4: str) -> None:
    number, _ = _case(platform)
    with platform.client() as client:
        assert client.progress(number, last4) == NotFound()


def test_a_receipt_that_has_not_arrived_is_awaited(platform: Platform) -> None:
    platform.deliver(platform.sealed(seq=500_002))
    gap, ahead = make_number(TERMINAL, 500_001), make_number(TERMINAL, 500_900)
    with platform.client() as client:
        assert client.progress(gap, LAST4) == AwaitedReceipt(gap, certain=True)
        assert client.progress(ahead, LAST4) == AwaitedReceipt(ahead, certain=False)
        assert client.progress(make_number("T9999", 1), LAST4) == NotFound()
        assert client.progress(gap[:-1] + ("A" if gap[-1] != "A" else "B"), LAST4) == NotFound()


def test_an_announced_receipt_is_awaited_until_its_bytes_are_here(platform: Platform) -> None:
    sealed = platform.sealed()
    with platform.transport() as transport:
        transport.announce(sealed.meta)
    with platform.client() as client:
        assert client.progress(sealed.meta.receipt_no, LAST4) == AwaitedReceipt(
            sealed.meta.receipt_no, certain=True
        )
        platform.deliver(sealed)
        assert isinstance(client.progress(sealed.meta.receipt_no, LAST4), CaseProgress)


def test_guessing_at_the_digits_is_stopped(platform: Platform) -> None:
    number, _ = _case(platform)
    with platform.client() as client:
        for guess in range(5):
            assert client.progress(number, f"{guess:04d}") == NotFound()
        with pytest.raises(BackendError) as refused:
            client.progress(number, LAST4)
    assert refused.value.code == "case.too-many-tries"


def test_the_desk_moves_a_case_along_its_way_only(platform: Platform) -> None:
    number, _ = _case(platform)
    path = f"/v1/cases/{number}/statuses"
    note = "请补交银行卡复印件"
    assert platform.desk("POST", path, json={"status": "granted"}).json()["code"] == "case.status-order"
    assert (
        platform.desk("POST", path, json={"status": "correction-required", "note": note}).status_code == 201
    )
    assert platform.raw("POST", path, json={"status": "accepted"}).status_code == 401
    with platform.client() as client:
        progress = client.progress(number, LAST4)
    assert isinstance(progress, CaseProgress)
    assert [(entry.status, entry.note) for entry in progress.statuses] == [
        ("received", ""),
        ("correction-required", note),
    ]
