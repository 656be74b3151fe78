"""The seam between a container's layout and the algorithms that protect it.

A suite is one number in the header and one provider: how the data key is made and wrapped to a recipient, how
a frame is encrypted and authenticated, which hash binds frames to their header. A certified module (PKCS #11,
or SDF after GM/T 0018) is plugged in as another provider of the same suite.
"""

from typing import ClassVar, Final, Protocol

HPKE_AES: Final = 0x01
"""HPKE (X25519, HKDF-SHA256, AES-256-GCM) for the data key, AES-256-GCM frames, SHA-256."""
SM2_SM4: Final = 0x21
"""国密: SM2 encryption of the data key, SM4-GCM frames, SM3."""
SUITES: Final = frozenset({HPKE_AES, SM2_SM4})

TAG_BYTES: Final = 16
"""Every suite's frames end in a tag of this length."""


class FrameCipher(Protocol):
    """Authenticated encryption under one data key; a nonce is used once."""

    def encrypt(self, nonce: bytes, frame: bytes | bytearray | memoryview, bound: bytes) -> bytes:
        """Return ciphertext and 16-byte tag; ``bound`` is authenticated with them.

        Args:
            nonce: 12 bytes.
            frame: Plaintext.
            bound: Associated data.
        """
        ...

    def decrypt(self, nonce: bytes, sealed: bytes | memoryview, bound: bytes) -> bytes:
        """Return the plaintext.

        Raises:
            cryptography.exceptions.InvalidTag: A byte is not as it was sealed.
        """
        ...


class CryptoProvider(Protocol):
    """One suite's algorithms."""

    suite: ClassVar[int]
    """The suite's number in headers and key sets."""
    public_key_bytes: ClassVar[int]
    """Length of a recipient's raw public key."""

    def new_data_key(self) -> bytes:
        """Return a fresh random key for one container."""
        ...

    def wrap(self, data_key: bytes, public: bytes, info: bytes) -> bytes:
        """Seal the data key to one recipient.

        Args:
            data_key: From ``new_data_key``.
            public: The recipient's raw public key.
            info: What the wrapped key belongs to; bound to it where the algorithm can.

        Raises:
            ValueError: The public key cannot be used.
        """
        ...

    def unwrap(self, wrapped: bytes, private: object, info: bytes) -> bytes:
        """Open what ``wrap`` sealed.

        Raises:
            SealError: ``seal.suite-mismatch`` for a private key of another suite, ``seal.tampered``.
        """
        ...

    def cipher(self, data_key: bytes) -> FrameCipher:
        """Return the frames' cipher."""
        ...

    def digest(self, opening: bytes | memoryview) -> bytes:
        """Return the hash, 32 bytes, that binds frames to the header."""
        ...
