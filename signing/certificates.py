"""What a certificate says, and whether it may sign now."""

import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID, ObjectIdentifier

from signing.errors import (
    Expired,
    NoCertificate,
    NotYetValid,
    Revoked,
    WeakKey,
    WrongKeyUsage,
    WrongPerson,
)

_SNILS: Final = ObjectIdentifier("1.2.643.100.3")
_MEANS_OF_SIGNING: Final = ObjectIdentifier("1.2.643.100.111")
_MEANS_OF_ISSUER: Final = ObjectIdentifier("1.2.643.100.112")
_PROTECTION_CLASSES: Final = frozenset(f"1.2.643.100.113.{number}" for number in range(1, 7))
_LONGEST_NAME: Final = 300
_SHORTEST_RSA: Final = 2048
"""Bits."""
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
    """As `is_qualified` has it."""


@dataclass(frozen=True, slots=True)
class Person:
    """Whose certificate it must be, as the account has them."""

    full_name: str
    """Family name, given name, patronymic."""
    snils: str = ""
    """Insurance number; eleven digits with or without its dashes, "" where it is not known."""


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
        is_qualified=is_qualified(certificate),
    )


def check_certificate(
    certificate: x509.Certificate, at: datetime, revoked: Collection[str] = ()
) -> CertificateFacts:
    """Refuses what must not sign at the moment `at` (aware).

    `revoked` holds the numbers of certificates known to be revoked. Raises NotYetValid, Expired,
    Revoked, WrongKeyUsage or WeakKey (what no validator accepts: ETSI TS 119 312, 8.2).
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
    key = certificate.public_key() if facts.algorithm is KeyAlgorithm.RSA else None
    if isinstance(key, rsa.RSAPublicKey) and key.key_size < _SHORTEST_RSA:
        raise WeakKey(facts.number)
    return facts


def check_person(facts: CertificateFacts, person: Person) -> None:
    """Refuses a certificate of somebody else. Raises WrongPerson.

    The name must be the account's, but for letter case, «ё» and spaces. Where both know an
    insurance number they must agree; a qualified certificate must name it (63-FZ, article 17.2).
    """
    if _plain(facts.name) != _plain(person.full_name):
        raise WrongPerson(facts.number)
    wanted, named = _digits(person.snils), _digits(facts.snils or "")
    if wanted and (named or facts.is_qualified) and named != wanted:
        raise WrongPerson(facts.number)


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().replace("ё", "е").split())


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdecimal())


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
    return _shown(str(found[0].value)) if found else None


def _shown(text: str) -> str:
    """As it may be shown: a stranger's certificate may hold anything, in any length.

    Control characters and marks of direction (Unicode categories Cc and Cf) are replaced: with
    them a name reads as another one.
    """
    printable = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
    return printable if len(printable) <= _LONGEST_NAME else printable[:_LONGEST_NAME] + "…"


def _algorithm(certificate: x509.Certificate) -> KeyAlgorithm:
    oid = certificate.public_key_algorithm_oid.dotted_string
    return KeyAlgorithm(_ALGORITHMS.get(oid, "OTHER"))


def _may_sign(certificate: x509.Certificate) -> bool:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return False
    return usage.digital_signature or usage.content_commitment


def is_qualified(certificate: x509.Certificate) -> bool:
    """Whether the certificate says that it is a qualified one; nothing else decides it.

    63-FZ, article 17, part 2 wants the means of signing, the means of the issuing authority and
    their classes named; order 795 of the FSB, 27.12.2011, says how: the extensions subjectSignTool
    (1.2.643.100.111) and issuerSignTool (1.2.643.100.112), and the certificate policies
    1.2.643.100.113.1 to .6 (KC1, KC2, KC3, KB1, KB2, KA1). The key is of GOST R 34.10-2012: one of
    RSA or ECDSA is never qualified, whatever is written beside it. That the issuer is accredited
    is said by the roots that are trusted (63-FZ, article 8), not by the certificate.
    """
    if _algorithm(certificate) is not KeyAlgorithm.GOST:
        return False
    if not {_MEANS_OF_SIGNING, _MEANS_OF_ISSUER} <= {one.oid for one in certificate.extensions}:
        return False
    try:
        policies = certificate.extensions.get_extension_for_class(x509.CertificatePolicies).value
    except x509.ExtensionNotFound:
        return False
    return any(p.policy_identifier.dotted_string in _PROTECTION_CLASSES for p in policies)
