"""Suite 1: HPKE (RFC 9180) with X25519, HKDF-SHA256 and AES-256-GCM; frames under AES-256-GCM; SHA-256."""

import hashlib
from typing import ClassVar, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from offline_queue.crypto.provider import HPKE_AES
from offline_queue.errors import SealError

_SUITE: Final = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)
_KEY_BITS: Final = 256


class HpkeAes:
    """Suite 1 over the library ``cryptography`` (OpenSSL)."""

    suite: ClassVar[int] = HPKE_AES
    public_key_bytes: ClassVar[int] = 32

    def new_data_key(self) -> bytes:
        """Return 32 random bytes."""
        return AESGCM.generate_key(_KEY_BITS)

    def wrap(self, data_key: bytes, public: bytes, info: bytes) -> bytes:
        """Return HPKE's encapsulated key and ciphertext in one, 80 bytes.

        Raises:
            ValueError: The public key is not 32 bytes or is a point of low order.
        """
        return _SUITE.encrypt(data_key, X25519PublicKey.from_public_bytes(public), info=info)

    def unwrap(self, wrapped: bytes, private: object, info: bytes) -> bytes:
        """Open what ``wrap`` sealed.

        Raises:
            SealError: ``seal.suite-mismatch`` or ``seal.tampered``.
        """
        if not isinstance(private, X25519PrivateKey):
            raise SealError("seal.suite-mismatch", "the private key is of another suite")
        try:
            data_key = _SUITE.decrypt(wrapped, private, info=info)
        except (InvalidTag, ValueError) as error:
            raise SealError("seal.tampered", "wrapped key") from error
        if len(data_key) * 8 != _KEY_BITS:
            raise SealError("seal.tampered", "wrapped key")
        return data_key

    def cipher(self, data_key: bytes) -> "AesFrames":
        """Return AES-256-GCM under the data key."""
        return AesFrames(data_key)

    def digest(self, opening: bytes | memoryview) -> bytes:
        """Return SHA-256."""
        return hashlib.sha256(opening).digest()


class AesFrames:
    """AES-256-GCM.

    Args:
        data_key: 32 bytes.
    """

    def __init__(self, data_key: bytes) -> None:
        self._cipher = AESGCM(data_key)

    def encrypt(self, nonce: bytes, frame: bytes | bytearray | memoryview, bound: bytes) -> bytes:
        """Return ciphertext and tag."""
        return self._cipher.encrypt(nonce, frame, bound)

    def decrypt(self, nonce: bytes, sealed: bytes | memoryview, bound: bytes) -> bytes:
        """Return the plaintext.

        Raises:
            cryptography.exceptions.InvalidTag: A byte is not as it was sealed.
        """
        return self._cipher.decrypt(nonce, sealed, bound)
