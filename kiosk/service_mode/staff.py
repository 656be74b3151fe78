"""Whether a staff card's answer to a challenge shows a member of staff; pure.

What is verified: the certificate leads to one of the operator's authorities, is valid now, is meant for
signing and for logging in, was not revoked, names a staff id and a role that this terminal knows, and its key
signed this very challenge.

What the caller has to see to: the challenge comes from ``secrets.token_bytes``, is used once, and is
forgotten after some seconds whatever became of it. The same answer verified twice is as good the second time.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from cryptography.x509.verification import (
    Criticality,
    ExtensionPolicy,
    PolicyBuilder,
    Store,
    VerificationError,
)

from devices.values.smartcard import StaffProof, staff_statement

MALFORMED: Final = "staff.certificate-malformed"
UNKNOWN_ISSUER: Final = "staff.issuer-unknown"
EXPIRED: Final = "staff.certificate-expired"
NOT_YET_VALID: Final = "staff.certificate-not-yet-valid"
UNFIT: Final = "staff.certificate-unfit"
REVOKED: Final = "staff.certificate-revoked"
BAD_SIGNATURE: Final = "staff.signature-wrong"
NO_ROLE: Final = "staff.role-unknown"

_STAFF_ID_CHARACTERS: Final = 64
_RSA_BITS: Final = 2048
_BROKEN: Final = (
    ValueError,
    TypeError,
    x509.InvalidVersion,
    x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
)
"""What the library raises for bytes that only look like a certificate."""


class StaffRole(StrEnum):
    """What a member of staff is there for; the title in the certificate's subject."""

    ATTENDANT = "attendant"
    """Paper, cards left behind, a first look at faults."""
    TECHNICIAN = "technician"
    """Devices, tests, replacing parts."""
    ADMINISTRATOR = "administrator"
    """The profile, and taking the terminal out of use."""


@dataclass(frozen=True, slots=True)
class StaffMember:
    """Somebody who has shown that they hold a staff card.

    Args:
        staff_id: Number of the member of staff, the serial number in the certificate's subject.
        role: What they are there for.
        certificate_serial: Serial number of the certificate, as a list of revoked ones names it.
    """

    staff_id: str
    role: StaffRole
    certificate_serial: int


@dataclass(frozen=True, slots=True)
class StaffRefusal:
    """Why a card's answer shows nobody.

    Args:
        code: Stable code ``staff.…`` of ``docs/errors.md``.
        detail: Untranslated words for the log, without names.
    """

    code: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class StaffRules:
    """Whom the operator lets in.

    Args:
        authorities: The operator's authorities for staff cards, at least one.
        intermediates: Authorities between those and the cards, which cards do not carry.
        revoked: Serial numbers of certificates that do not count any more.
    """

    authorities: tuple[x509.Certificate, ...]
    intermediates: tuple[x509.Certificate, ...] = ()
    revoked: frozenset[int] = field(default=frozenset())


def verify_staff(
    proof: StaffProof, challenge: bytes, rules: StaffRules, now: datetime
) -> StaffMember | StaffRefusal:
    """Return who has proved themselves, or why nobody has.

    Args:
        proof: What the card answered.
        challenge: What it was asked to sign, 32 bytes; fresh and used once, which is the caller's business.
        rules: Whom the operator lets in.
        now: Aware time to judge by.

    Raises:
        ValueError: The challenge has another length, or ``now`` no time zone (bugs of the caller).
    """
    if now.tzinfo is None:
        raise ValueError("now has no time zone")
    statement = staff_statement(challenge)
    try:
        certificate = x509.load_der_x509_certificate(proof.certificate)
        extensions, subject = certificate.extensions, certificate.subject
        key = certificate.public_key()
    except UnsupportedAlgorithm:
        return StaffRefusal(UNFIT, "a key of an unknown kind")
    except _BROKEN as error:
        return StaffRefusal(MALFORMED, type(error).__name__)
    return (
        _wrong_time(certificate, now)
        or _unfit(extensions)
        or _wrong_chain(certificate, rules, now)
        or _revoked(certificate, rules)
        or _wrong_signature(key, proof.signature, statement)
        or _member(subject, certificate.serial_number)
    )


def _wrong_time(certificate: x509.Certificate, now: datetime) -> StaffRefusal | None:
    if now < certificate.not_valid_before_utc:
        return StaffRefusal(NOT_YET_VALID)
    if now > certificate.not_valid_after_utc:
        return StaffRefusal(EXPIRED)
    return None


def _unfit(extensions: x509.Extensions) -> StaffRefusal | None:
    try:
        usage = extensions.get_extension_for_class(x509.KeyUsage).value
        purposes = extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        return StaffRefusal(UNFIT, "no key usage")
    if not usage.digital_signature or usage.key_cert_sign:
        return StaffRefusal(UNFIT, "not a key for signatures")
    if ExtendedKeyUsageOID.CLIENT_AUTH not in purposes:
        return StaffRefusal(UNFIT, "not a key for logging in")
    return None


def _wrong_chain(certificate: x509.Certificate, rules: StaffRules, now: datetime) -> StaffRefusal | None:
    policy = PolicyBuilder().store(Store(list(rules.authorities))).time(now)
    cards = ExtensionPolicy.webpki_defaults_ee().may_be_present(
        x509.SubjectAlternativeName, Criticality.AGNOSTIC, None
    )
    policy = policy.extension_policies(ca_policy=ExtensionPolicy.webpki_defaults_ca(), ee_policy=cards)
    try:
        policy.build_client_verifier().verify(certificate, list(rules.intermediates))
    except VerificationError:
        return StaffRefusal(UNKNOWN_ISSUER)
    return None


def _revoked(certificate: x509.Certificate, rules: StaffRules) -> StaffRefusal | None:
    return StaffRefusal(REVOKED) if certificate.serial_number in rules.revoked else None


def _wrong_signature(key: object, signature: bytes, statement: bytes) -> StaffRefusal | None:
    try:
        if isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1):
            key.verify(signature, statement, ec.ECDSA(hashes.SHA256()))
        elif isinstance(key, rsa.RSAPublicKey) and key.key_size >= _RSA_BITS:
            key.verify(signature, statement, padding.PKCS1v15(), hashes.SHA256())
        else:
            return StaffRefusal(UNFIT, "neither P-256 nor RSA of 2048 bits")
    except InvalidSignature:
        return StaffRefusal(BAD_SIGNATURE)
    return None


def _member(subject: x509.Name, certificate_serial: int) -> StaffMember | StaffRefusal:
    staff_id = _only(subject.get_attributes_for_oid(NameOID.SERIAL_NUMBER))
    title = _only(subject.get_attributes_for_oid(NameOID.TITLE))
    if not staff_id.isprintable() or not 0 < len(staff_id) <= _STAFF_ID_CHARACTERS:
        return StaffRefusal(NO_ROLE, "no staff id")
    try:
        role = StaffRole(title)
    except ValueError:
        return StaffRefusal(NO_ROLE, "no role that this terminal knows")
    return StaffMember(staff_id, role, certificate_serial)


def _only(attributes: Sequence[x509.NameAttribute[str | bytes]]) -> str:
    values = [attribute.value for attribute in attributes]
    return values[0] if len(values) == 1 and isinstance(values[0], str) else ""
