"""Suite 0x21 (国密): SM2 encryption of the data key, SM4-GCM frames, SM3.

SM2 is GM/T 0003.4 in the order C1 C3 C2, written as GM/T 0009 writes it (ASN.1 DER); SM3 is GM/T 0004, SM4
GM/T 0002. What is encrypted is the bare 16-byte key, as a module after GM/T 0018 imports it
(``SDF_ImportKeyWithISK_ECC``). SM2 takes no associated data: the wrapped key is bound to its container by
every frame's tag, which covers the SM3 of the whole header with the wrapped key in it.
"""

import secrets
from dataclasses import dataclass, field
from typing import ClassVar, Final

import gmssl_pyx
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from offline_queue.crypto.provider import SM2_SM4, TAG_BYTES
from offline_queue.errors import SealError

_KEY_BYTES: Final = 16


@dataclass(frozen=True, slots=True)
class Sm2PrivateKey:
    """An SM2 key pair.

    Args:
        secret: 32 raw bytes.
        public: x and y, 64 raw bytes.
    """

    secret: bytes = field(repr=False)
    public: bytes

    @classmethod
    def generate(cls) -> "Sm2PrivateKey":
        """Return a fresh pair."""
        public, secret = gmssl_pyx.sm2_key_generate()
        return cls(secret, public)


class Sm2Sm4:
    """Suite 0x21: SM2 by GmSSL, SM3 and SM4 by the library ``cryptography`` (OpenSSL)."""

    suite: ClassVar[int] = SM2_SM4
    public_key_bytes: ClassVar[int] = 64

    def new_data_key(self) -> bytes:
        """Return 16 random bytes."""
        return secrets.token_bytes(_KEY_BYTES)

    def wrap(self, data_key: bytes, public: bytes, info: bytes) -> bytes:  # noqa: ARG002  # see the module's text
        """Return the SM2 ciphertext of the data key, DER.

        Raises:
            ValueError: The public key is not a point of the curve.
        """
        try:
            return gmssl_pyx.sm2_encrypt(public, data_key)
        except gmssl_pyx.GmsslInnerError as error:
            raise ValueError("not an SM2 public key") from error

    def unwrap(self, wrapped: bytes, private: object, info: bytes) -> bytes:  # noqa: ARG002  # see the module's text
        """Open what ``wrap`` sealed.

        Raises:
            SealError: ``seal.suite-mismatch`` or ``seal.tampered``.
        """
        if not isinstance(private, Sm2PrivateKey):
            raise SealError("seal.suite-mismatch", "the private key is of another suite")
        try:
            data_key = gmssl_pyx.sm2_decrypt(private.secret, wrapped)
        except gmssl_pyx.GmsslInnerError as error:
            raise SealError("seal.tampered", "wrapped key") from error
        if len(data_key) != _KEY_BYTES:
            raise SealError("seal.tampered", "wrapped key")
        return data_key

    def cipher(self, data_key: bytes) -> "Sm4Frames":
        """Return SM4-GCM under the data key."""
        return Sm4Frames(data_key)

    def digest(self, opening: bytes | memoryview) -> bytes:
        """Return SM3."""
        return sm3(opening)


class Sm4Frames:
    """SM4-GCM.

    Args:
        data_key: 16 bytes.
    """

    def __init__(self, data_key: bytes) -> None:
        self._algorithm = algorithms.SM4(data_key)

    def encrypt(self, nonce: bytes, frame: bytes | bytearray | memoryview, bound: bytes) -> bytes:
        """Return ciphertext and tag."""
        encryptor = Cipher(self._algorithm, modes.GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(bound)
        return encryptor.update(frame) + encryptor.finalize() + encryptor.tag

    def decrypt(self, nonce: bytes, sealed: bytes | memoryview, bound: bytes) -> bytes:
        """Return the plaintext.

        Raises:
            cryptography.exceptions.InvalidTag: A byte is not as it was sealed.
        """
        if len(sealed) < TAG_BYTES:
            raise InvalidTag
        tag = bytes(sealed[-TAG_BYTES:])
        decryptor = Cipher(self._algorithm, modes.GCM(nonce, tag)).decryptor()
        decryptor.authenticate_additional_data(bound)
        return decryptor.update(sealed[:-TAG_BYTES]) + decryptor.finalize()


def sm3(data: bytes | memoryview) -> bytes:
    """Return the SM3 hash, 32 bytes."""
    hashed = hashes.Hash(hashes.SM3())
    hashed.update(bytes(data))
    return hashed.finalize()
