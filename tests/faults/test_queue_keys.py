# Properties 19, 21 and 27 at the queue's own door: keys that end, signed receipts, a stolen disk.
import base64
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from kiosk.doctor import about_queue
from offline_queue import (
    FileSigner,
    KeyOutlook,
    KeyRole,
    KeySet,
    MemoryFile,
    Notary,
    PlatformKey,
    QueueError,
    open_container,
)
from offline_queue.crypto import PrivateKey, Sm2PrivateKey
from offline_queue.receipt_code import verify_receipt
from tests.support.fake_platform import FakePlatform, LoopbackTransport
from tests.support.sealed_queue import SERVICE, RunningQueue, sealed_application

DAY_MS = 24 * 60 * 60 * 1000


@pytest.fixture
def platform() -> Iterator[FakePlatform]:
    with FakePlatform() as made:
        yield made


def key_set(platform: FakePlatform, ends_ms: int | None) -> KeySet:
    return KeySet(1, 0, (replace(platform.recipient, not_after_ms=ends_ms),))


def test_without_a_valid_key_no_visit_begins_and_what_is_stored_is_delivered(
    platform: FakePlatform, tmp_path: Path
) -> None:
    ended = key_set(platform, 1)
    transport = LoopbackTransport(platform.port)
    with RunningQueue(tmp_path, transport, platform.ack_keys, seal_keys=ended.outlook) as queue:
        for ask in (lambda: queue.client.admit(1000), lambda: queue.client.hold(1000, 10)):
            with pytest.raises(QueueError, match=r"seal\.no-valid-key"):
                ask()
        stats = queue.client.stats()
        assert (stats.admits, stats.seal_key_code) == (False, "seal.no-valid-key")
        assert about_queue(stats).code == "seal.no-valid-key"
        assert about_queue(msgspec.structs.replace(stats, seal_key_code="")).code == "queue.no-space"
        # Sealed before the key ended, handed over after: nobody's application is turned away.
        stored = queue.client.submit(sealed_application([platform.recipient]), SERVICE)
        assert queue.client.wait(stored.receipt_no, 20).accepted


def test_a_key_about_to_end_is_said_in_the_figures_and_hinders_nothing(
    platform: FakePlatform, tmp_path: Path
) -> None:
    def outlook(now_ms: int) -> KeyOutlook:
        return key_set(platform, now_ms + 30 * DAY_MS).outlook(now_ms)

    transport = LoopbackTransport(platform.port)
    with RunningQueue(tmp_path, transport, platform.ack_keys, seal_keys=outlook) as queue:
        queue.client.admit(1000)
        stats = queue.client.stats()
    assert (stats.admits, stats.seal_key_code) == (True, "seal.key-expiring")
    assert stats.seal_key_left_s is not None
    assert 29 * 86400 < stats.seal_key_left_s <= 30 * 86400


def test_a_stored_application_comes_back_with_a_signed_receipt(
    platform: FakePlatform, tmp_path: Path
) -> None:
    signer = FileSigner.make(tmp_path / "device-key.pem")
    platform.faults.cut = True
    transport = LoopbackTransport(platform.port)
    notary = Notary(lambda: signer)
    with RunningQueue(tmp_path, transport, platform.ack_keys, notary=notary) as queue:
        stored = queue.client.submit(MemoryFile([sealed_application([platform.recipient])]), SERVICE)
        again = queue.client.status(stored.receipt_no)
        assert queue.client.stats().device_key_code == "device-key.in-file"
    link = f"https://x/?receipt={stored.receipt_no}&proof={stored.proof}"
    said = verify_receipt(link, {signer.public.kid: signer.public})
    assert (said.receipt_no, said.digest16) == (stored.receipt_no, stored.digest[:16])
    assert said.submission_id == again.submission_id


def test_without_a_device_key_applications_are_stored_and_unsigned(
    platform: FakePlatform, tmp_path: Path
) -> None:
    platform.faults.cut = True
    notary = Notary(lambda: FileSigner.load(tmp_path / "device-key.pem"))
    with RunningQueue(tmp_path, LoopbackTransport(platform.port), platform.ack_keys, notary=notary) as queue:
        assert queue.client.submit(sealed_application([platform.recipient]), SERVICE).proof == ""
        assert queue.client.stats().device_key_code == "device-key.missing"


def test_everything_on_a_stolen_disk_opens_nothing(platform: FakePlatform, tmp_path: Path) -> None:
    escrow = X25519PrivateKey.generate()
    recipients = [
        platform.recipient,
        PlatformKey("escrow-1", escrow.public_key().public_bytes_raw(), role=KeyRole.ESCROW),
    ]
    signer = FileSigner.make(tmp_path / "device-key.pem")
    (tmp_path / "platform.json").write_bytes(b"\n".join(base64.b64encode(key.public) for key in recipients))
    platform.faults.cut = True
    transport = LoopbackTransport(platform.port)
    with RunningQueue(tmp_path, transport, platform.ack_keys, notary=Notary(lambda: signer)) as queue:
        queue.client.submit(sealed_application(recipients, name="赵钱孙"), SERVICE)
        disk = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    (container,) = [content for path, content in disk.items() if path.suffix == ".zwq"]
    assert "赵钱".encode() not in b"".join(disk.values())
    tried = 0
    for key in _keys_out_of(disk.values()):
        for kid in ("platform-1", "escrow-1"):
            with pytest.raises(QueueError, match=r"seal\.(tampered|suite-mismatch)"):
                open_container(container, {kid: key})
            tried += 1
    assert tried > 100
    assert open_container(container, {"escrow-1": escrow})[1]


def _keys_out_of(files: Iterable[bytes]) -> Iterator[PrivateKey]:
    for content in files:
        if content.startswith(b"-----BEGIN PRIVATE KEY-----"):
            private = load_pem_private_key(content, None)
            assert isinstance(private, Ed25519PrivateKey)
            yield X25519PrivateKey.from_private_bytes(private.private_bytes_raw())
        for start in range(0, min(len(content), 3000) - 32, 32):
            raw = content[start : start + 32]
            yield X25519PrivateKey.from_private_bytes(raw)
            yield Sm2PrivateKey(raw, raw * 2)
