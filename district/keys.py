"""The platform's keys: opening sealed applications, signing acknowledgements, signing the catalogue.

Each private key is one PEM file ``<use>-<generation>-<digest>.pem`` (mode 0600) whose stem is the key id. Old
generations stay, so that what was sealed to them can still be opened; the highest generation signs.
"""

import base64
import hashlib
from dataclasses import dataclass
from pathlib import Path

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

SEAL, ACK, CATALOGUE = "seal", "ack", "catalogue"


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
        seal: Key id → private key, every generation, oldest first.
        ack: Signs acknowledgements.
        catalogue: Signs the catalogue.
    """

    seal: dict[str, X25519PrivateKey]
    ack: SigningKey
    catalogue: SigningKey

    def seal_public(self) -> dict[str, str]:
        """Return the key that terminals seal to now: key id → base64 of the raw public key."""
        kid, key = list(self.seal.items())[-1]
        return {kid: base64.b64encode(_raw(key)).decode()}


class KeysMissingError(Exception):
    """The data folder holds no keys; ``python -m district init`` makes them."""


def make_missing(folder: Path) -> None:
    """Create the first generation of each kind of key that ``folder`` does not hold."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for use in (SEAL, ACK, CATALOGUE):
        if not _files(folder, use):
            _write(folder, use, X25519PrivateKey.generate() if use == SEAL else Ed25519PrivateKey.generate())


def load(folder: Path) -> KeyRing:
    """Read all keys of ``folder``.

    Raises:
        KeysMissingError: A kind of key is missing or is not of its kind.
        OSError: A file cannot be read.
    """
    seal: dict[str, X25519PrivateKey] = {}
    for path in _files(folder, SEAL):
        key = load_pem_private_key(path.read_bytes(), None)
        if not isinstance(key, X25519PrivateKey):
            raise KeysMissingError(f"{path.name} is not an X25519 key")
        seal[path.stem] = key
    if not seal:
        raise KeysMissingError(f"no {SEAL} key")
    return KeyRing(seal, _newest(folder, ACK), _newest(folder, CATALOGUE))


def _newest(folder: Path, use: str) -> SigningKey:
    files = _files(folder, use)
    if not files:
        raise KeysMissingError(f"no {use} key")
    key = load_pem_private_key(files[-1].read_bytes(), None)
    if not isinstance(key, Ed25519PrivateKey):
        raise KeysMissingError(f"{files[-1].name} is not an Ed25519 key")
    return SigningKey(files[-1].stem, key)


def _files(folder: Path, use: str) -> list[Path]:
    return sorted(folder.glob(f"{use}-*.pem"), key=lambda path: int(path.stem.split("-")[1]))


def _raw(key: X25519PrivateKey | Ed25519PrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def _write(folder: Path, use: str, key: X25519PrivateKey | Ed25519PrivateKey) -> None:
    generation = len(_files(folder, use)) + 1
    kid = f"{use}-{generation}-{hashlib.sha256(_raw(key)).hexdigest()[:8]}"
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    write_durably(folder / f"{kid}.pem", pem)
