import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID
from hypothesis import given
from hypothesis import strategies as st

from devices.sim.staff_card import StaffAuthority, StaffKey, new_key
from devices.values.smartcard import StaffProof, staff_statement
from kiosk.service_mode.staff import StaffMember, StaffRefusal, StaffRole, StaffRules, verify_staff

NOW = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
YEAR = timedelta(days=365)
AUTHORITY = StaffAuthority(now=NOW)
RULES = StaffRules((AUTHORITY.certificate,))
KEY, RSA_KEY, OTHER_KEY = new_key(), new_key(is_rsa=True), new_key()
CHALLENGE = hashlib.sha256(b"fresh").digest()


def sign(key: StaffKey, words: bytes) -> bytes:
    if isinstance(key, ec.EllipticCurvePrivateKey):
        return key.sign(words, ec.ECDSA(hashes.SHA256()))
    return key.sign(words, padding.PKCS1v15(), hashes.SHA256())


def proof(certificate: x509.Certificate, key: StaffKey = KEY, challenge: bytes = CHALLENGE) -> StaffProof:
    return StaffProof(certificate.public_bytes(Encoding.DER), sign(key, staff_statement(challenge)))


def code(answer: StaffMember | StaffRefusal) -> str:
    assert isinstance(answer, StaffRefusal)
    return answer.code


@pytest.mark.parametrize("key", [KEY, RSA_KEY])
@pytest.mark.parametrize("role", list(StaffRole))
def test_a_card_that_the_operator_issued_shows_its_holder(key: StaffKey, role: StaffRole) -> None:
    certificate = AUTHORITY.issue(key, "SZ-0417", role)
    answer = verify_staff(proof(certificate, key), CHALLENGE, RULES, NOW)
    assert answer == StaffMember("SZ-0417", role, certificate.serial_number)


def test_a_card_of_another_authority_with_the_same_name_shows_nobody() -> None:
    certificate = StaffAuthority(now=NOW).issue(KEY)
    assert code(verify_staff(proof(certificate), CHALLENGE, RULES, NOW)) == "staff.issuer-unknown"


def test_a_certificate_that_staff_issued_to_themselves_shows_nobody() -> None:
    own = StaffAuthority("somebody", now=NOW)
    rules = StaffRules((AUTHORITY.certificate,), intermediates=(own.certificate,))
    assert code(verify_staff(proof(own.issue(KEY)), CHALLENGE, rules, NOW)) == "staff.issuer-unknown"


@pytest.mark.parametrize(
    ("now", "refusal"),
    [(NOW - YEAR, "staff.certificate-not-yet-valid"), (NOW + 2 * YEAR, "staff.certificate-expired")],
)
def test_a_certificate_counts_between_its_first_and_its_last_day(now: datetime, refusal: str) -> None:
    assert code(verify_staff(proof(AUTHORITY.issue(KEY)), CHALLENGE, RULES, now)) == refusal


def test_an_authority_whose_time_has_passed_vouches_for_nobody() -> None:
    certificate = AUTHORITY.issue(KEY, ends=NOW + 20 * YEAR)
    answer = verify_staff(proof(certificate), CHALLENGE, RULES, NOW + 11 * YEAR)
    assert code(answer) == "staff.issuer-unknown"


def test_a_revoked_certificate_shows_nobody() -> None:
    certificate = AUTHORITY.issue(KEY)
    rules = StaffRules((AUTHORITY.certificate,), revoked=frozenset({certificate.serial_number}))
    assert code(verify_staff(proof(certificate), CHALLENGE, rules, NOW)) == "staff.certificate-revoked"


def test_an_answer_to_another_challenge_shows_nobody() -> None:
    other = hashlib.sha256(b"earlier").digest()
    answer = verify_staff(proof(AUTHORITY.issue(KEY), challenge=other), CHALLENGE, RULES, NOW)
    assert code(answer) == "staff.signature-wrong"


def test_a_signature_given_for_something_else_shows_nobody() -> None:
    certificate = AUTHORITY.issue(KEY).public_bytes(Encoding.DER)
    bare = StaffProof(certificate, sign(KEY, CHALLENGE))
    assert code(verify_staff(bare, CHALLENGE, RULES, NOW)) == "staff.signature-wrong"


def test_a_copied_certificate_without_its_key_shows_nobody() -> None:
    answer = verify_staff(proof(AUTHORITY.issue(KEY), OTHER_KEY), CHALLENGE, RULES, NOW)
    assert code(answer) == "staff.signature-wrong"


@pytest.mark.parametrize(
    "certificate",
    [
        AUTHORITY.issue(KEY, signs=False),
        AUTHORITY.issue(KEY, purpose=ExtendedKeyUsageOID.SERVER_AUTH),
        AUTHORITY.certificate,
    ],
)
def test_a_certificate_for_something_else_shows_nobody(certificate: x509.Certificate) -> None:
    assert code(verify_staff(proof(certificate), CHALLENGE, RULES, NOW)) == "staff.certificate-unfit"


def test_a_key_of_a_kind_that_is_not_accepted_shows_nobody() -> None:
    key = ec.generate_private_key(ec.SECP384R1())
    answer = verify_staff(proof(AUTHORITY.issue(key), key), CHALLENGE, RULES, NOW)
    assert code(answer) == "staff.certificate-unfit"


@pytest.mark.parametrize(("staff_id", "role"), [("", "technician"), ("SZ-0417", ""), ("SZ-0417", "owner")])
def test_a_certificate_without_id_or_with_a_role_nobody_knows_shows_nobody(staff_id: str, role: str) -> None:
    certificate = AUTHORITY.issue(KEY, staff_id, role)
    assert code(verify_staff(proof(certificate), CHALLENGE, RULES, NOW)) == "staff.role-unknown"


@given(st.binary(max_size=200), st.binary(max_size=80))
def test_whatever_a_card_hands_over_is_refused_with_a_code(certificate: bytes, signature: bytes) -> None:
    answer = verify_staff(StaffProof(certificate, signature), CHALLENGE, RULES, NOW)
    assert code(answer) == "staff.certificate-malformed"


CERTIFICATE = AUTHORITY.issue(KEY)


@pytest.mark.filterwarnings("ignore:Parsed a serial number")
def test_a_certificate_with_any_one_byte_changed_shows_nobody() -> None:
    whole = proof(CERTIFICATE)
    # How many of the signature's last bits do not count: outside of what is signed, and 1 is taken for 0 when
    # the last bit is none. Nothing that a certificate says hangs on it.
    unused_bits_at = len(whole.certificate) - len(CERTIFICATE.signature) - 1
    for at in set(range(len(whole.certificate))) - {unused_bits_at}:
        for flip in (0x01, 0x80, 0xFF):
            changed = bytearray(whole.certificate)
            changed[at] ^= flip
            answer = verify_staff(StaffProof(bytes(changed), whole.signature), CHALLENGE, RULES, NOW)
            assert code(answer).startswith("staff.")


def test_a_time_without_a_zone_is_a_bug_of_the_caller() -> None:
    with pytest.raises(ValueError, match="time zone"):
        verify_staff(proof(CERTIFICATE), CHALLENGE, RULES, NOW.replace(tzinfo=None))
