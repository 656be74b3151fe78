"""What smart cards hand over."""

from dataclasses import dataclass, field
from typing import Final

CHALLENGE_BYTES: Final = 32
_STATEMENT: Final = b"zhiwang-terminal/staff-proof/1\0"


@dataclass(frozen=True, slots=True, repr=False)
class SocialSecurityCard:
    """What one social security card (社保卡) says; held by the session only and dropped with it.

    Args:
        protected: Whether the card keeps the person to itself: a card of the third generation shows that part
            to terminals with a security module only. All fields of the person are empty then.
        identification: Card identification code, 32 hexadecimal digits, the first six of which name the
            area that issued it; or ``""``.
        card_class: Class of card, one hexadecimal byte, or ``""``.
        version: Of the card's specification: ``"1.00"``, ``"2.00"``, ``"3.00"``, or ``""``.
        issuer: Initialising organisation, 24 hexadecimal digits, or ``""``.
        issued: ``YYYYMMDD``, or ``""``.
        valid_until: ``YYYYMMDD``, or ``""``.
        card_number: As printed on the card.
        algorithm: Number of the card's cryptographic algorithm, 1 when the card does not say.
        number: Social security number, which is the identity number; or ``""``.
        name: Name, or ``""``.
        name_cut: Whether the name's field was full and its last character was cut in two.
        sex: GB/T 2261.1: ``"1"`` male, ``"2"`` female, ``"0"`` unknown.
        ethnic: GB/T 3304 two-digit code, or ``""``.
        birthplace: Six-digit area code, or ``""``.
        born: ``YYYYMMDD``, or ``""``.
    """

    protected: bool
    identification: str
    card_class: str
    version: str
    issuer: str
    issued: str
    valid_until: str
    card_number: str
    algorithm: int = 1
    number: str = ""
    name: str = ""
    name_cut: bool = False
    sex: str = "0"
    ethnic: str = ""
    birthplace: str = ""
    born: str = ""

    def __repr__(self) -> str:
        """Hide the person from logs and tracebacks."""
        return f"SocialSecurityCard(version={self.version!r}, protected={self.protected!r})"


@dataclass(frozen=True, slots=True)
class StaffProof:
    """What a staff card answered to a challenge; worth nothing until somebody verified it.

    Args:
        certificate: X.509 in DER, as the card holds it.
        signature: Over ``staff_statement`` of the challenge: ECDSA in DER, or RSA with PKCS #1 v1.5; SHA-256.
    """

    certificate: bytes = field(repr=False)
    signature: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class PinRefused:
    """The staff card wants a PIN, or another one.

    Args:
        code: ``smartcard.pin-needed``, ``smartcard.pin-malformed``, ``smartcard.pin-wrong`` or
            ``smartcard.pin-blocked``.
        tries_left: How often the card will still listen, where it says so; 0 when it is blocked.
    """

    code: str
    tries_left: int | None = None


def staff_statement(challenge: bytes) -> bytes:
    """Return the words that a staff card signs to answer a challenge.

    They say what the signature is for, so that one given elsewhere proves nothing here, nor this one there.

    Args:
        challenge: ``CHALLENGE_BYTES`` bytes that nobody could foresee.

    Raises:
        ValueError: It has another length (a bug of the caller).
    """
    if len(challenge) != CHALLENGE_BYTES:
        raise ValueError(f"a challenge has {CHALLENGE_BYTES} bytes, not {len(challenge)}")
    return _STATEMENT + challenge
