"""What people are told of a certificate, and what its stamp says."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ObjectIdentifier

from signing.certificates import (
    CertificateFacts,
    KeyAlgorithm,
    Person,
    check_certificate,
    check_person,
    facts_of,
)
from signing.demo_pki import DemoAuthority, DemoPerson
from signing.errors import WeakKey, WrongPerson
from signing.level_words import REVOCATIONS, WHY
from signing.report import Problem, Verdict
from signing.signed_file import Revocation, Why
from signing.stamp import stamp_lines
from signing.stamp_font import load_stamp_font
from signing.words import CHANGES, COVERAGES, PROBLEMS, VERDICTS
from tests.signing.clinic import STAMP, Clinic, make_signer

AT = datetime(2026, 11, 23, 9, 4, tzinfo=UTC)


@pytest.fixture
def facts(clinic: Clinic) -> CertificateFacts:
    return facts_of(clinic.doctor.certificate)


def test_a_certificate_in_plain_words(facts: CertificateFacts) -> None:
    assert facts.name == "Левашова Марина Олеговна"
    assert facts.organization == "Центр сердечно-сосудистой хирургии"
    assert facts.issuer == "Учебный УЦ (демонстрация)"
    assert facts.snils == "11223344595"
    assert facts.algorithm is KeyAlgorithm.ECDSA
    assert facts.may_sign


def test_a_name_longer_than_a_common_name_may_be(clinic: Clinic) -> None:
    name = "Константинопольская Александрина Константиновна-Преображенская"
    signer = make_signer(clinic.authority, DemoPerson(name, "Центр", "врач"))
    assert facts_of(signer.certificate).name == name


@pytest.mark.parametrize(
    "person",
    [
        Person("Левашова Марина Олеговна"),
        Person(" левашова  марина ОЛЕГОВНА", "112-233-445 95"),
        Person("Левашова Марина Олеговна", "11223344595"),
    ],
)
def test_the_right_person_is_known_by_name_and_snils(
    facts: CertificateFacts, person: Person
) -> None:
    check_person(facts, person)


def test_another_person_is_refused(facts: CertificateFacts) -> None:
    for other in (
        Person("Левашова Мария Олеговна"),
        Person("", "11223344595"),
        Person("Левашова Марина Олеговна", "112-233-445 96"),
    ):
        with pytest.raises(WrongPerson) as refusal:
            check_person(facts, other)
        assert "Левашова" not in str(refusal.value)


def test_only_a_qualified_certificate_must_name_the_snils(facts: CertificateFacts) -> None:
    silent = replace(facts, snils=None)
    person = Person("Левашова Марина Олеговна", "11223344595")
    check_person(silent, person)
    with pytest.raises(WrongPerson):
        check_person(replace(silent, is_qualified=True), person)


def test_a_key_that_no_validator_takes_signs_nothing() -> None:
    """Its signature would be made, and called untrusted wherever it is verified."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=1024)
    nobody = x509.Name([])
    usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
    weak = (
        x509.CertificateBuilder()
        .subject_name(nobody)
        .issuer_name(nobody)
        .public_key(key.public_key())
        .serial_number(0xA1)
        .not_valid_before(AT - timedelta(days=1))
        .not_valid_after(AT + timedelta(days=1))
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    with pytest.raises(WeakKey, match="A1"):
        check_certificate(weak, AT)


def test_yo_is_ye_in_a_name(facts: CertificateFacts) -> None:
    check_person(replace(facts, name="Семенова Алена"), Person("Семёнова Алёна"))


def test_the_stamp_says_who_in_what_post_by_which_certificate_and_when(
    facts: CertificateFacts,
) -> None:
    lines = stamp_lines(facts, STAMP, AT)
    assert lines[0] == "Документ подписан электронной подписью"
    assert lines[1:3] == ["Левашова Марина Олеговна", "врач-кардиолог"]
    assert facts.number in lines[3]
    assert f"{facts.valid_to:%d.%m.%Y}" in lines[4]
    assert lines[5] == "Подписано: 23.11.2026 12:04 МСК"


def test_qualified_is_said_only_where_the_certificate_says_so(facts: CertificateFacts) -> None:
    assert "квалифицированной" in stamp_lines(replace(facts, is_qualified=True), STAMP, AT)[0]
    assert "квалифицированной" not in stamp_lines(facts, STAMP, AT)[0]


def test_no_extension_makes_another_than_a_gost_key_qualified(clinic: Clinic) -> None:
    assert not facts_of(_claiming_certificate(clinic.authority)).is_qualified


def test_every_finding_has_its_words() -> None:
    assert set(PROBLEMS) == set(Problem)
    assert set(VERDICTS) == set(Verdict)
    assert all([*COVERAGES.values(), *CHANGES.values()])
    assert (set(WHY), set(REVOCATIONS)) == (set(Why), set(Revocation))


def test_the_stamps_typeface_knows_russian_and_shows_the_rest_as_a_question() -> None:
    font = load_stamp_font()
    assert font.encode("ё№«»–") != font.encode("?????")
    assert font.encode("🙂") == font.encode("?")
    assert font.width("Щ", 10) > font.width("г", 10) > 0


def _claiming_certificate(authority: DemoAuthority) -> x509.Certificate:
    """All that a qualified certificate must have, but for its key (FSB order 795)."""
    key = ec.generate_private_key(ec.SECP256R1())
    policy = x509.PolicyInformation(ObjectIdentifier("1.2.643.100.113.1"), None)
    means = [ObjectIdentifier("1.2.643.100.111"), ObjectIdentifier("1.2.643.100.112")]
    builder = (
        x509.CertificateBuilder()
        .subject_name(authority.root.subject)
        .issuer_name(authority.root.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(authority.root.not_valid_before_utc)
        .not_valid_after(authority.root.not_valid_after_utc)
        .add_extension(x509.CertificatePolicies([policy]), critical=False)
    )
    for oid in means:
        builder = builder.add_extension(x509.UnrecognizedExtension(oid, b"\x0c\x00"), False)
    return builder.sign(key, hashes.SHA256())
