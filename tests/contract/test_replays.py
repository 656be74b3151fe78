# Property 7: requests that a network duplicates, delays or reorders make one case.
import itertools
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from offline_queue.delivery import Delivered
from offline_queue.transport import Accepted
from tests.contract.hosted import Hosted
from tests.contract.platform import Sealed
from tests.support.fault_proxy import FaultProxy, Plan


def _send_in_chunks(host: Hosted, proxy: FaultProxy) -> Sealed:
    """Say everything there is to say about a submission, whatever is answered."""
    sealed = host.sealed()
    size = sealed.meta.size
    with host.transport(url=proxy.url) as transport:
        transport.announce(sealed.meta)
        for start, end in itertools.pairwise([0, size // 3, 2 * size // 3, size]):
            chunk = sealed.container[start:end]
            transport.append(sealed.meta.submission_id, start, chunk, last=end == size)
    return sealed


def _requests(proxy: FaultProxy, sealed: Sealed) -> list[bytes]:
    name = sealed.meta.submission_id.encode()
    return [exchange.request for exchange in proxy.exchanges if name in exchange.request]


@pytest.mark.parametrize("copies", [2, 3])
def test_every_request_sent_several_times_makes_one_case(host: Hosted, copies: int) -> None:
    sealed = host.sealed()
    with FaultProxy.before(host.url, Plan(copies=copies)) as proxy:
        assert isinstance(host.carry(sealed, proxy.url), Delivered)
    assert host.cases(sealed.meta.submission_id) == 1


def test_old_requests_that_arrive_once_more_change_nothing(host: Hosted) -> None:
    with FaultProxy.before(host.url) as proxy, host.transport() as transport:
        sealed = _send_in_chunks(host, proxy)
        before = transport.status(sealed.meta.submission_id)
        assert isinstance(before, Accepted)
        for request in [*_requests(proxy, sealed), *reversed(_requests(proxy, sealed))]:
            proxy.replay(request)
            assert transport.status(sealed.meta.submission_id) == before
    assert host.cases(sealed.meta.submission_id) == 1


def test_requests_that_arrive_all_at_once_make_one_case(host: Hosted) -> None:
    with FaultProxy.before(host.url, Plan(drop=True)) as proxy:
        sealed = _send_in_chunks(host, proxy)
        again = _requests(proxy, sealed) * 2
        with ThreadPoolExecutor(len(again)) as pool:
            list(pool.map(proxy.replay, again))
    assert isinstance(host.carry(sealed, tried_before=True), Delivered)
    assert host.cases(sealed.meta.submission_id) == 1


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(order=st.permutations(range(8)))
def test_requests_in_any_order_make_one_case(host: Hosted, order: list[int]) -> None:
    with FaultProxy.before(host.url, Plan(drop=True)) as proxy:
        sealed = _send_in_chunks(host, proxy)
        requests = _requests(proxy, sealed) * 2
        for place in order:
            proxy.replay(requests[place])
    assert isinstance(host.carry(sealed, tried_before=True), Delivered)
    assert host.cases(sealed.meta.submission_id) == 1
