import pytest

from kiosk.backend import BackendError
from offline_queue.numbers import make_number
from offline_queue.transport import Accepted
from tests.contract.platform import TERMINAL, Platform


def _received(platform: Platform) -> tuple[str, str]:
    sealed = platform.sealed()
    answer = platform.deliver(sealed)
    assert isinstance(answer, Accepted)
    return answer.ack.acceptance_no, sealed.meta.receipt_no


def test_a_case_is_rated_by_its_receipt(platform: Platform) -> None:
    _, receipt_no = _received(platform)
    with platform.client() as client:
        client.rate(receipt_no, 1)


def test_a_rating_said_twice_is_one_rating(platform: Platform) -> None:
    _, receipt_no = _received(platform)
    with platform.client() as client:
        client.rate(receipt_no, 3)
        client.rate(receipt_no, 3)


def test_a_case_is_rated_once(platform: Platform) -> None:
    _, receipt_no = _received(platform)
    with platform.client() as client:
        client.rate(receipt_no, 5)
        with pytest.raises(BackendError) as refused:
            client.rate(receipt_no, 1)
    assert refused.value.code == "rating.already-given"


def test_what_has_not_arrived_cannot_be_rated(platform: Platform) -> None:
    with platform.client() as client, pytest.raises(BackendError) as refused:
        client.rate(make_number(TERMINAL, 700_001), 1)
    assert refused.value.code == "rating.no-case"


@pytest.mark.parametrize("score", [0, 6, "1;", None])
def test_what_is_no_score_is_refused(platform: Platform, score: object) -> None:
    _, receipt_no = _received(platform)
    answer = platform.raw("POST", "/v1/ratings", json={"receipt_no": receipt_no, "score": score})
    assert answer.status_code == 422
