import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace

import pytest

from offline_queue.ack import verify
from offline_queue.package import Part
from offline_queue.seal import PlatformKey
from offline_queue.transport import (
    Accepted,
    Announcement,
    Answer,
    Conflict,
    Partial,
    Trouble,
    TryLater,
    Unknown,
)
from tests.contract.platform import NAME, Platform, Sealed
from tests.contract.platform import application as sealed_application

PDF = b"%PDF-1.7\n" + bytes(range(256)) * 2000 + b"\n%%EOF\n"


def _accepted(answer: Answer) -> Accepted:
    assert isinstance(answer, Accepted), answer
    return answer


def test_a_submission_becomes_a_case_with_a_verified_acknowledgement(platform: Platform) -> None:
    sealed = platform.sealed(Part("scan.pdf", "application/pdf", PDF))
    ack = _accepted(platform.deliver(sealed)).ack
    verify(ack, sealed.meta, platform.ack_keys)
    assert ack.acceptance_no.startswith("11440306SAMPLE00012440511001000")


def test_case_numbers_of_a_day_count_up(platform: Platform) -> None:
    numbers = [_accepted(platform.deliver(platform.sealed())).ack.acceptance_no for _ in range(3)]
    tails = [int(number[-4:]) for number in numbers]
    assert tails == list(range(tails[0], tails[0] + 3))
    assert {number[:-4] for number in numbers} == {numbers[0][:-4]}


def test_a_document_comes_out_byte_for_byte_as_it_was_sealed(platform: Platform) -> None:
    sealed = platform.sealed(
        Part("户口簿.pdf", "application/pdf", PDF), Part("photo.jpg", "image/jpeg", b"\xff\xd8")
    )
    number = _accepted(platform.deliver(sealed)).ack.acceptance_no
    document = platform.desk("GET", f"/v1/cases/{number}/attachments/1")
    assert document.content == PDF
    assert document.headers["content-type"] == "application/pdf"
    application = platform.desk("GET", f"/v1/cases/{number}/application").json()
    assert application["application"] == sealed_application().as_json()
    assert [part["sha256"] for part in application["attachments"]] == [
        hashlib.sha256(data).hexdigest() for data in (PDF, b"\xff\xd8")
    ]
    assert platform.desk("GET", f"/v1/cases/{number}/attachments/3").json()["code"] == "case.no-attachment"


def test_a_terminal_may_not_read_documents(platform: Platform) -> None:
    number = _accepted(platform.deliver(platform.sealed(Part("a", "text/plain", b"a")))).ack.acceptance_no
    assert platform.raw("GET", f"/v1/cases/{number}/attachments/1").status_code == 401


def test_announcing_again_changes_nothing(platform: Platform) -> None:
    sealed = platform.sealed()
    with platform.transport() as transport:
        assert transport.announce(sealed.meta) == Partial(0)
        assert transport.append(sealed.meta.submission_id, 0, sealed.container[:100], last=False) == Partial(
            100
        )
        assert transport.announce(sealed.meta) == Partial(100)


def test_a_wrong_offset_is_answered_with_the_right_one(platform: Platform) -> None:
    sealed = platform.sealed()
    name = sealed.meta.submission_id
    with platform.transport() as transport:
        transport.announce(sealed.meta)
        assert transport.append(name, 50, sealed.container[50:], last=True) == Partial(0)
        assert transport.append(name, 0, sealed.container[:70], last=False) == Partial(70)
        assert transport.append(name, 0, sealed.container[:70], last=False) == Partial(70)
        assert transport.append(name, 70, sealed.container[70:90], last=True) == Partial(90)
        assert isinstance(transport.append(name, 90, sealed.container[90:], last=True), Accepted)


def test_a_whole_upload_without_its_commit_is_committed_by_an_empty_chunk(platform: Platform) -> None:
    sealed = platform.sealed()
    name, size = sealed.meta.submission_id, len(sealed.container)
    with platform.transport() as transport:
        transport.announce(sealed.meta)
        assert transport.append(name, 0, sealed.container, last=False) == Partial(size)
        assert transport.status(name) == Partial(size)
        assert isinstance(transport.append(name, size, b"", last=True), Accepted)


def test_every_repetition_gets_the_same_acknowledgement(platform: Platform) -> None:
    sealed = platform.sealed()
    first = _accepted(platform.deliver(sealed))
    name, size = sealed.meta.submission_id, len(sealed.container)
    with platform.transport() as transport:
        assert transport.status(name) == first
        assert transport.announce(sealed.meta) == first
        assert transport.append(name, size, b"", last=True) == first
        assert transport.append(name, 0, sealed.container, last=True) == first


def test_the_same_submission_sent_at_the_same_time_becomes_one_case(platform: Platform) -> None:
    sealed = platform.sealed(Part("scan.pdf", "application/pdf", PDF))

    def deliver(chunk_bytes: int) -> Answer:
        return platform.deliver(sealed, chunk_bytes)

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(deliver, [64 * 1024, 100_000, 300_000, 1_000_000]))
    assert len({_accepted(answer).ack.acceptance_no for answer in answers}) == 1
    assert all(answer == answers[0] for answer in answers)


def test_a_known_id_with_another_container_is_a_conflict(platform: Platform) -> None:
    sealed, other = platform.sealed(), platform.sealed()
    with platform.transport() as transport:
        transport.announce(sealed.meta)
        changed = replace(sealed.meta, digest=other.meta.digest)
        assert transport.announce(changed) == Conflict("platform.digest-conflict")
        assert transport.status(sealed.meta.submission_id) == Partial(0)


def test_bytes_that_are_not_those_announced_make_no_case(platform: Platform) -> None:
    sealed, other = platform.sealed(), platform.sealed()
    name = sealed.meta.submission_id
    with platform.transport() as transport:
        transport.announce(sealed.meta)
        wrong = other.container[: len(sealed.container)].ljust(len(sealed.container), b"\0")
        for _ in range(3):
            assert transport.append(name, 0, wrong, last=True) == Partial(0)
        assert transport.append(name, 0, wrong, last=True) == Conflict("platform.digest-conflict")
        assert transport.status(name) == Partial(len(wrong))


def test_a_fresh_start_after_wrong_bytes_succeeds(platform: Platform) -> None:
    sealed = platform.sealed()
    with platform.transport() as transport:
        transport.announce(sealed.meta)
        assert transport.append(
            sealed.meta.submission_id, 0, bytes(len(sealed.container)), last=True
        ) == Partial(0)
    assert isinstance(platform.deliver(sealed), Accepted)


def test_a_chunk_damaged_on_the_way_is_not_kept(platform: Platform) -> None:
    sealed = platform.sealed()
    path = f"/v1/uploads/{sealed.meta.submission_id}"
    with platform.transport() as transport:
        transport.announce(sealed.meta)
    headers = {"Upload-Offset": "0", "Content-Digest": "sha-256=:AAAA:"}
    reply = platform.raw("PATCH", path, data=sealed.container[:9], headers=headers)
    assert (reply.status_code, reply.json()["code"]) == (400, "upload.chunk-damaged")
    assert platform.raw("HEAD", path).headers["Upload-Offset"] == "0"


@pytest.mark.parametrize(
    ("size", "status", "code"),
    [(5 * 1024 * 1024, 413, "upload.chunk-too-large"), (4096, 400, "upload.too-long")],
)
def test_more_bytes_than_agreed_are_refused(platform: Platform, size: int, status: int, code: str) -> None:
    sealed = platform.sealed()
    with platform.transport() as transport:
        transport.announce(sealed.meta)
    path = f"/v1/uploads/{sealed.meta.submission_id}"
    reply = platform.raw("PATCH", path, data=bytes(size), headers={"Upload-Offset": "0"})
    assert (reply.status_code, reply.json()["code"]) == (status, code)


def test_a_submission_that_was_never_announced_is_unknown(platform: Platform) -> None:
    with platform.transport() as transport:
        assert transport.status("0" * 32) == Unknown()
        assert transport.append("0" * 32, 0, b"x", last=True) == Unknown()


def _foreign_key(platform: Platform) -> Sealed:
    return platform.sealed(keys=[PlatformKey("seal-0", bytes([9]) + bytes(31))])


def _no_applicant(platform: Platform) -> Sealed:
    return platform.sealed(form={"applicant_name": NAME})


def _no_package(platform: Platform) -> Sealed:
    return platform.sealed(plaintext=b"nothing of use")


def _tampered(platform: Platform) -> Sealed:
    sealed = platform.sealed()
    container = sealed.container[:-1] + bytes([sealed.container[-1] ^ 1])
    return Sealed(replace(sealed.meta, digest=hashlib.sha256(container).hexdigest()), container)


def _mislabelled(platform: Platform) -> Sealed:
    sealed, other = platform.sealed(), platform.sealed()
    return Sealed(replace(sealed.meta, submission_id=other.meta.submission_id), sealed.container)


@pytest.mark.parametrize(
    ("seal", "code"),
    [
        (_tampered, "platform.refused"),
        (_mislabelled, "platform.refused"),
        (_no_applicant, "platform.refused"),
        (_no_package, "platform.refused"),
        (_foreign_key, "platform.unknown-key"),
    ],
)
def test_a_container_that_cannot_be_read_is_kept_for_a_person(
    platform: Platform, seal: Callable[[Platform], Sealed], code: str
) -> None:
    sealed = seal(platform)
    assert platform.deliver(sealed) == Conflict(code)
    with platform.transport() as transport:
        assert transport.status(sealed.meta.submission_id) == Conflict(code)
        assert transport.announce(sealed.meta) == Conflict(code)


def test_a_terminal_with_an_unknown_token_decides_nothing_about_its_items(platform: Platform) -> None:
    sealed = platform.sealed()
    with platform.transport(token="unknown") as transport:
        assert transport.announce(sealed.meta) == TryLater(Trouble.AUTH)
        assert transport.status(sealed.meta.submission_id) == TryLater(Trouble.AUTH)
        assert transport.append(sealed.meta.submission_id, 0, b"x", last=True) == TryLater(Trouble.AUTH)


def test_a_terminal_cannot_announce_in_the_name_of_another(platform: Platform) -> None:
    with platform.transport() as transport:
        answer = transport.announce(replace(platform.sealed().meta, terminal="T9999"))
    assert answer == TryLater(Trouble.AUTH)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"receipt_no": "T0421-000001-00"}, "submission.bad-receipt-no"),
        ({"size": 33 * 1024 * 1024}, "submission.too-large"),
        ({"digest": "AB" * 32}, "request.invalid"),
        ({"size": 0}, "request.invalid"),
    ],
)
def test_an_announcement_that_cannot_be_is_refused(
    platform: Platform, change: dict[str, object], code: str
) -> None:
    meta = platform.sealed().meta
    fields = _fields(meta) | change
    reply = platform.raw("PUT", f"/v1/submissions/{meta.submission_id}", json=fields)
    assert reply.json()["code"] == code
    assert reply.headers["content-type"] == "application/problem+json"


def _fields(meta: Announcement) -> dict[str, object]:
    fields = asdict(meta)
    del fields["submission_id"]
    return fields
