# Properties 9 and 27: what the terminal signs, proven offline; and a key in a file that says that it is one.
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier
from typing import Any, ClassVar

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, x25519
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from hypothesis import assume, given
from hypothesis import strategies as st

from offline_queue import FileSigner, Notary, QueueError
from offline_queue.device_key import (
    Algorithm,
    DevicePublicKey,
    DeviceSignature,
    announcement_message,
    public_key_from_text,
    signature_from_text,
)
from offline_queue.receipt_code import receipt_proof, verify_receipt
from offline_queue.transport import Announcement

NUMBER, OTHER_NUMBER = "T0421-000137-96", "T0421-000001-41"
ID, DIGEST = bytes(range(16)), bytes(range(32))
META = Announcement(ID.hex(), DIGEST.hex(), 1000, "old-age-allowance", 137, NUMBER, "seal-1", 1, "T0421")


class P256Signer:
    """ECDSA as a TPM does it."""

    warning: ClassVar[str] = ""

    def __init__(self) -> None:
        self._private = ec.generate_private_key(ec.SECP256R1())
        raw = self._private.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.CompressedPoint
        )
        self.public = DevicePublicKey(Algorithm.P256, raw)

    def sign(self, message: bytes) -> DeviceSignature:
        r, s = decode_dss_signature(self._private.sign(message, ec.ECDSA(hashes.SHA256())))
        return DeviceSignature(self.public.kid, r.to_bytes(32, "big") + s.to_bytes(32, "big"))


SIGNER = P256Signer()
PROOF = receipt_proof(SIGNER, NUMBER, ID, DIGEST)


@pytest.fixture(scope="module")
def signer(tmp_path_factory: pytest.TempPathFactory) -> FileSigner:
    return FileSigner.make(tmp_path_factory.mktemp("key") / "device-key.pem")


def link(proof: str, number: str = NUMBER) -> str:
    return f"https://progress.example/case?receipt={number}&case=1144&proof={proof}"


@pytest.mark.parametrize("kind", ["file", "p256"])
def test_a_receipt_is_proven_by_the_terminal_s_public_key_alone(kind: str, signer: FileSigner) -> None:
    signs = signer if kind == "file" else P256Signer()
    public = public_key_from_text(signs.public.as_text())
    said = verify_receipt(link(receipt_proof(signs, NUMBER, ID, DIGEST)), {public.kid: public})
    assert (said.receipt_no, said.terminal) == (NUMBER, "T0421")
    assert (said.submission_id, said.digest16) == (ID, DIGEST[:16])


# The last character is left out: two of its bits belong to nothing.
@given(st.integers(0, 133), st.sampled_from("ABCDxyz019-_"))
def test_no_character_of_a_proof_can_be_changed(place: int, character: str) -> None:
    changed = PROOF[:place] + character + PROOF[place + 1 :]
    assume(changed != PROOF)
    with pytest.raises(QueueError, match=r"(receipt\.malformed|device-key\.)"):
        verify_receipt(link(changed), {SIGNER.public.kid: SIGNER.public})


def test_a_proof_does_not_pass_for_another_number(signer: FileSigner) -> None:
    proof = receipt_proof(signer, NUMBER, ID, DIGEST)
    with pytest.raises(QueueError, match=r"device-key\.bad-signature"):
        verify_receipt(link(proof, OTHER_NUMBER), {signer.public.kid: signer.public})


def test_another_terminal_s_key_proves_nothing(signer: FileSigner) -> None:
    other = P256Signer()
    proof = receipt_proof(signer, NUMBER, ID, DIGEST)
    with pytest.raises(QueueError, match=r"device-key\.unknown-key"):
        verify_receipt(link(proof), {other.public.kid: other.public})


@pytest.mark.parametrize("text", ["", "https://x/?receipt=T0421-000137-96", "proof=AAAA", "x" * 5000])
def test_what_is_no_signed_receipt_is_told_so(text: str) -> None:
    with pytest.raises(QueueError, match=r"receipt\.malformed"):
        verify_receipt(text, {})


def test_a_proof_given_twice_is_refused(signer: FileSigner) -> None:
    proof = receipt_proof(signer, NUMBER, ID, DIGEST)
    with pytest.raises(QueueError, match=r"receipt\.malformed"):
        verify_receipt(f"{link(proof)}&proof={proof}", {signer.public.kid: signer.public})


@pytest.mark.parametrize(
    "change",
    [
        {"terminal": "T0422"},
        {"submission_id": "00" * 16},
        {"seq": 138},
        {"receipt_no": OTHER_NUMBER},
        {"service": "other"},
        {"size": 1001},
        {"digest": "00" * 32},
    ],
)
def test_an_announcement_changed_anywhere_is_not_what_was_signed(
    change: dict[str, Any], signer: FileSigner
) -> None:
    signed = signer.sign(announcement_message(META))
    signer.public.verify(signed.value, announcement_message(META))
    with pytest.raises(QueueError, match=r"device-key\.bad-signature"):
        signer.public.verify(signed.value, announcement_message(replace(META, **change)))


def test_a_receipt_s_signature_does_not_pass_for_an_announcement_s(signer: FileSigner) -> None:
    text = Notary(lambda: signer).announcement(META) or ""
    with pytest.raises(QueueError, match=r"device-key\.bad-signature"):
        signer.public.verify(signature_from_text(text).value, b"zhiwang.device.receipt\x00")


def test_the_key_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "device-key.pem"
    made = FileSigner.make(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert FileSigner.make(path).public == FileSigner.load(path).public == made.public


def test_a_key_that_is_not_there_is_missing(tmp_path: Path) -> None:
    with pytest.raises(QueueError, match=r"device-key\.missing"):
        FileSigner.load(tmp_path / "device-key.pem")


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_key_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "device-key.pem"
    FileSigner.make(path)
    path.chmod(mode)
    with pytest.raises(QueueError, match=r"device-key\.bad-permissions"):
        FileSigner.load(path)


def test_a_link_in_place_of_the_key_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "device-key.pem"
    FileSigner.make(tmp_path / "elsewhere.pem")
    path.symlink_to(tmp_path / "elsewhere.pem")
    with pytest.raises(QueueError, match=r"device-key\.unreadable"):
        FileSigner.load(path)


def test_a_file_that_is_no_signing_key_is_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "device-key.pem"
    pem = x25519.X25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    # One wrong bit in the name of the algorithm: no kind of key that the library knows.
    good = FileSigner.make(tmp_path / "good.pem") and (tmp_path / "good.pem").read_bytes()
    for content in (b"", os.urandom(100), pem, good.replace(b"MC4CAQAwBQYDK2Vw", b"MC4CAQAwBQYDK2Vy")):
        path.write_bytes(content)
        path.chmod(0o600)
        with pytest.raises(QueueError, match=r"device-key\.unreadable"):
            FileSigner.load(path)


def test_a_key_that_the_disk_refuses_is_told_and_stops_nobody(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.write_text("a file where the folder should be")
    notary = Notary(lambda: FileSigner.make(folder / "device-key.pem"))
    notary.look()
    assert notary.code == "device-key.unreadable"


def test_two_who_make_the_key_at_once_get_the_same_one(tmp_path: Path) -> None:
    path, start = tmp_path / "device-key.pem", Barrier(4)

    def make(_: int) -> DevicePublicKey:
        start.wait()
        return FileSigner.make(path).public

    with ThreadPoolExecutor(4) as operators:
        made = set(operators.map(make, range(4)))
    assert made == {FileSigner.load(path).public}


def test_without_a_key_nothing_is_signed_and_with_it_again(tmp_path: Path) -> None:
    path = tmp_path / "device-key.pem"
    notary = Notary(lambda: FileSigner.load(path))
    assert notary.receipt(NUMBER, ID, DIGEST) == ""
    assert notary.code == "device-key.missing"
    FileSigner.make(path)
    assert len(notary.receipt(NUMBER, ID, DIGEST)) == 135
    assert notary.code == "device-key.in-file"


def test_a_disk_that_does_not_take_a_new_key_costs_the_signature_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "device-key.pem"
    path.with_suffix(".new").mkdir()
    notary = Notary(lambda: FileSigner.make(path))
    notary.look()
    assert (notary.receipt(NUMBER, ID, DIGEST), notary.code) == ("", "device-key.unreadable")
    path.with_suffix(".new").rmdir()
    assert notary.receipt(NUMBER, ID, DIGEST)
