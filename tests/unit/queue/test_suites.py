# Properties 4, 19 and 20 in every suite: nothing changed, moved, mixed or opened with what the terminal has.
import base64
import hashlib
import itertools
import os
import subprocess
import tracemalloc
from collections.abc import Sequence
from pathlib import Path

import cbor2
import pyhpke
import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from offline_queue import MemoryFile, Part, PlatformKey, QueueError, open_container, pack_pieces, seal, unpack
from offline_queue.clock import Stamp
from offline_queue.crypto import HPKE_AES, SM2_SM4, PrivateKey, Sm2PrivateKey, provider_of
from offline_queue.crypto.sm import Sm4Frames, sm3
from offline_queue.header import read_header
from offline_queue.seal import FRAME_BYTES, seal_frames

SUITES = [HPKE_AES, SM2_SM4]
HPKE_KEY, SM2_KEY = X25519PrivateKey.generate(), Sm2PrivateKey.generate()
PRIVATE: dict[int, dict[str, PrivateKey]] = {HPKE_AES: {"seal-1": HPKE_KEY}, SM2_SM4: {"seal-1": SM2_KEY}}
PUBLIC = {
    HPKE_AES: PlatformKey("seal-1", HPKE_KEY.public_key().public_bytes_raw()),
    SM2_SM4: PlatformKey("seal-1", SM2_KEY.public, SM2_SM4),
}
CREATED = Stamp("boot-1", 1_000, 1_750_000_000_000)
TWO_FRAMES = os.urandom(FRAME_BYTES + 100)
BEFORE_SUITES = base64.b64decode(
    "WldRMQAAATSrY3ZlcgFkc2l6ZRjOZXN1aXRlAWdjcmVhdGVko2Rib290ZmJvb3QtMWdtb25vX21zGQPoZ3dhbGxfbXMbAAAB"
    "l3Qg3ABnc2VydmljZXFvbGQtYWdlLWFsbG93YW5jZWhuX2ZyYW1lcwFodGVybWluYWxlVDA0MjFqZnJhbWVfc2l6ZRoAEAAA"
    "anJlY2lwaWVudHOBomNraWRvc2VhbC0xLTAwMDAwMDAwZ3dyYXBwZWRYUI6RtJuGjuGXOcLradaXHvyyRPorW2E6xla7+6vw"
    "2Ms32n+STgQ76/JikUkDEsuL2TvUvJGf1pQ3hqcKQZiz6WfinQFWfdUshBXk74yEPzVbbG5vbmNlX3ByZWZpeEQdbkMnbXN1"
    "Ym1pc3Npb25faWRQAAECAwQFBgcICQoLDA0OD7dvA4qAuhbslsM/1rjHrGbnQ5EYSbW6khaCc/QBf1DdOvse8gclZ7bLlaNR"
    "YQPeVSXzTUFmJ1PUX03o2KCkkRsyYuiQQAtg2/Am0tbCjI4WDkmDmZeOpAH4jtPu8rdAT2nyLAqmrc/T9tyaMD5KzY9OPCBC"
    "C88BVZl2KfM5OTPuG2JXz1u5/TNSmL5z6BRf6ZtLriA7qNtR4Q2k1e7K3NnsRWvmVlVFLCFfu2IiuA5PfuAY/qiR5SkzMWrn"
    "q+PtmqFzZJ6jy5k1ta4JDnWZxi+8GURR24hfY6l8zmjAXg=="
)


def frames(suite: int, plaintext: bytes | Sequence[bytes], submission_id: bytes = bytes(16)) -> list[bytes]:
    return list(
        seal_frames(
            plaintext,
            (PUBLIC[suite],),
            submission_id=submission_id,
            terminal="T0421",
            service="old-age-allowance",
            created=CREATED,
        )
    )


LARGE = {suite: frames(suite, TWO_FRAMES) for suite in SUITES}
SMALL = {suite: b"".join(frames(suite, b"canary" * 20)) for suite in SUITES}


def refuses(container: bytes, suite: int, match: str = r"seal\.") -> None:
    with pytest.raises(QueueError, match=match):
        open_container(container, PRIVATE[suite])


@pytest.mark.parametrize("suite", SUITES)
@pytest.mark.parametrize("size", [0, 1, FRAME_BYTES, FRAME_BYTES + 1])
def test_what_was_sealed_in_pieces_is_opened_whole(suite: int, size: int) -> None:
    plaintext = os.urandom(size)
    container = b"".join(frames(suite, [plaintext[:7], b"", plaintext[7:]]))
    header, opened = open_container(container, PRIVATE[suite])
    assert (header.suite, opened) == (suite, plaintext)


def test_a_container_from_before_there_were_suites_is_opened() -> None:
    key = X25519PrivateKey.from_private_bytes(bytes(range(32)))
    header, stream = open_container(BEFORE_SUITES, {"seal-1-00000000": key})
    assert (header.suite, unpack(stream).form) == (HPKE_AES, {"name": "测试"})


@pytest.mark.parametrize("suite", SUITES)
@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.differing_executors])
def test_no_byte_of_any_region_can_be_changed(suite: int, data: st.DataObject) -> None:
    changed = bytearray(SMALL[suite])
    changed[data.draw(st.integers(0, len(changed) - 1))] ^= data.draw(st.integers(1, 255))
    refuses(bytes(changed), suite)


@pytest.mark.parametrize("suite", SUITES)
@pytest.mark.parametrize("order", [(0, 2, 1), (0, 1), (0, 1, 1, 2), (0, 2, 2), (0, 1, 2, 2), (0,)])
def test_frames_cannot_be_swapped_dropped_or_repeated(suite: int, order: tuple[int, ...]) -> None:
    refuses(b"".join(LARGE[suite][place] for place in order), suite)


@pytest.mark.parametrize("suite", SUITES)
def test_neither_header_nor_frame_can_be_taken_from_another_application(suite: int) -> None:
    other = frames(suite, TWO_FRAMES, b"other submission")
    refuses(b"".join([other[0], *LARGE[suite][1:]]), suite, r"seal\.tampered")
    for place in (1, 2):
        spliced = list(LARGE[suite])
        spliced[place] = other[place]
        refuses(b"".join(spliced), suite, r"seal\.tampered")


@pytest.mark.parametrize("suite", SUITES)
def test_a_wrapped_key_cannot_be_taken_to_another_application(suite: int) -> None:
    other = frames(suite, b"x", b"other submission")
    ours, theirs = (read_header(start[0]).recipients[0].wrapped for start in (LARGE[suite], other))
    # DER lengths may differ between two SM2 ciphertexts; then the header is no header any more.
    refuses(other[0].replace(theirs, ours) + other[1], suite)


@pytest.mark.parametrize("suite", SUITES)
def test_a_private_key_of_another_suite_opens_nothing(suite: int) -> None:
    (other,) = set(SUITES) - {suite}
    with pytest.raises(QueueError, match=r"seal\.suite-mismatch"):
        open_container(SMALL[suite], PRIVATE[other])


@pytest.mark.parametrize("suite", SUITES)
def test_frames_of_one_suite_do_not_open_under_a_header_of_another(suite: int) -> None:
    (other,) = set(SUITES) - {suite}
    refuses(b"".join([LARGE[other][0], *LARGE[suite][1:]]), other, r"seal\.tampered")
    start = LARGE[suite][0]
    renamed = start.replace(b"suite" + cbor2.dumps(suite), b"suite" + cbor2.dumps(other))
    length = (len(renamed) - 8).to_bytes(4, "big")
    container = b"".join([renamed[:4], length, renamed[8:], *LARGE[suite][1:]])
    assert read_header(container).suite == other
    refuses(container, suite, r"seal\.suite-mismatch")
    refuses(container, other, r"seal\.tampered")


def test_recipients_of_two_suites_are_not_sealed_to_together() -> None:
    keys = (PUBLIC[HPKE_AES], PlatformKey("seal-2", SM2_KEY.public, SM2_SM4))
    with pytest.raises(QueueError, match=r"seal\.suite-mismatch"):
        seal(b"x", keys, submission_id=bytes(16), terminal="T0421", service="s", created=CREATED)


@pytest.mark.parametrize("key", [bytes(64), b"\x01" * 64, b"\xff" * 64, b"short"])
def test_what_is_no_point_of_the_curve_is_not_sealed_to(key: bytes) -> None:
    with pytest.raises(QueueError, match=r"seal\.no-key"):
        seal(
            b"x",
            [PlatformKey("seal-1", key, SM2_SM4)],
            submission_id=bytes(16),
            terminal="T0421",
            service="s",
            created=CREATED,
        )


def test_a_suite_that_is_not_known_is_told_apart_from_a_broken_container() -> None:
    renamed = SMALL[HPKE_AES].replace(b"suite\x01", b"suite\x02")
    refuses(renamed, HPKE_AES, r"seal\.unsupported")


@pytest.mark.parametrize("suite", SUITES)
def test_a_million_containers_have_as_many_keys(suite: int) -> None:
    # A nonce is prefix and frame number; under a key of its own a container may even repeat another's prefix.
    provider = provider_of(suite)
    assert len({provider.new_data_key() for _ in range(1_000_000)}) == 1_000_000


@pytest.mark.parametrize("suite", SUITES)
def test_equal_frames_of_one_container_are_encrypted_under_different_nonces(suite: int) -> None:
    # Counter mode: under one key, equal nonces would make equal frames equal again.
    _, *sealed = frames(suite, bytes(4 * FRAME_BYTES))
    assert len({frame[:64] for frame in sealed}) == 4


@pytest.mark.parametrize("suite", SUITES)
def test_sealing_twenty_megabytes_adds_a_few_frames_of_memory(suite: int) -> None:
    pages = [Part(f"page-{number}.pdf", "application/pdf", os.urandom(2_000_000)) for number in range(10)]
    pieces = pack_pieces({"name": "x"}, pages)
    tracemalloc.start()
    container = MemoryFile(
        seal_frames(
            pieces,
            (PUBLIC[suite],),
            submission_id=bytes(16),
            terminal="T0421",
            service="s",
            created=CREATED,
        )
    )
    _, peak_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert container.size_bytes > 20_000_000
    assert peak_bytes < 6 * FRAME_BYTES
    whole = os.pread(container.fd, container.size_bytes, 0)
    assert unpack(open_container(whole, PRIVATE[suite])[1]).parts == tuple(pages)


def test_another_implementation_of_hpke_opens_ours() -> None:
    container = SMALL[HPKE_AES]
    header = read_header(container)
    (recipient,) = header.recipients
    bound = [1, HPKE_AES, "T0421", bytes(16), "old-age-allowance", "seal-1"]
    suite = pyhpke.CipherSuite.new(
        pyhpke.KEMId.DHKEM_X25519_HKDF_SHA256, pyhpke.KDFId.HKDF_SHA256, pyhpke.AEADId.AES256_GCM
    )
    private = pyhpke.KEMKey.from_pyca_cryptography_key(HPKE_KEY)
    info = b"zhiwang.queue.data-key\x00" + cbor2.dumps(bound, canonical=True)
    context = suite.create_recipient_context(recipient.wrapped[:32], private, info=info)
    data_key = context.open(recipient.wrapped[32:])
    opening = header.encode()
    bound_bytes = hashlib.sha256(opening).digest() + bytes(8) + b"\x01"
    nonce = header.nonce_prefix + bytes(8)
    opened = provider_of(HPKE_AES).cipher(data_key).decrypt(nonce, container[len(opening) :], bound_bytes)
    assert opened == b"canary" * 20


def _openssl(*arguments: str, data: bytes = b"") -> bytes:
    return subprocess.run(["openssl", *arguments], input=data, capture_output=True, check=True).stdout


def _pem_of(key: Sm2PrivateKey) -> bytes:
    # ECPrivateKey of RFC 5915 on the curve 1.2.156.10197.1.301.
    curve = bytes.fromhex("a00a06082a811ccf5501822d")
    point = b"\xa1\x44\x03\x42\x00\x04" + key.public
    body = b"\x02\x01\x01\x04\x20" + key.secret + curve + point
    der = b"\x30" + bytes([len(body)]) + body
    return b"-----BEGIN EC PRIVATE KEY-----\n" + base64.encodebytes(der) + b"-----END EC PRIVATE KEY-----\n"


def test_openssl_opens_the_key_that_we_wrapped_by_sm2(tmp_path: Path) -> None:
    pem = tmp_path / "sm2.pem"
    pem.write_bytes(_pem_of(SM2_KEY))
    provider = provider_of(SM2_SM4)
    data_key = provider.new_data_key()
    wrapped = provider.wrap(data_key, SM2_KEY.public, b"")
    assert _openssl("pkeyutl", "-decrypt", "-inkey", str(pem), data=wrapped) == data_key


def test_we_open_the_key_that_openssl_wrapped_by_sm2(tmp_path: Path) -> None:
    pem = tmp_path / "sm2.pem"
    pem.write_bytes(_pem_of(SM2_KEY))
    wrapped = _openssl("pkeyutl", "-encrypt", "-inkey", str(pem), data=b"sixteen byte key")
    assert provider_of(SM2_SM4).unwrap(wrapped, SM2_KEY, b"") == b"sixteen byte key"


def test_sm3_is_that_of_the_standard_and_of_openssl() -> None:
    # GM/T 0004-2012, appendix A.1.
    assert sm3(b"abc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    data = os.urandom(1000)
    assert sm3(data).hex() in _openssl("dgst", "-sm3", data=data).decode()


def test_sm4_gcm_is_that_of_rfc_8998() -> None:
    # RFC 8998, appendix A.1.
    key = bytes.fromhex("0123456789abcdeffedcba9876543210")
    nonce = bytes.fromhex("00001234567800000000abcd")
    bound = bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
    plain = b"".join(bytes([byte]) * 8 for byte in (0xAA, 0xBB, 0xCC, 0xDD, 0xEE, 0xFF, 0xEE, 0xAA))
    sealed = bytes.fromhex(
        "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735"
        "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d"
        "83de3541e4c2b58177e065a9bf7b62ec"
    )
    assert Sm4Frames(key).encrypt(nonce, plain, bound) == sealed
    assert Sm4Frames(key).decrypt(nonce, sealed, bound) == plain
    with pytest.raises(InvalidTag):
        Sm4Frames(key).decrypt(nonce, sealed[:-1] + b"\x00", bound)


def test_everything_the_terminal_knows_opens_nothing() -> None:
    # The terminal has public keys, ids and names; any 32 or 16 bytes of them, tried as a private key, fail.
    for suite, container in SMALL.items():
        header = read_header(container)
        known = b"".join([container, PUBLIC[suite].public, *(r.wrapped for r in header.recipients)])
        for start in itertools.islice(range(len(known) - 32), 0, None, 3):
            raw = known[start : start + 32]
            key = (
                X25519PrivateKey.from_private_bytes(raw) if suite == HPKE_AES else Sm2PrivateKey(raw, raw * 2)
            )
            with pytest.raises(QueueError, match=r"seal\.tampered"):
                open_container(container, {"seal-1": key})


@pytest.mark.parametrize("suite", SUITES)
@pytest.mark.parametrize("size", [1, 15, 24, 33])
def test_a_data_key_of_another_length_opens_nothing(suite: int, size: int) -> None:
    provider = provider_of(suite)
    wrapped = provider.wrap(bytes(size), PUBLIC[suite].public, b"info")
    with pytest.raises(QueueError, match=r"seal\.tampered"):
        provider.unwrap(wrapped, PRIVATE[suite]["seal-1"], b"info")
