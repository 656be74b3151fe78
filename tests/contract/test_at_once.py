# A whole container in one request: announced, taken, proven and committed, or not at all.
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from offline_queue.delivery import Delivered
from offline_queue.package import Part
from offline_queue.transport import Accepted, Conflict, Partial, Trouble, TryLater
from tests.contract.hosted import Hosted
from tests.contract.platform import Sealed
from tests.support.fault_proxy import FaultProxy
from tests.support.pieces import Pieces

LARGE = Part("scan.pdf", "application/pdf", b"%PDF-1.7\n" + bytes(range(256)) * 20_000)


def _leftovers(host: Hosted) -> list[Path]:
    return list((host.folder / "containers" / "incoming").iterdir())


@pytest.mark.parametrize("parts", [(), (LARGE,)], ids=["small", "large"])
def test_one_request_makes_one_case_and_may_be_repeated(host: Hosted, parts: tuple[Part, ...]) -> None:
    sealed = host.sealed(*parts)
    with host.transport() as transport:
        first = transport.deliver(sealed.meta, Pieces(sealed.container))
        assert isinstance(first, Accepted)
        assert transport.deliver(sealed.meta, Pieces(sealed.container)) == first
        assert transport.status(sealed.meta.submission_id) == first
    assert host.cases(sealed.meta.submission_id) == 1
    kept = next((host.folder / "containers").rglob(f"{sealed.meta.submission_id}.zwq"))
    assert kept.read_bytes() == sealed.container
    assert _leftovers(host) == []


def test_what_came_in_part_is_replaced_by_the_whole(host: Hosted) -> None:
    sealed = host.sealed()
    with host.transport() as transport:
        transport.announce(sealed.meta)
        assert transport.append(sealed.meta.submission_id, 0, sealed.container[:100], last=False) == Partial(
            100
        )
        assert isinstance(transport.deliver(sealed.meta, Pieces(sealed.container)), Accepted)
    assert host.cases(sealed.meta.submission_id) == 1


def _damaged(sealed: Sealed) -> bytes:
    return sealed.container[:-1] + bytes([sealed.container[-1] ^ 1])


def _short(sealed: Sealed) -> bytes:
    return sealed.container[:-1]


@pytest.mark.parametrize("spoil", [_damaged, _short])
def test_what_is_not_as_announced_is_not_kept_and_asked_for_again(
    host: Hosted, spoil: Callable[[Sealed], bytes]
) -> None:
    sealed = host.sealed()
    with host.transport() as transport:
        assert transport.deliver(sealed.meta, Pieces(spoil(sealed))) == TryLater(Trouble.GARBLED)
        assert transport.status(sealed.meta.submission_id) == Partial(0)
        assert _leftovers(host) == []
        assert isinstance(transport.deliver(sealed.meta, Pieces(sealed.container)), Accepted)


def test_another_container_under_a_known_id_is_refused(host: Hosted) -> None:
    sealed, other = host.sealed(), host.sealed()
    assert isinstance(host.carry(sealed), Delivered)
    forged = replace(other.meta, submission_id=sealed.meta.submission_id)
    with host.transport() as transport:
        answer = transport.deliver(forged, Pieces(other.container))
    assert answer == Conflict("platform.digest-conflict")


@pytest.mark.parametrize("cut", [1, 200, 1_000, 3_000_000])
def test_one_that_breaks_off_leaves_nothing_half_done(host: Hosted, cut: int) -> None:
    sealed = host.sealed(LARGE)
    with FaultProxy.before(host.url) as proxy:
        proxy.plan.request_bytes = cut
        with host.transport(url=proxy.url) as transport:
            assert isinstance(transport.deliver(sealed.meta, Pieces(sealed.container)), TryLater)
    assert isinstance(host.carry(sealed, tried_before=True), Delivered)
    assert host.cases(sealed.meta.submission_id) == 1


def test_what_a_kill_left_half_is_gone_after_the_next_start(host: Hosted) -> None:
    half = host.folder / "containers" / "incoming" / "half.part"
    half.write_bytes(b"half")
    host.stop()
    host.start()
    assert not half.exists()


@pytest.mark.parametrize("header", [None, "x", ":eA==:", ":!:"])
def test_without_a_readable_announcement_nothing_is_taken(host: Hosted, header: str | None) -> None:
    sealed = host.sealed()
    headers = {} if header is None else {"Announcement": header}
    path = f"/v1/uploads/{sealed.meta.submission_id}"
    assert host.raw("POST", path, data=sealed.container, headers=headers).status_code == 422
    with host.transport() as transport:
        assert not isinstance(transport.status(sealed.meta.submission_id), Partial | Accepted)


def test_the_announcement_of_another_terminal_is_refused(host: Hosted) -> None:
    sealed = host.sealed(terminal="T0422")
    with host.transport() as transport:
        assert transport.deliver(sealed.meta, Pieces(sealed.container)) == TryLater(Trouble.AUTH)


OLD = b"HTTP/1.1 405 -\r\nZhiwang-Api: 1\r\nConnection: close\r\nContent-Type: application/problem+json\r\n"
"""The proxy hangs up after an answer."""


def test_a_platform_that_does_not_know_the_request_is_announced_it_instead(host: Hosted) -> None:
    first, second = host.sealed(), host.sealed()
    body = b'{"code":"request.method-not-allowed"}'
    refusal = OLD + b"Content-Length: %d\r\n\r\n" % len(body) + body

    def old(answer: bytes) -> bytes:
        return refusal if proxy.exchanges[-1].request.startswith(b"POST /v1/uploads/") else answer

    with FaultProxy.before(host.url) as proxy, host.transport(url=proxy.url) as transport:
        proxy.plan.edit_answer = old
        assert isinstance(transport.deliver(first.meta, Pieces(first.container)), Accepted)
        asked = len(proxy.exchanges)
        assert transport.deliver(second.meta, Pieces(second.container)) == Partial(0)
        assert [exchange.request.split()[0] for exchange in proxy.exchanges[asked:]] == [b"PUT"]
