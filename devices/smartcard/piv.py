"""The staff card: a PIV application (NIST SP 800-73-4) whose certificate's key signs a challenge."""

import hashlib
import re
from typing import Final

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from devices.errors import Remedy
from devices.smartcard.apdu import (
    BLOCKED,
    DATA_INVALID,
    DENIED,
    NOT_FOUND,
    WHOLE,
    WRONG_CARD,
    Apdu,
    CardChannel,
)
from devices.smartcard.tlv import TlvError, encode, value_of
from devices.values.smartcard import PinRefused, StaffProof, staff_statement

PIN_NEEDED: Final = "smartcard.pin-needed"
PIN_MALFORMED: Final = "smartcard.pin-malformed"
PIN_WRONG: Final = "smartcard.pin-wrong"
PIN_BLOCKED: Final = "smartcard.pin-blocked"

APPLICATION: Final = bytes.fromhex("A00000030800001000")
AUTHENTICATION_CERTIFICATE: Final = bytes.fromhex("5FC105")
AUTHENTICATION_KEY: Final = 0x9A
APPLICATION_PIN: Final = 0x80
RSA_2048: Final = 0x07
ECC_P256: Final = 0x11
"""Algorithms, SP 800-78-4, table 6-2."""

TAG_LIST, DATA_OBJECT, CERTIFICATE, CERT_INFO = 0x5C, 0x53, 0x70, 0x71
AUTHENTICATION_TEMPLATE, CHALLENGE, RESPONSE = 0x7C, 0x81, 0x82
"""Tags, SP 800-73-4, part 1, table 10, and part 2, 3.2.4."""

_COMPRESSED: Final = 0x01
_PIN: Final = re.compile(r"[0-9]{6,8}")
_PIN_BYTES: Final = 8
_TRIES: Final = 0x63C0
_MODULUS_BYTES: Final = 256
_SHA256_DIGEST_INFO: Final = bytes.fromhex("3031300d060960864801650304020105000420")
"""DER before a SHA-256 digest (RFC 8017, 9.2, note 1)."""


def prove(channel: CardChannel, challenge: bytes, pin: str | None) -> StaffProof | PinRefused:
    """Have the card sign the challenge.

    A PIN is shown to the card only when one is given, and then exactly once: nothing is ever guessed.

    Args:
        channel: To the card.
        challenge: 32 bytes that nobody could foresee.
        pin: What the person typed, 6 to 8 digits, or None.

    Raises:
        DeviceError: ``smartcard.wrong-card`` (resident), ``smartcard.refused`` (resident),
            ``smartcard.data-invalid`` (attendant), or the channel's own.
        ValueError: The challenge has another length (a bug of the caller).
    """
    statement = staff_statement(challenge)
    if pin is not None and not _PIN.fullmatch(pin):
        return PinRefused(PIN_MALFORMED)
    channel.choose(APPLICATION, "no PIV application")
    certificate = _certificate(channel)
    algorithm, block = _to_sign(channel, certificate, statement)
    if pin is not None:
        refusal = _verify(channel, pin.encode("ascii").ljust(_PIN_BYTES, b"\xff"))
        if refusal is not None:
            return refusal
    signed = channel.ask(_sign(algorithm, block))
    if signed.status == DENIED:
        return _verify(channel, b"") or PinRefused(PIN_NEEDED)
    if not signed.ok:
        raise channel.refused("sign", signed)
    signature = _value(channel, signed.data, AUTHENTICATION_TEMPLATE, RESPONSE)
    return StaffProof(certificate, signature)


def _certificate(channel: CardChannel) -> bytes:
    asked = Apdu(0xCB, 0x3F, 0xFF, encode(TAG_LIST, AUTHENTICATION_CERTIFICATE), WHOLE)
    answer = channel.ask(asked)
    if answer.status in NOT_FOUND:
        raise channel.error(WRONG_CARD, Remedy.RESIDENT, "no certificate for authentication")
    if not answer.ok:
        raise channel.refused("certificate", answer)
    info = _value(channel, answer.data, DATA_OBJECT, CERT_INFO)
    if info[-1:] and info[-1] & _COMPRESSED:
        raise channel.error(DATA_INVALID, Remedy.ATTENDANT, "a compressed certificate")
    return _value(channel, answer.data, DATA_OBJECT, CERTIFICATE)


def _to_sign(channel: CardChannel, certificate: bytes, statement: bytes) -> tuple[int, bytes]:
    """Return the card's algorithm and the block it is to work on: it neither hashes nor pads by itself."""
    digest = hashlib.sha256(statement).digest()
    try:
        key = x509.load_der_x509_certificate(certificate).public_key()
    except (ValueError, TypeError, x509.InvalidVersion, UnsupportedAlgorithm) as error:
        raise channel.error(DATA_INVALID, Remedy.ATTENDANT, "no certificate") from error
    if isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1):
        return ECC_P256, digest
    if isinstance(key, rsa.RSAPublicKey) and key.key_size == _MODULUS_BYTES * 8:
        info = _SHA256_DIGEST_INFO + digest
        padding = b"\xff" * (_MODULUS_BYTES - len(info) - 3)
        return RSA_2048, b"\x00\x01" + padding + b"\x00" + info
    raise channel.error(DATA_INVALID, Remedy.ATTENDANT, "a key that is neither P-256 nor RSA of 2048 bits")


def _sign(algorithm: int, block: bytes) -> Apdu:
    template = encode(RESPONSE, b"") + encode(CHALLENGE, block)
    return Apdu(0x87, algorithm, AUTHENTICATION_KEY, encode(AUTHENTICATION_TEMPLATE, template), WHOLE)


def _verify(channel: CardChannel, pin: bytes) -> PinRefused | None:
    """Show the card a PIN; an empty one only asks how often it would still listen (SP 800-73-4, 3.2.1)."""
    answer = channel.ask(Apdu(0x20, 0x00, APPLICATION_PIN, pin))
    if answer.ok:
        return None
    if answer.status in {BLOCKED, _TRIES}:
        return PinRefused(PIN_BLOCKED, 0)
    if answer.status & 0xFFF0 == _TRIES:
        return PinRefused(PIN_WRONG if pin else PIN_NEEDED, answer.status & 0x0F)
    raise channel.refused("verify", answer)


def _value(channel: CardChannel, data: bytes, *path: int) -> bytes:
    try:
        value = value_of(data, *path)
    except TlvError as error:
        raise channel.error(DATA_INVALID, Remedy.ATTENDANT, str(error)) from error
    if value is None:
        raise channel.error(DATA_INVALID, Remedy.ATTENDANT, f"nothing under {path[-1]:02X}")
    return value
