# Property 21: keys with roles and last days, rotation, and a terminal that takes nothing without a valid key.
import json
from collections.abc import Sequence
from contextlib import suppress

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from offline_queue import KeyRole, KeySet, PlatformKey, QueueError, unsigned_key_set, verify_key_set
from offline_queue.crypto import SM2_SM4
from offline_queue.errors import KeySetError
from offline_queue.keyset import sign_key_set

ROOT = Ed25519PrivateKey.generate()
PINNED = {"root-1": ROOT.public_key().public_bytes_raw()}
DAY_MS = 24 * 60 * 60 * 1000
NOW_MS = 1_795_000_000_000


def key(
    kid: str, days: int | None = 365, role: KeyRole = KeyRole.PLATFORM, suite: int = 1, size: int = 32
) -> PlatformKey:
    return PlatformKey(
        kid, kid.encode().ljust(size, b"."), suite, role, None if days is None else NOW_MS + days * DAY_MS
    )


def key_set(*keys: PlatformKey, version: int = 1) -> KeySet:
    return KeySet(version, NOW_MS - 30 * DAY_MS, keys)


def kids(keys: Sequence[PlatformKey]) -> list[str]:
    return [one.kid for one in keys]


ESCROW = key("escrow-1", 3650, KeyRole.ESCROW)
SIGNED = sign_key_set(key_set(key("seal-1"), ESCROW), "root-1", ROOT)


def test_a_set_is_the_same_after_the_wire() -> None:
    told = key_set(key("seal-1"), ESCROW, key("seal-2", None), key("seal-3", 9, suite=SM2_SM4, size=64))
    assert verify_key_set(sign_key_set(told, "root-1", ROOT), PINNED) == told


@given(st.integers(0, len(SIGNED) - 1), st.integers(1, 255))
def test_a_set_changed_anywhere_is_refused_or_says_the_same(place: int, flip: int) -> None:
    changed = bytearray(SIGNED)
    changed[place] ^= flip
    read = None
    with suppress(KeySetError):
        read = verify_key_set(bytes(changed), PINNED)
    assert read in {None, verify_key_set(SIGNED, PINNED)}


def test_a_set_signed_by_somebody_else_is_refused() -> None:
    forged = sign_key_set(key_set(key("seal-1")), "root-1", Ed25519PrivateKey.generate())
    with pytest.raises(QueueError, match=r"keys\.bad-signature"):
        verify_key_set(forged, PINNED)
    with pytest.raises(QueueError, match=r"keys\.unknown-key"):
        verify_key_set(SIGNED, {"root-2": PINNED["root-1"]})


@pytest.mark.parametrize(
    "keys",
    [(), (key("seal-1"), key("seal-1")), (key("short", size=31),), (key("long", suite=SM2_SM4, size=65),)],
)
def test_a_signed_set_that_nobody_could_use_is_refused(keys: tuple[PlatformKey, ...]) -> None:
    with pytest.raises(QueueError, match=r"keys\.malformed"):
        verify_key_set(sign_key_set(key_set(*keys), "root-1", ROOT), PINNED)


def test_a_key_of_a_suite_of_the_future_is_passed_over() -> None:
    told = key_set(key("seal-1"), key("seal-2", suite=0x40))
    assert kids(verify_key_set(sign_key_set(told, "root-1", ROOT), PINNED).keys) == ["seal-1"]


def test_the_newest_valid_key_and_the_escrow_key_are_sealed_to() -> None:
    told = key_set(key("seal-1"), ESCROW, key("seal-2"), key("seal-3", -1))
    assert kids(told.recipients(NOW_MS)) == ["seal-2", "escrow-1"]


def test_an_escrow_key_of_another_suite_is_not_mixed_in() -> None:
    told = key_set(ESCROW, key("seal-2", suite=SM2_SM4, size=64))
    assert kids(told.recipients(NOW_MS)) == ["seal-2"]
    assert told.outlook(NOW_MS).code == "seal.no-escrow-key"


def test_a_missing_escrow_key_is_told_though_the_last_key_ends_soon_as_well() -> None:
    outlook = key_set(key("seal-1", 89), key("escrow-1", 0, role=KeyRole.ESCROW)).outlook(NOW_MS)
    assert (outlook.code, outlook.ends_ms) == ("seal.no-escrow-key", NOW_MS + 89 * DAY_MS)


@pytest.mark.parametrize(("days", "code"), [(91, ""), (89, "seal.key-expiring"), (None, "")])
def test_ninety_days_before_the_last_key_ends_it_is_said(days: int | None, code: str) -> None:
    outlook = key_set(key("seal-1", 10), key("seal-2", days), ESCROW).outlook(NOW_MS)
    assert (outlook.code, outlook.admits) == (code, True)


def test_without_a_valid_key_nothing_can_be_sealed() -> None:
    ended = key_set(key("seal-1", 0), ESCROW)
    assert not ended.outlook(NOW_MS).admits
    with pytest.raises(QueueError, match=r"seal\.no-valid-key"):
        ended.recipients(NOW_MS)


def test_a_clock_behind_the_set_s_own_date_is_not_believed() -> None:
    issued_late = KeySet(1, NOW_MS + DAY_MS, (key("seal-1", 0), key("seal-2", 9)))
    assert kids(issued_late.recipients(0)) == ["seal-2"]


def test_keys_from_before_there_were_sets_are_all_sealed_to_and_never_end() -> None:
    old = unsigned_key_set({"seal-1": bytes(32), "escrow": bytes(32)})
    assert kids(old.recipients(NOW_MS * 2)) == ["seal-1", "escrow"]
    assert old.outlook(NOW_MS * 2).code == ""


def test_the_wire_form_is_json_that_names_every_key() -> None:
    assert [one["kid"] for one in json.loads(SIGNED)["package"]["keys"]] == ["seal-1", "escrow-1"]
