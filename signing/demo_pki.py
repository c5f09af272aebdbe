"""Certificates of the demonstration and the tests: an own root, and keys in PKCS#12 files.

Nobody else trusts this root, and its name says what it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from cryptography.x509.oid import NameOID, ObjectIdentifier

_SNILS: Final = ObjectIdentifier("1.2.643.100.3")
_AUTHORITY: Final = "Учебный УЦ (демонстрация)"
_YEARS_OF_ROOT: Final = 10
_LONGEST_COMMON_NAME: Final = 64  # RFC 5280, appendix A.1; the library counts bytes
_Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


class DemoKey(Enum):
    """Which key a demo certificate gets."""

    RSA_2048 = "rsa2048"
    EC_P256 = "p256"


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Who gets a certificate."""

    full_name: str
    """Family name, given name, patronymic."""
    organization: str
    post: str
    snils: str = ""
    """Eleven digits."""
    key: DemoKey = DemoKey.RSA_2048


class DemoAuthority:
    """A root that issues; alive as long as the object, its key is written nowhere."""

    def __init__(self, now: datetime) -> None:
        """`now` is aware; the root is valid from a day before."""
        self._key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, _AUTHORITY)])
        start, days = now - timedelta(days=1), 365 * _YEARS_OF_ROOT
        builder = _builder(name, name, self._key, start, start + timedelta(days=days))
        self.root = (
            builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_usage(signs_certificates=True), critical=True)
            .sign(self._key, hashes.SHA256())
        )

    @property
    def root_pem(self) -> bytes:
        """What verifiers are to trust."""
        return self.root.public_bytes(Encoding.PEM)

    def issue(
        self,
        person: DemoPerson,
        passphrase: str,
        valid_from: datetime,
        valid_to: datetime,
        *,
        for_signing: bool = True,
    ) -> bytes:
        """A PKCS#12 file with a new key, its certificate and the root; RSA takes 0.1 s and more."""
        key = _new_key(person.key)
        certificate = (
            _builder(_subject(person), self.root.subject, key, valid_from, valid_to)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(signs_documents=for_signing), critical=True)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key()),
                critical=False,
            )
            .sign(self._key, hashes.SHA256())
        )
        locked = BestAvailableEncryption(passphrase.encode())
        return pkcs12.serialize_key_and_certificates(
            person.full_name.encode(), key, certificate, [self.root], locked
        )


def issue_all(
    people: Sequence[DemoPerson], passphrase: str, now: datetime
) -> tuple[bytes, list[bytes]]:
    """The root (PEM) and, in their order, a PKCS#12 file valid for a year for each person."""
    authority = DemoAuthority(now)
    start = now - timedelta(hours=1)
    end = start + timedelta(days=365)
    return authority.root_pem, [authority.issue(p, passphrase, start, end) for p in people]


def _new_key(kind: DemoKey) -> _Key:
    if kind is DemoKey.RSA_2048:
        return rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return ec.generate_private_key(ec.SECP256R1())


def _subject(person: DemoPerson) -> x509.Name:
    family, _, given = person.full_name.partition(" ")
    fits = len(person.full_name.encode()) <= _LONGEST_COMMON_NAME
    values = {
        NameOID.COMMON_NAME: person.full_name if fits else family,
        NameOID.SURNAME: family,
        NameOID.GIVEN_NAME: given,
        NameOID.ORGANIZATION_NAME: person.organization,
        NameOID.TITLE: person.post,
        NameOID.COUNTRY_NAME: "RU",
        _SNILS: person.snils,
    }
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in values.items() if value])


def _builder(
    subject: x509.Name, issuer: x509.Name, key: _Key, start: datetime, end: datetime
) -> x509.CertificateBuilder:
    identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(end)
        .add_extension(identifier, critical=False)
    )


def _usage(*, signs_documents: bool = False, signs_certificates: bool = False) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=signs_documents,
        content_commitment=signs_documents,
        key_encipherment=not (signs_documents or signs_certificates),
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )
