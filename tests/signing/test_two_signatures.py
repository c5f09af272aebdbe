"""Doctor and approver: both signatures hold for every judge (SPB-21, SOK-8, OZ-12)."""

import io
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pikepdf
import pytest
from pikepdf.pdfa import validate_written

from signing.certificates import KeyAlgorithm
from signing.demo_pki import DemoKey
from signing.fields import APPROVER, APPROVER_PLACE, DOCTOR, DOCTOR_PLACE, field_states
from signing.pades import certify
from signing.report import Coverage, LaterChange, Level, Verdict
from signing.verify import verify_pdf
from tests.signing.clinic import STAMP, Clinic, make_clinic
from tests.signing.outside_validators import (
    INSTALL,
    openssl,
    openssl_refusals,
    pyhanko_accepts,
)
from workstation.documents import page_frame


@pytest.fixture(scope="module", params=list(DemoKey), ids=lambda key: key.value)
def signed(request: pytest.FixtureRequest) -> Clinic:
    return make_clinic(request.param)


def test_both_signatures_are_valid_and_say_who_and_when(signed: Clinic) -> None:
    report = verify_pdf(signed.approved, [signed.authority.root], expect_signers=2)
    assert report.verdict is Verdict.VALID
    doctor, approver = report.signatures
    assert (doctor.field, approver.field) == (DOCTOR, APPROVER)
    assert doctor.signer.name == "Левашова Марина Олеговна"
    assert approver.signer.name == "Бережной Илья Петрович"
    assert doctor.signed_at is not None
    assert approver.signed_at is not None
    assert doctor.level is approver.level is Level.B_B


def test_the_doctors_signature_certifies_and_outlives_the_approvers(signed: Clinic) -> None:
    doctor, approver = verify_pdf(signed.approved, [signed.authority.root]).signatures
    assert (doctor.certifies, approver.certifies) == (True, False)
    assert doctor.covered is Coverage.EARLIER_REVISION
    assert doctor.covered_bytes == len(signed.certified)
    assert doctor.changed_after is LaterChange.SIGNATURES
    assert approver.covered is Coverage.WHOLE_FILE
    assert approver.changed_after is LaterChange.NOTHING


def test_openssl_accepts_both_signatures(signed: Clinic, tmp_path: Path) -> None:
    program = openssl()
    if program is None:
        pytest.skip(INSTALL)
    roots = [signed.authority.root]
    assert openssl_refusals(program, signed.approved, roots, tmp_path) == ["", ""]


def test_pyhankos_own_validator_accepts_both_signatures(signed: Clinic) -> None:
    assert pyhanko_accepts(signed.approved, [signed.authority.root]) == [True, True]


def test_no_key_of_the_demonstration_is_called_qualified(signed: Clinic) -> None:
    for result in verify_pdf(signed.approved, [signed.authority.root]).signatures:
        assert result.signer.algorithm in (KeyAlgorithm.RSA, KeyAlgorithm.ECDSA)
        assert not result.signer.is_qualified


def test_the_signed_file_begins_with_the_file_that_was_previewed(clinic: Clinic) -> None:
    assert clinic.prepared.startswith(clinic.previewed)
    assert clinic.certified.startswith(clinic.prepared)
    assert clinic.approved.startswith(clinic.certified)


def test_the_paper_is_pdfa_before_the_fields_are_added(clinic: Clinic) -> None:
    report = validate_written(io.BytesIO(clinic.previewed), "2b")
    assert report.passed, report.findings


def test_both_fields_stand_before_anybody_signs(clinic: Clinic) -> None:
    assert field_states(clinic.prepared) == {DOCTOR: False, APPROVER: False}
    assert field_states(clinic.certified) == {DOCTOR: True, APPROVER: False}
    assert field_states(clinic.approved) == {DOCTOR: True, APPROVER: True}


def test_the_fields_are_where_the_paper_has_room_for_them() -> None:
    for place, box in (
        (DOCTOR_PLACE, page_frame.DOCTOR_BOX),
        (APPROVER_PLACE, page_frame.APPROVER_BOX),
    ):
        assert (place.left, place.bottom) == (box.left, box.bottom)
        assert (place.width, place.height) == (box.width, box.height)


def test_the_stamps_share_one_embedded_typeface(clinic: Clinic) -> None:
    with pikepdf.open(io.BytesIO(clinic.approved)) as pdf:
        widgets = list(pdf.pages[-1].Annots)
        fonts = [widget.AP.N.Resources.Font.Stamp for widget in widgets]
    assert len(fonts) == 2
    assert fonts[0].objgen == fonts[1].objgen


def test_one_key_signs_from_many_threads(clinic: Clinic) -> None:
    with ThreadPoolExecutor(4) as threads:
        jobs = [threads.submit(certify, clinic.prepared, clinic.doctor, STAMP) for _ in range(12)]
        signed = [job.result() for job in jobs]
        checks = threads.map(lambda pdf: verify_pdf(pdf, [clinic.authority.root], 1), signed)
    assert {report.verdict for report in checks} == {Verdict.VALID}
