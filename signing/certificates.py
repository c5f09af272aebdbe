"""What a certificate says, and whether it may sign now."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.x509.oid import NameOID, ObjectIdentifier

from signing.errors import Expired, NoCertificate, NotYetValid, Revoked, WrongKeyUsage

_SNILS: Final = ObjectIdentifier("1.2.643.100.3")
_MEANS_OF_SIGNING: Final = ObjectIdentifier("1.2.643.100.111")
_MEANS_OF_ISSUER: Final = ObjectIdentifier("1.2.643.100.112")
_PROTECTION_CLASSES: Final = "1.2.643.100.113."
_ALGORITHMS: Final = {
    "1.2.840.113549.1.1.1": "RSA",
    "1.2.840.10045.2.1": "ECDSA",
    "1.2.643.7.1.1.1.1": "GOST",
    "1.2.643.7.1.1.1.2": "GOST",
}


class KeyAlgorithm(Enum):
    """Of which family the certificate's key is."""

    RSA = "RSA"
    ECDSA = "ECDSA"
    GOST = "GOST"
    """GOST R 34.10-2012, 256 or 512 bit."""
    OTHER = "OTHER"


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """A certificate in plain words."""

    name: str
    """Whose it is: family and given names, the common name where they are not said."""
    organization: str
    issuer: str
    number: str
    """Serial number, upper-case hexadecimal."""
    valid_from: datetime
    """Aware UTC, as is `valid_to`."""
    valid_to: datetime
    snils: str | None
    """Insurance number of the person, eleven digits."""
    algorithm: KeyAlgorithm
    may_sign: bool
    """Key usage names digital signature or non-repudiation."""
    is_qualified: bool
    """The certificate says that it is a qualified one (order 795 of the FSB, 27.12.2011).

    That needs a GOST key, the means of signing and of the issuer, and a class of protection. An
    RSA or ECDSA key is never qualified. Whether the issuer is accredited is a matter of the roots.
    """


def facts_of(certificate: x509.Certificate) -> CertificateFacts:
    """Reads what is of interest to people."""
    algorithm = _algorithm(certificate)
    return CertificateFacts(
        name=_name_of(certificate.subject),
        organization=_first(certificate.subject, NameOID.ORGANIZATION_NAME) or "",
        issuer=_first(certificate.issuer, NameOID.COMMON_NAME) or "",
        number=f"{certificate.serial_number:X}",
        valid_from=certificate.not_valid_before_utc,
        valid_to=certificate.not_valid_after_utc,
        snils=_first(certificate.subject, _SNILS),
        algorithm=algorithm,
        may_sign=_may_sign(certificate),
        is_qualified=algorithm is KeyAlgorithm.GOST and _says_qualified(certificate),
    )


def check_certificate(
    certificate: x509.Certificate, at: datetime, revoked: Collection[str] = ()
) -> CertificateFacts:
    """Refuses what must not sign at the moment `at` (aware).

    `revoked` holds the numbers of certificates known to be revoked. Raises NotYetValid, Expired,
    Revoked or WrongKeyUsage.
    """
    facts = facts_of(certificate)
    if at < facts.valid_from:
        raise NotYetValid(facts.number)
    if at > facts.valid_to:
        raise Expired(facts.number)
    if facts.number in revoked:
        raise Revoked(facts.number)
    if not facts.may_sign:
        raise WrongKeyUsage(facts.number)
    return facts


def load_roots(path: Path) -> Sequence[x509.Certificate]:
    """The trusted roots of a PEM file. Raises NoCertificate where it holds none."""
    try:
        return x509.load_pem_x509_certificates(path.read_bytes())
    except (OSError, ValueError) as error:
        raise NoCertificate("no certificate can be read from the file of roots") from error


def _name_of(subject: x509.Name) -> str:
    family, given = _first(subject, NameOID.SURNAME), _first(subject, NameOID.GIVEN_NAME)
    if family and given:
        return f"{family} {given}"
    return _first(subject, NameOID.COMMON_NAME) or ""


def _first(name: x509.Name, oid: ObjectIdentifier) -> str | None:
    found = name.get_attributes_for_oid(oid)
    return str(found[0].value) if found else None


def _algorithm(certificate: x509.Certificate) -> KeyAlgorithm:
    oid = certificate.public_key_algorithm_oid.dotted_string
    return KeyAlgorithm(_ALGORITHMS.get(oid, "OTHER"))


def _may_sign(certificate: x509.Certificate) -> bool:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return False
    return usage.digital_signature or usage.content_commitment


def _says_qualified(certificate: x509.Certificate) -> bool:
    extensions = {extension.oid for extension in certificate.extensions}
    if not {_MEANS_OF_SIGNING, _MEANS_OF_ISSUER} <= extensions:
        return False
    try:
        policies = certificate.extensions.get_extension_for_class(x509.CertificatePolicies).value
    except x509.ExtensionNotFound:
        return False
    return any(p.policy_identifier.dotted_string.startswith(_PROTECTION_CLASSES) for p in policies)
