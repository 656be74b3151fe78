import os

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from offline_queue import PlatformKey, QueueError, digest, new_submission_id, open_container, seal
from offline_queue.clock import Stamp
from offline_queue.header import read_header
from offline_queue.seal import FRAME_BYTES, seal_frames

PRIVATE = X25519PrivateKey.generate()
ESCROW = X25519PrivateKey.generate()
KEYS = {"platform-1": PRIVATE}
CREATED = Stamp("boot-1", 1_000, 1_750_000_000_000)
CANARY = "李明-330106".encode()


def public(kid: str, private: X25519PrivateKey) -> PlatformKey:
    return PlatformKey(kid, private.public_key().public_bytes_raw())


RECIPIENT = public("platform-1", PRIVATE)


def sealed(plaintext: bytes, *recipients: PlatformKey, submission_id: bytes = bytes(16)) -> bytes:
    return seal(
        plaintext,
        recipients or (RECIPIENT,),
        submission_id=submission_id,
        terminal="T0421",
        service="old-age-allowance",
        created=CREATED,
    )


SMALL = sealed(CANARY)


@pytest.mark.parametrize("size", [0, 1, FRAME_BYTES - 1, FRAME_BYTES, FRAME_BYTES + 1, 3 * FRAME_BYTES + 5])
def test_what_was_sealed_is_opened(size: int) -> None:
    plaintext = os.urandom(size)
    header, opened = open_container(sealed(plaintext), KEYS)
    assert opened == plaintext
    assert header.n_frames == max(1, -(-size // FRAME_BYTES))
    assert header.created == CREATED


def test_the_header_says_how_long_the_container_is() -> None:
    for size in (0, 5, FRAME_BYTES + 1):
        container = sealed(bytes(size))
        assert read_header(container[:4096]).container_bytes == len(container)


def test_either_key_opens_it() -> None:
    container = sealed(CANARY, RECIPIENT, public("escrow", ESCROW))
    assert open_container(container, KEYS)[1] == CANARY
    assert open_container(container, {"escrow": ESCROW})[1] == CANARY


def test_no_other_key_opens_it() -> None:
    with pytest.raises(QueueError, match=r"seal\.no-key"):
        open_container(SMALL, {"platform-2": PRIVATE})
    with pytest.raises(QueueError, match=r"seal\.tampered"):
        open_container(SMALL, {"platform-1": ESCROW})


@given(st.integers(0, len(SMALL) - 1), st.integers(1, 255))
def test_no_byte_can_be_changed(place: int, flip: int) -> None:
    changed = bytearray(SMALL)
    changed[place] ^= flip
    with pytest.raises(QueueError, match=r"seal\."):
        open_container(bytes(changed), KEYS)


@given(st.integers(0, len(SMALL) - 1))
def test_no_end_can_be_cut_off(length: int) -> None:
    with pytest.raises(QueueError, match=r"seal\."):
        open_container(SMALL[:length], KEYS)


def test_nothing_can_be_added() -> None:
    with pytest.raises(QueueError, match=r"seal\.tampered"):
        open_container(SMALL + b"\x00", KEYS)


@given(st.binary(max_size=300))
def test_any_bytes_are_a_container_or_a_named_error(data: bytes) -> None:
    for start in (b"", b"ZWQ1", SMALL[:8]):
        with pytest.raises(QueueError, match=r"seal\."):
            open_container(start + data, KEYS)


def frames_of(plaintext: bytes, submission_id: bytes = bytes(16)) -> list[bytes]:
    return list(
        seal_frames(
            plaintext,
            (RECIPIENT,),
            submission_id=submission_id,
            terminal="T0421",
            service="old-age-allowance",
            created=CREATED,
        )
    )


@pytest.mark.parametrize("order", [(0, 2, 1), (0, 1, 1), (0, 2, 2)])
def test_frames_cannot_be_swapped_or_repeated(order: tuple[int, ...]) -> None:
    parts = frames_of(bytes(2 * FRAME_BYTES))
    with pytest.raises(QueueError, match=r"seal\.tampered"):
        open_container(b"".join(parts[place] for place in order), KEYS)


def test_frames_cannot_be_moved_to_another_container() -> None:
    one, other = frames_of(CANARY), frames_of(CANARY)
    with pytest.raises(QueueError, match=r"seal\.tampered"):
        open_container(one[0] + other[1], KEYS)


def test_a_data_key_cannot_be_moved_to_another_submission() -> None:
    one, other = frames_of(CANARY, b"1" * 16)[0], frames_of(CANARY, b"2" * 16)
    wrapped, other_wrapped = (read_header(start).recipients[0].wrapped for start in (one, other[0]))
    with pytest.raises(QueueError, match=r"seal\.tampered"):
        open_container(other[0].replace(other_wrapped, wrapped) + other[1], KEYS)


def test_sealing_twice_gives_two_containers() -> None:
    assert digest(sealed(CANARY)) != digest(sealed(CANARY))
    assert new_submission_id() != new_submission_id()


def test_the_container_holds_no_plaintext() -> None:
    assert CANARY not in SMALL
    assert CANARY not in sealed(CANARY * 100_000)


def test_without_a_usable_key_nothing_is_sealed() -> None:
    for recipients in ((), (RECIPIENT, RECIPIENT), (PlatformKey("short", b"x"),)):
        with pytest.raises(QueueError, match=r"seal\.no-key"):
            list(
                seal_frames(
                    CANARY,
                    recipients,
                    submission_id=bytes(16),
                    terminal="T0421",
                    service="s",
                    created=CREATED,
                )
            )


def test_a_container_of_the_future_is_told_apart_from_a_broken_one() -> None:
    start = SMALL.replace(b"\x63ver\x01", b"\x63ver\x02")
    assert start != SMALL
    with pytest.raises(QueueError, match=r"seal\.unsupported"):
        open_container(start, KEYS)
