"""The platform's keys: opening sealed applications, signing acknowledgements, catalogue and key set.

Each private key is one file ``<use>-<generation>-<digest>`` (mode 0600) whose stem is the key id: ``.pem``,
or ``.sm2`` for the one kind that the library has no PEM for. Old generations stay, so that what was sealed to
them can still be opened; the highest generation signs.

``seal-keys.json`` is what terminals are told of the seal keys: their roles and last days, signed by the root
key. The root key and the escrow keys are not needed while the platform runs, and belong elsewhere: take
``root-*.pem`` and ``escrow-*`` away after ``init``, and bring the root key back to rotate. An escrow key that
is brought back opens what was sealed to it.
"""

import base64
import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InternalError, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from district.files import write_durably
from offline_queue.crypto import HPKE_AES, SM2_SM4, PrivateKey, Sm2PrivateKey
from offline_queue.keyset import PlatformKey

SEAL, ESCROW, ACK, CATALOGUE, ROOT = "seal", "escrow", "ack", "catalogue", "root"
KEY_SET = "seal-keys.json"
_GENERATION = 1
_SM2_SECRET_BYTES, _SM2_PUBLIC_BYTES = 32, 64


@dataclass(frozen=True, slots=True)
class SigningKey:
    """The key that signs now, with its id."""

    kid: str
    private: Ed25519PrivateKey

    @property
    def public(self) -> bytes:
        """Return the raw public key, 32 bytes."""
        return self.private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


@dataclass(frozen=True, slots=True)
class KeyRing:
    """All keys of the platform.

    Args:
        seal: Key id → private key, every generation, oldest first; escrow keys that are here among them.
        ack: Signs acknowledgements.
        catalogue: Signs the catalogue.
        key_set: The signed key set as terminals get it, or None when none was made yet.
        root: Key id → public root key, 32 raw bytes: what terminals pin.
    """

    seal: dict[str, PrivateKey]
    ack: SigningKey
    catalogue: SigningKey
    key_set: bytes | None = None
    root: dict[str, bytes] = field(default_factory=dict[str, bytes])

    def seal_public(self) -> dict[str, str]:
        """Return what terminals without key sets seal to: key id → base64 of the raw X25519 key."""
        fitting = [
            (kid, key)
            for kid, key in self.seal.items()
            if isinstance(key, X25519PrivateKey) and kid.startswith(f"{SEAL}-")
        ]
        return {kid: base64.b64encode(raw_public(key)).decode() for kid, key in fitting[-1:]}


class KeysMissingError(Exception):
    """The data folder holds no keys; ``python -m district init`` makes them."""


def make_missing(folder: Path) -> None:
    """Create the first generation of each signing key, and a seal key, that ``folder`` does not hold."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not key_files(folder, SEAL):
        make_seal_key(folder, SEAL, HPKE_AES)
    for use in (ACK, CATALOGUE):
        if not key_files(folder, use):
            _write_pem(folder, use, Ed25519PrivateKey.generate())
    if not (folder / f"{ROOT}.public.json").exists():
        path = _write_pem(folder, ROOT, Ed25519PrivateKey.generate())
        public = {path.stem: base64.b64encode(newest(folder, ROOT).public).decode()}
        # The private half is taken away; what terminals pin has to stay.
        write_durably(folder / f"{ROOT}.public.json", json.dumps(public).encode())


def make_seal_key(folder: Path, use: str, suite: int) -> PlatformKey:
    """Create the next generation of a key that applications are sealed to; its last day is for others to set.

    Args:
        folder: Of private keys.
        use: ``SEAL`` or ``ESCROW``.
        suite: ``HPKE_AES`` or ``SM2_SM4``.
    """
    if suite == SM2_SM4:
        pair = Sm2PrivateKey.generate()
        path = folder / f"{_next_kid(folder, use, pair.public)}.sm2"
        write_durably(path, f"{pair.secret.hex()} {pair.public.hex()}\n".encode())
        return PlatformKey(path.stem, pair.public, suite)
    key = X25519PrivateKey.generate()
    path = _write_pem(folder, use, key)
    return PlatformKey(path.stem, raw_public(key), suite)


def load(folder: Path) -> KeyRing:
    """Read all keys of ``folder``.

    Raises:
        KeysMissingError: A kind of key is missing or is not of its kind.
        OSError: A file cannot be read.
    """
    seal = {path.stem: _opening_key(path) for use in (ESCROW, SEAL) for path in key_files(folder, use)}
    if not key_files(folder, SEAL):
        raise KeysMissingError(f"no {SEAL} key")
    told = folder / KEY_SET
    return KeyRing(
        seal,
        newest(folder, ACK),
        newest(folder, CATALOGUE),
        told.read_bytes() if told.exists() else None,
        root_public(folder),
    )


def root_public(folder: Path) -> dict[str, bytes]:
    """Return the root keys that terminals pin; empty in a folder from before there were any.

    Raises:
        KeysMissingError: The file cannot be read.
    """
    path = folder / f"{ROOT}.public.json"
    if not path.exists():
        return {}
    try:
        told: dict[str, str] = json.loads(path.read_bytes())
        return {kid: base64.b64decode(text) for kid, text in told.items()}
    except (ValueError, TypeError, AttributeError) as error:
        raise KeysMissingError(f"{path.name} does not hold the root keys") from error


def newest(folder: Path, use: str) -> SigningKey:
    """Return the signing key of the highest generation.

    Raises:
        KeysMissingError: There is none, or it is of another kind.
    """
    files = key_files(folder, use)
    if not files:
        raise KeysMissingError(f"no {use} key")
    key = _pem(files[-1])
    if not isinstance(key, Ed25519PrivateKey):
        raise KeysMissingError(f"{files[-1].name} is not an Ed25519 key")
    return SigningKey(files[-1].stem, key)


def key_files(folder: Path, use: str) -> list[Path]:
    """Return the files of one use, oldest generation first."""
    # What somebody else put there, such as seal-old.pem, is no generation of anything.
    found = [*folder.glob(f"{use}-[0-9]*-*.pem"), *folder.glob(f"{use}-[0-9]*-*.sm2")]
    found = [path for path in found if path.stem.split("-")[_GENERATION].isdecimal()]
    return sorted(found, key=lambda path: int(path.stem.split("-")[_GENERATION]))


def raw_public(key: PrivateKey | Ed25519PrivateKey) -> bytes:
    """Return the raw public half."""
    if isinstance(key, Sm2PrivateKey):
        return key.public
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def _opening_key(path: Path) -> PrivateKey:
    if path.suffix == ".sm2":
        try:
            secret, public = (bytes.fromhex(part) for part in path.read_text(encoding="ascii").split())
        except ValueError as error:
            raise KeysMissingError(f"{path.name} is not an SM2 key") from error
        if (len(secret), len(public)) != (_SM2_SECRET_BYTES, _SM2_PUBLIC_BYTES):
            raise KeysMissingError(f"{path.name} is not a whole SM2 key")
        return Sm2PrivateKey(secret, public)
    key = _pem(path)
    if not isinstance(key, X25519PrivateKey):
        raise KeysMissingError(f"{path.name} is not an X25519 key")
    return key


def _pem(path: Path) -> object:
    try:
        return load_pem_private_key(path.read_bytes(), None)
    except (ValueError, TypeError, UnsupportedAlgorithm, InternalError) as error:
        raise KeysMissingError(f"{path.name} cannot be read as a key") from error


def _write_pem(folder: Path, use: str, key: X25519PrivateKey | Ed25519PrivateKey) -> Path:
    path = folder / f"{_next_kid(folder, use, raw_public(key))}.pem"
    write_durably(path, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return path


def _next_kid(folder: Path, use: str, public: bytes) -> str:
    files = key_files(folder, use)
    generation = int(files[-1].stem.split("-")[_GENERATION]) + 1 if files else 1
    return f"{use}-{generation}-{hashlib.sha256(public).hexdigest()[:8]}"
