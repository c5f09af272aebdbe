"""What must not be signed, and keys that must not sign."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509

from signing.certificates import check_certificate, facts_of, load_roots
from signing.demo_pki import DemoAuthority
from signing.errors import (
    AlreadySigned,
    AlteredDocument,
    Expired,
    NoCertificate,
    NotCertified,
    NotPrepared,
    NotYetValid,
    Revoked,
    SigningError,
    TokenMissing,
    UnreadableDocument,
    WrongKeyUsage,
    WrongPin,
)
from signing.fields import prepare_fields
from signing.keys.pkcs12 import Pkcs12Signer
from signing.pades import approve, certify
from signing.report import Problem, Verdict
from signing.verify import verify_pdf
from tests.signing.clinic import PASSPHRASE, STAMP, Clinic, make_person, make_signer


@dataclass(frozen=True)
class WatchedSigner:
    """A signer that must not be asked."""

    certificate: x509.Certificate
    cms_size: int = 4096

    def sign(self, content: bytes) -> bytes:
        raise AssertionError("the key was used")


@pytest.fixture(scope="module")
def key_file(clinic: Clinic) -> bytes:
    certificate = clinic.doctor.certificate
    start, end = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    return clinic.authority.issue(make_person(), PASSPHRASE, start, end)


WRONG = ["", "wrong", PASSPHRASE + " ", PASSPHRASE.upper(), PASSPHRASE + "\0", "\ud800"]


@pytest.mark.parametrize(
    "passphrase", WRONG, ids=["empty", "other", "space", "capitals", "NUL", "half"]
)
def test_a_wrong_passphrase_is_told(key_file: bytes, passphrase: str) -> None:
    with pytest.raises(WrongPin):
        Pkcs12Signer.open(key_file, passphrase)


@pytest.mark.parametrize("data", [b"", b"rubbish", b"\x30\x82\x01\x00", b"\x00" * 4096])
def test_a_damaged_key_file_is_no_wrong_passphrase(data: bytes) -> None:
    with pytest.raises(NoCertificate):
        Pkcs12Signer.open(data, PASSPHRASE)


def test_a_missing_key_file_and_missing_roots_are_told(tmp_path: Path) -> None:
    with pytest.raises(NoCertificate):
        Pkcs12Signer.open_file(tmp_path / "none.p12", PASSPHRASE)
    with pytest.raises(NoCertificate):
        load_roots(tmp_path / "none.pem")


def test_the_key_survives_a_wrong_passphrase(key_file: bytes) -> None:
    with pytest.raises(WrongPin):
        Pkcs12Signer.open(key_file, "wrong")
    assert Pkcs12Signer.open(key_file, PASSPHRASE).certificate is not None


@pytest.mark.parametrize(
    ("days", "for_signing", "error"),
    [
        ((-30, -1), True, Expired),
        ((1, 30), True, NotYetValid),
        ((-1, 30), False, WrongKeyUsage),
    ],
)
def test_a_bad_certificate_is_refused_before_its_key_is_used(
    clinic: Clinic, days: tuple[float, float], for_signing: bool, error: type[SigningError]
) -> None:
    first, last = days
    bad = make_signer(
        clinic.authority, valid_from_days=first, valid_to_days=last, for_signing=for_signing
    )
    watched = WatchedSigner(bad.certificate)
    with pytest.raises(error):
        certify(clinic.prepared, watched, STAMP)
    with pytest.raises(error):
        approve(clinic.certified, watched, STAMP, [clinic.authority.root])


def test_a_revoked_certificate_is_refused(clinic: Clinic) -> None:
    certificate = clinic.doctor.certificate
    number = facts_of(certificate).number
    with pytest.raises(Revoked) as refusal:
        check_certificate(certificate, datetime.now(UTC), revoked={number})
    assert refusal.value.number == number


def test_bytes_changed_on_disk_are_not_approved(clinic: Clinic, tmp_path: Path) -> None:
    stored = tmp_path / "conclusion.pdf"
    stored.write_bytes(clinic.certified)
    damaged = bytearray(stored.read_bytes())
    damaged[len(clinic.previewed) // 2] ^= 1
    stored.write_bytes(damaged)
    watched = WatchedSigner(clinic.approver.certificate)
    with pytest.raises((AlteredDocument, UnreadableDocument)):
        approve(stored.read_bytes(), watched, STAMP, [clinic.authority.root])


def test_the_refusal_says_what_was_altered(clinic: Clinic) -> None:
    title = clinic.certified.index(b"/Title")
    damaged = bytearray(clinic.certified)
    damaged[title + 12] ^= 1
    with pytest.raises(AlteredDocument) as refusal:
        approve(bytes(damaged), clinic.approver, STAMP, [clinic.authority.root])
    assert Problem.ALTERED.value in refusal.value.reasons


def test_a_stranger_as_doctor_is_not_approved(clinic: Clinic) -> None:
    strangers = DemoAuthority(datetime.now(UTC))
    forged = certify(clinic.prepared, make_signer(strangers), STAMP)
    with pytest.raises(AlteredDocument):
        approve(forged, clinic.approver, STAMP, [clinic.authority.root])


def test_the_order_of_signing_is_kept(clinic: Clinic) -> None:
    roots = [clinic.authority.root]
    with pytest.raises(NotCertified):
        approve(clinic.prepared, clinic.approver, STAMP, roots)
    with pytest.raises(NotPrepared):
        certify(clinic.previewed, clinic.doctor, STAMP)
    with pytest.raises(NotPrepared):
        approve(clinic.previewed, clinic.approver, STAMP, roots)
    with pytest.raises(AlreadySigned):
        certify(clinic.certified, clinic.doctor, STAMP)
    with pytest.raises(AlreadySigned):
        approve(clinic.approved, clinic.approver, STAMP, roots)
    with pytest.raises(AlreadySigned):
        prepare_fields(clinic.prepared)


@pytest.mark.parametrize(
    "data", [b"", b"no pdf", b"%PDF-1.7\n%%EOF\n", b"%PDF-1.7" + b"\x00" * 999]
)
def test_what_is_no_pdf_is_not_signed(clinic: Clinic, data: bytes) -> None:
    with pytest.raises(UnreadableDocument):
        prepare_fields(data)
    with pytest.raises(UnreadableDocument):
        certify(data, clinic.doctor, STAMP)


@dataclass(frozen=True)
class PulledToken:
    """A token that is pulled out while it signs."""

    certificate: x509.Certificate
    cms_size: int = 4096

    def sign(self, content: bytes) -> bytes:
        raise TokenMissing("the token was pulled out")


@dataclass(frozen=True)
class BoastfulSigner:
    """Makes larger signatures than it had said."""

    certificate: x509.Certificate
    cms_size: int = 64

    def sign(self, content: bytes) -> bytes:
        return b"\x30" * 65


def test_a_token_pulled_out_leaves_nothing_and_the_retry_works(clinic: Clinic) -> None:
    with pytest.raises(TokenMissing):
        certify(clinic.prepared, PulledToken(clinic.doctor.certificate), STAMP)
    signed = certify(clinic.prepared, clinic.doctor, STAMP)
    assert verify_pdf(signed, [clinic.authority.root], 1).verdict is Verdict.VALID


def test_a_signature_that_does_not_fit_is_refused(clinic: Clinic) -> None:
    with pytest.raises(SigningError):
        certify(clinic.prepared, BoastfulSigner(clinic.doctor.certificate), STAMP)


async def test_signing_beside_the_windows_loop(clinic: Clinic, qapp: object) -> None:
    signed = await asyncio.to_thread(certify, clinic.prepared, clinic.doctor, STAMP)
    report = await asyncio.to_thread(verify_pdf, signed, [clinic.authority.root], 1)
    assert report.verdict is Verdict.VALID
