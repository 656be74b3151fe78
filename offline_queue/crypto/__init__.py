"""Algorithms of the sealed container, one provider a suite; ``provider_of`` is the door."""

from types import MappingProxyType
from typing import Final

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from offline_queue.crypto.hpke_aes import HpkeAes
from offline_queue.crypto.provider import HPKE_AES, SM2_SM4, SUITES, TAG_BYTES, CryptoProvider, FrameCipher
from offline_queue.crypto.sm import Sm2PrivateKey, Sm2Sm4
from offline_queue.errors import SealError

PrivateKey = X25519PrivateKey | Sm2PrivateKey
"""A recipient's private half, by suite. The terminal has none."""

_PROVIDERS: Final = MappingProxyType[int, CryptoProvider]({HPKE_AES: HpkeAes(), SM2_SM4: Sm2Sm4()})

__all__ = [
    "HPKE_AES",
    "SM2_SM4",
    "SUITES",
    "TAG_BYTES",
    "CryptoProvider",
    "FrameCipher",
    "PrivateKey",
    "Sm2PrivateKey",
    "provider_of",
]


def provider_of(suite: int) -> CryptoProvider:
    """Return the provider of a suite.

    Raises:
        SealError: ``seal.unsupported``.
    """
    provider = _PROVIDERS.get(suite)
    if provider is None:
        raise SealError("seal.unsupported", f"suite {suite}")
    return provider
