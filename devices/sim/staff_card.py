"""Staff cards of invented people, and the operator's authority that issued them; made anew at every start."""

from datetime import UTC, datetime, timedelta
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from devices.sim.vpcd_card import DENIED, NOT_FOUND, OK, UNKNOWN_INS, WRONG_PARAMETERS, SimulatedCommand
from devices.smartcard import piv
from devices.smartcard.tlv import TlvError, encode, value_of

StaffKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey

_BLOCKED: Final = 0x6983
_TRIES: Final = 3
_DAY: Final = timedelta(days=1)
_SIGNING: Final = {"key_encipherment": False, "content_commitment": False, "data_encipherment": False}
_NO_AGREEMENT: Final = {"key_agreement": False, "encipher_only": False, "decipher_only": False}


def new_key(*, is_rsa: bool = False) -> StaffKey:
    """Return a new key: P-256, or RSA of 2048 bits."""
    if is_rsa:
        return rsa.generate_private_key(65537, 2048)
    return ec.generate_private_key(ec.SECP256R1())


class StaffAuthority:
    """The operator's authority for staff cards.

    Args:
        name: Its name.
        now: When it was founded; certificates count from the day before.
    """

    def __init__(self, name: str = "Staff Authority of the Test Bench", now: datetime | None = None) -> None:
        self.now = now or datetime.now(UTC)
        self._key = new_key()
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        usage = x509.KeyUsage(
            digital_signature=False, key_cert_sign=True, crl_sign=True, **_SIGNING, **_NO_AGREEMENT
        )
        self.certificate = (
            self._builder(self._name, self._key.public_key(), self.now - _DAY, self.now + 3650 * _DAY)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(usage, critical=True)
            .sign(self._key, hashes.SHA256())
        )

    def issue(
        self,
        key: StaffKey,
        staff_id: str = "SZ-0417",
        role: str = "technician",
        *,
        begins: datetime | None = None,
        ends: datetime | None = None,
        signs: bool = True,
        purpose: x509.ObjectIdentifier = ExtendedKeyUsageOID.CLIENT_AUTH,
    ) -> x509.Certificate:
        """Return a certificate for one member of staff; an empty ``staff_id`` or ``role`` is left out."""
        told = {NameOID.SERIAL_NUMBER: staff_id, NameOID.TITLE: role}
        name = x509.Name([x509.NameAttribute(oid, text) for oid, text in told.items() if text])
        begins, ends = begins or self.now - _DAY, ends or self.now + 365 * _DAY
        usage = x509.KeyUsage(
            digital_signature=signs,
            key_cert_sign=False,
            crl_sign=False,
            **(_SIGNING | {"key_encipherment": not signs}),
            **_NO_AGREEMENT,
        )
        return (
            self._builder(name, key.public_key(), begins, ends)
            .add_extension(usage, critical=True)
            .add_extension(x509.ExtendedKeyUsage([purpose]), critical=False)
            .sign(self._key, hashes.SHA256())
        )

    def _builder(
        self,
        subject: x509.Name,
        key: ec.EllipticCurvePublicKey | rsa.RSAPublicKey,
        begins: datetime,
        ends: datetime,
    ) -> x509.CertificateBuilder:
        ours = self._key.public_key()
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self._name)
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(begins)
            .not_valid_after(ends)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(ours), critical=False)
        )


class StaffApplet:
    """The PIV application of one card.

    Args:
        key: Its authentication key.
        certificate: Of that key, or None for a card that nobody personalised.
        pin: What has to be shown before the key signs, or None for a key that signs for anybody.
    """

    def __init__(self, key: StaffKey, certificate: x509.Certificate | None, pin: str | None = None) -> None:
        self.name = piv.APPLICATION
        self._key = key
        self._certificate = certificate
        self._pin = None if pin is None else pin.encode("ascii").ljust(8, b"\xff")
        self._tries = _TRIES
        self._verified = False

    @property
    def tries_left(self) -> int:
        """How often a PIN may still be shown."""
        return self._tries

    def reset(self) -> None:
        """Forget that a PIN was shown; not how many tries are left."""
        self._verified = False

    def select(self) -> bytes:
        """Answer with a template that names the application."""
        return encode(0x61, encode(0x4F, piv.APPLICATION[5:]))

    def answer(self, command: SimulatedCommand) -> tuple[bytes, int]:
        """Give the certificate, look at a PIN, or sign."""
        match command.ins:
            case 0xCB:
                return self._data(command.data)
            case 0x20:
                return b"", self._verify(command)
            case 0x87:
                return self._sign(command)
            case _:
                return b"", UNKNOWN_INS

    def _data(self, asked: bytes) -> tuple[bytes, int]:
        if self._certificate is None or asked != encode(piv.TAG_LIST, piv.AUTHENTICATION_CERTIFICATE):
            return b"", NOT_FOUND
        certificate = encode(piv.CERTIFICATE, self._certificate.public_bytes(Encoding.DER))
        return encode(piv.DATA_OBJECT, certificate + encode(piv.CERT_INFO, b"\0") + encode(0xFE, b"")), OK

    def _verify(self, command: SimulatedCommand) -> int:
        if command.p2 != piv.APPLICATION_PIN:
            return WRONG_PARAMETERS
        if self._pin is None or (not command.data and self._verified):
            return OK
        if self._tries == 0:
            return _BLOCKED
        if not command.data:
            return 0x63C0 | self._tries
        self._verified = command.data == self._pin
        self._tries = _TRIES if self._verified else self._tries - 1
        return OK if self._verified else 0x63C0 | self._tries

    def _sign(self, command: SimulatedCommand) -> tuple[bytes, int]:
        if self._pin is not None and not self._verified:
            return b"", DENIED
        try:
            block = value_of(command.data, piv.AUTHENTICATION_TEMPLATE, piv.CHALLENGE)
        except TlvError:
            block = None
        algorithm = piv.ECC_P256 if isinstance(self._key, ec.EllipticCurvePrivateKey) else piv.RSA_2048
        if block is None or (command.p1, command.p2) != (algorithm, piv.AUTHENTICATION_KEY):
            return b"", WRONG_PARAMETERS
        return encode(piv.AUTHENTICATION_TEMPLATE, encode(piv.RESPONSE, self._signature(block))), OK

    def _signature(self, block: bytes) -> bytes:
        if isinstance(self._key, ec.EllipticCurvePrivateKey):
            return self._key.sign(block, ec.ECDSA(Prehashed(hashes.SHA256())))
        numbers = self._key.private_numbers()
        return pow(int.from_bytes(block), numbers.d, numbers.public_numbers.n).to_bytes(256)
