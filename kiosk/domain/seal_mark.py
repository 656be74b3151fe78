"""What a slip says of the sealed container."""

from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class SealMark:
    """Tells one application's container from every other, and names nobody.

    Args:
        digest8: First 8 hex digits of its fingerprint, or ``""``.
        proof: The terminal's signature for the slip's code, or ``""`` when it could not sign.
    """

    digest8: str = ""
    proof: str = ""

    @classmethod
    def of(cls, digest: bytes, proof: str) -> Self:
        """Return the mark of a container with this fingerprint."""
        return cls(digest.hex()[:8], proof)
