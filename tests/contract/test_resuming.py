# Property 11: an upload is resumed from any offset, also backwards, and after the platform forgot it.
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from district.acceptance.uploads import CHUNK_BYTES_MAX
from district.limits import Limits
from kiosk.backend import HttpTransport
from offline_queue.delivery import Delivered
from offline_queue.package import Part
from offline_queue.transport import Accepted, Partial, Trouble, TryLater
from tests.contract.hosted import Hosted
from tests.contract.platform import Sealed
from tests.support.fault_proxy import FaultProxy

PDF = b"%PDF-1.7\n" + bytes(range(256)) * 40


@dataclass(frozen=True)
class Chunk:
    """A chunk of this size; with ``cut`` the line breaks so many bytes into the request."""

    size: int
    cut: int | None


def _expire(host: Hosted) -> None:
    host.later += timedelta(days=8)
    host.services.uploads.sweep()


def _lose_file(host: Hosted) -> None:
    for path in (host.folder / "containers").rglob("*.zwq"):
        path.unlink()


def _restart(host: Hosted) -> None:
    host.stop()
    host.start()


Event = Chunk | Callable[[Hosted], None]
CHUNKS = st.builds(Chunk, st.integers(1, 6_000), st.one_of(st.none(), st.none(), st.integers(0, 1_200)))
EVENTS = st.lists(
    st.one_of(CHUNKS, CHUNKS, CHUNKS, st.sampled_from([_expire, _lose_file, _restart])), max_size=8
)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(events=EVENTS)
def test_an_upload_arrives_whole_through_cuts_restarts_and_forgetting(
    host: Hosted, events: list[Event]
) -> None:
    sealed = host.sealed(Part("scan.pdf", "application/pdf", PDF))
    with FaultProxy.before(host.url) as proxy, host.transport(url=proxy.url) as transport:
        offset = _offset(transport, sealed)
        for event in events:
            if isinstance(event, Chunk):
                proxy.plan.request_bytes = event.cut
                end = min(offset + event.size, sealed.meta.size - 1)
                transport.append(sealed.meta.submission_id, offset, sealed.container[offset:end], last=False)
                proxy.plan.request_bytes = None
            else:
                event(host)
            offset = _offset(transport, sealed)
            assert 0 <= offset < sealed.meta.size
        delivered = host.carry(sealed, tried_before=True)
    assert isinstance(delivered, Delivered)
    assert host.cases(sealed.meta.submission_id) == 1
    document = host.desk("GET", f"/v1/cases/{delivered.ack.acceptance_no}/attachments/1")
    assert document.content == PDF


def _offset(transport: HttpTransport, sealed: Sealed) -> int:
    answer = transport.announce(sealed.meta)
    assert isinstance(answer, Partial), answer
    return answer.offset


def _half_sent(host: Hosted) -> Sealed:
    sealed = host.sealed()
    with host.transport() as transport:
        transport.announce(sealed.meta)
        half = sealed.container[: sealed.meta.size // 2]
        assert transport.append(sealed.meta.submission_id, 0, half, last=False) == Partial(len(half))
    return sealed


def test_an_upload_that_stands_still_is_forgotten_and_starts_anew(host: Hosted) -> None:
    sealed = _half_sent(host)
    stored = next((host.folder / "containers").rglob(f"{sealed.meta.submission_id}.zwq"))
    _expire(host)
    assert not stored.exists()
    with host.transport() as transport:
        assert transport.status(sealed.meta.submission_id) == Partial(0)
    assert isinstance(host.carry(sealed, tried_before=True), Delivered)


def test_an_upload_that_moves_is_not_forgotten(host: Hosted) -> None:
    sealed = _half_sent(host)
    host.later += timedelta(days=6)
    host.services.uploads.sweep()
    with host.transport() as transport:
        assert transport.status(sealed.meta.submission_id) == Partial(sealed.meta.size // 2)


def test_what_became_a_case_is_never_forgotten(host: Hosted) -> None:
    sealed = host.sealed()
    delivered = host.carry(sealed)
    _expire(host)
    assert host.carry(sealed, tried_before=True) == delivered
    assert next((host.folder / "containers").rglob(f"{sealed.meta.submission_id}.zwq")).exists()


def test_a_chunk_over_the_limit_is_sent_again_in_smaller_ones(host: Hosted) -> None:
    sealed = host.sealed(Part("scan.pdf", "application/pdf", bytes(CHUNK_BYTES_MAX + 1000)))
    with host.transport() as transport:
        transport.announce(sealed.meta)
        answer = transport.append(sealed.meta.submission_id, 0, sealed.container, last=True)
        assert answer == Partial(CHUNK_BYTES_MAX)
        rest = sealed.container[CHUNK_BYTES_MAX:]
        answer = transport.append(sealed.meta.submission_id, CHUNK_BYTES_MAX, rest, last=True)
    assert isinstance(answer, Accepted)


def test_the_offset_is_told_to_whoever_asks_for_the_upload(host: Hosted) -> None:
    sealed = _half_sent(host)
    path = f"/v1/uploads/{sealed.meta.submission_id}"
    told = host.raw("HEAD", path).headers
    assert told["Upload-Offset"] == str(sealed.meta.size // 2)
    assert told["Upload-Complete"] == "?0"
    assert f"max-append-size={CHUNK_BYTES_MAX}" in told["Upload-Limit"]
    host.carry(sealed, tried_before=True)
    assert host.raw("HEAD", path).headers["Upload-Complete"] == "?1"
    assert host.raw("HEAD", f"/v1/uploads/{'0' * 32}").status_code == 404


@pytest.fixture
def impatient(host: Hosted, monkeypatch: pytest.MonkeyPatch) -> Hosted:
    monkeypatch.setattr(host.services.uploads, "_limits", Limits(in_flight_s=0.05))
    return host


def test_a_request_while_another_is_at_work_is_told_to_come_back(impatient: Hosted) -> None:
    sealed = _half_sent(impatient)
    with impatient.services.uploads.alone(sealed.meta.submission_id), impatient.transport() as transport:
        answer = transport.append(sealed.meta.submission_id, 0, b"x", last=False)
    assert answer == TryLater(Trouble.PROCESSING, 1)


def test_what_has_all_its_bytes_and_is_being_opened_is_processing(host: Hosted) -> None:
    sealed = host.sealed()
    with host.transport() as transport:
        transport.announce(sealed.meta)
        transport.append(sealed.meta.submission_id, 0, sealed.container, last=False)
        with host.services.uploads.alone(sealed.meta.submission_id):
            assert transport.status(sealed.meta.submission_id) == TryLater(Trouble.PROCESSING, 1)
        assert transport.status(sealed.meta.submission_id) == Partial(sealed.meta.size)
