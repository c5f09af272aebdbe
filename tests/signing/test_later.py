"""A signature in later years: expired certificates, time stamps, and signers who were no such."""

import io
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.keys.internal import (
    translate_pyca_cryptography_cert_to_asn1,
    translate_pyca_cryptography_key_to_asn1,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.signers import PdfTimeStamper
from pyhanko.sign.timestamps import DummyTimeStamper

from signing.demo_pki import DemoAuthority
from signing.pades import certify
from signing.report import LaterChange, Problem, Verdict
from signing.signer import Signer
from signing.verify import verify_pdf
from tests.signing.clinic import STAMP, Clinic, make_clinic, make_signer

DAY = timedelta(days=1)


@dataclass(frozen=True)
class DisguisedSigner:
    """Shows one certificate and signs with another's key."""

    certificate: x509.Certificate
    actual: Signer

    @property
    def cms_size(self) -> int:
        return self.actual.cms_size

    def sign(self, content: bytes) -> bytes:
        return self.actual.sign(content)


@dataclass(frozen=True)
class TimeService:
    """A time-stamping authority that is its own root."""

    certificate: x509.Certificate
    key: rsa.RSAPrivateKey

    def stamp(self, pdf: bytes) -> bytes:
        """Appends a document time stamp."""
        client = DummyTimeStamper(
            translate_pyca_cryptography_cert_to_asn1(self.certificate),
            translate_pyca_cryptography_key_to_asn1(self.key),
        )
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        stamped = PdfTimeStamper(client).timestamp_pdf(writer, "sha256")
        return bytes(stamped.getvalue())


@pytest.fixture(scope="module")
def time_service() -> TimeService:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Служба времени")])
    now = datetime.now(UTC)
    usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - DAY)
        .not_valid_after(now + 30 * DAY)
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    return TimeService(certificate, key)


@pytest.mark.parametrize(("days", "problem"), [(60, Problem.EXPIRED), (-2, Problem.NOT_YET_VALID)])
def test_a_certificate_out_of_its_time_leaves_the_question_open(
    clinic: Clinic, days: int, problem: Problem
) -> None:
    moment = datetime.now(UTC) + days * DAY
    report = verify_pdf(clinic.approved, [clinic.authority.root], 2, at=moment)
    assert report.verdict is Verdict.INDETERMINATE
    assert problem in report.all_problems


def test_a_certificate_that_is_not_for_signing_is_seen(clinic: Clinic) -> None:
    wrong = make_signer(clinic.authority, for_signing=False)
    disguised = DisguisedSigner(clinic.doctor.certificate, wrong)
    report = verify_pdf(certify(clinic.prepared, disguised, STAMP), [clinic.authority.root], 1)
    assert report.verdict is Verdict.INDETERMINATE
    assert report.all_problems == (Problem.WRONG_KEY_USAGE,)


def test_the_report_names_who_signed_not_who_was_shown(clinic: Clinic) -> None:
    stranger = make_signer(DemoAuthority(datetime.now(UTC)))
    disguised = DisguisedSigner(clinic.doctor.certificate, stranger)
    report = verify_pdf(certify(clinic.prepared, disguised, STAMP), [clinic.authority.root], 1)
    number = f"{stranger.certificate.serial_number:X}"
    assert report.signatures[0].signer.number == number
    assert report.verdict is Verdict.INDETERMINATE


def test_a_time_stamp_over_the_file_is_upkeep(clinic: Clinic, time_service: TimeService) -> None:
    roots = [clinic.authority.root, time_service.certificate]
    report = verify_pdf(time_service.stamp(clinic.approved), roots, 2)
    assert report.verdict is Verdict.VALID
    assert report.signatures[1].changed_after is LaterChange.UPKEEP


def test_a_strangers_time_stamp_leaves_the_question_open(
    clinic: Clinic, time_service: TimeService
) -> None:
    report = verify_pdf(time_service.stamp(clinic.approved), [clinic.authority.root], 2)
    assert report.verdict is Verdict.INDETERMINATE
    assert report.problems == (Problem.UNTRUSTED,)


def test_a_broken_time_stamp_is_seen(clinic: Clinic, time_service: TimeService) -> None:
    stamped = bytearray(time_service.stamp(clinic.approved))
    behind = stamped.index(b"/Type", len(clinic.approved))
    stamped[behind + 1] ^= 0x20
    roots = [clinic.authority.root, time_service.certificate]
    assert verify_pdf(bytes(stamped), roots, 2).verdict is Verdict.INVALID


def test_no_name_of_a_signer_is_in_the_log(
    clinic: Clinic, caplog: pytest.LogCaptureFixture
) -> None:
    """Of a stranger, of an altered file, of one that cannot be read."""
    caplog.set_level("DEBUG")
    stranger = make_clinic().authority.root
    verify_pdf(clinic.approved, [stranger], 2)
    verify_pdf(clinic.approved.replace(b"/Title", b"/Titel"), [clinic.authority.root], 2)
    verify_pdf(clinic.approved[:-400], [clinic.authority.root], 2)
    for name in ("Левашова", "Бережной", "Common Name"):
        assert name not in caplog.text
