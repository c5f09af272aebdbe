"""GOST at the higher levels: its own OCSP, lists and time stamps, and RSA's beside it (SPB-21)."""

import asyncio
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from asn1crypto.ocsp import OCSPResponse  # type: ignore[import-untyped]  # no types
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.keys.internal import translate_pyca_cryptography_cert_to_asn1

from signing.errors import Revoked
from signing.gost import OPENSSL, GostCommands, GostSignatureValidator
from signing.levels import approve_with, certify_with
from signing.policy import LEVELS
from signing.report import Level, Problem, Verdict
from signing.revocation import Inquiry, Standing
from signing.signed_file import Revocation, SignedFile, Terms
from signing.survey import Survey, survey
from signing.verify import verify_pdf
from tests.signing.byte_ranges import covered_by_signatures
from tests.signing.clinic import STAMP, Clinic
from tests.signing.gost_clinic import INSTALL, GostPerson, has_gost
from tests.signing.gost_services import GostServices, gost_services
from tests.signing.pki import APPROVER, PkiServer

pytestmark = pytest.mark.skipif(not has_gost(), reason=INSTALL)
NO_GOST = GostCommands(("no-such-program",), OPENSSL.verify_command, OPENSSL.names)
_TIME_STAMP = bytes.fromhex("060b2a864886f70d0109100104")


@pytest.fixture(scope="module")
def gost(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GostServices]:
    with gost_services(tmp_path_factory.mktemp("gost-services")) as services:
        yield services


@pytest.fixture(scope="module")
def doctor(gost: GostServices) -> GostPerson:
    return gost.person("doctor", "Левашова Марина Олеговна")


@pytest.fixture(scope="module")
def highest(gost: GostServices, doctor: GostPerson, clinic: Clinic) -> SignedFile:
    return certify_with(clinic.prepared, doctor.signer(), STAMP, terms(gost))


@pytest.fixture(scope="module")
def both(gost: GostServices, highest: SignedFile) -> SignedFile:
    approver = gost.person("approver", "Бережной Илья Петрович")
    return approve_with(highest.pdf, approver.signer(), STAMP, terms(gost))


def terms(gost: GostServices, *roots: x509.Certificate) -> Terms:
    return Terms(gost.policy(), [gost.root, *roots])


def openssl_accepts(
    pdf: bytes, roots: Sequence[x509.Certificate], gost: GostServices
) -> list[bool]:
    """Each signature by `openssl cms -verify -cades`, each stamp over the file by `openssl ts`."""
    folder = gost.folder
    (folder / "roots.pem").write_bytes(b"".join(one.public_bytes(Encoding.PEM) for one in roots))
    accepted = []
    for covered in covered_by_signatures(pdf):
        (folder / "cms.der").write_bytes(covered.cms)
        (folder / "content").write_bytes(covered.content)
        command = "openssl cms -verify -cades -binary -inform DER -in cms.der"
        command += " -content content -CAfile roots.pem -purpose any -out out"
        if _TIME_STAMP in covered.cms[:64]:
            command = "openssl ts -verify -token_in -in cms.der -data content -CAfile roots.pem"
        done = subprocess.run(command.split(), cwd=folder, capture_output=True, env=gost.settings())
        accepted.append(done.returncode == 0)
    return accepted


def test_gost_reaches_the_highest_level_and_both_judges_accept_it(
    gost: GostServices, highest: SignedFile, both: SignedFile
) -> None:
    assert (highest.reached, highest.why, highest.revocation) == (
        Level.B_LTA,
        (),
        Revocation.GOOD,
    )
    assert both.reached is Level.B_LTA
    assert both.pdf.startswith(highest.pdf)
    report = verify_pdf(both.pdf, [gost.root], 2)
    assert report.verdict is Verdict.VALID
    assert [one.level for one in report.signatures] == [Level.B_LTA, Level.B_LTA]
    assert openssl_accepts(both.pdf, [gost.root], gost) == [True] * 4


@pytest.mark.parametrize("level", LEVELS[1:3], ids=lambda level: level.value)
def test_each_level_between_is_reached_and_found_again(
    gost: GostServices, doctor: GostPerson, clinic: Clinic, level: Level
) -> None:
    wanted = replace(terms(gost), policy=replace(gost.policy(), level=level))
    signed = certify_with(clinic.prepared, doctor.signer(), STAMP, wanted)
    assert signed.reached is level
    (found,) = verify_pdf(signed.pdf, [gost.root], 1).signatures
    assert found.level is level


def test_a_time_stamp_of_rsa_stands_over_a_gost_signature(
    gost: GostServices, doctor: GostPerson, clinic: Clinic, pki: PkiServer
) -> None:
    known = Terms(pki.policy(), [gost.root, pki.root])
    signed = certify_with(clinic.prepared, doctor.signer(), STAMP, known)
    assert (signed.reached, signed.why) == (Level.B_LTA, ())
    (found,) = verify_pdf(signed.pdf, known.trust_roots, 1).signatures
    assert found.level is Level.B_LTA
    assert openssl_accepts(signed.pdf, known.trust_roots, gost) == [True] * 2


def test_an_approval_by_rsa_stands_beside_the_doctors_gost(
    gost: GostServices, highest: SignedFile, pki: PkiServer
) -> None:
    """And its own time stamp comes from a service that signs with GOST."""
    known = terms(gost, pki.root)
    signed = approve_with(highest.pdf, pki.signer(APPROVER), STAMP, known)
    assert signed.reached is Level.B_LTA
    report = verify_pdf(signed.pdf, known.trust_roots, 2)
    assert report.verdict is Verdict.VALID
    assert [one.level for one in report.signatures] == [Level.B_LTA, Level.B_LTA]
    assert openssl_accepts(signed.pdf, known.trust_roots, gost) == [True] * 4


def test_lists_serve_where_no_answers_can_be_had(
    gost: GostServices, doctor: GostPerson, clinic: Clinic
) -> None:
    gost.has_ocsp = False
    try:
        signed = certify_with(clinic.prepared, doctor.signer(), STAMP, terms(gost))
    finally:
        gost.has_ocsp = True
    assert (signed.reached, signed.revocation) == (Level.B_LTA, Revocation.GOOD)
    (found,) = verify_pdf(signed.pdf, [gost.root], 1).signatures
    assert found.level is Level.B_LTA


def test_a_responder_that_the_authority_excuses_is_believed(
    gost: GostServices, doctor: GostPerson, clinic: Clinic
) -> None:
    """OCSP by a delegate with ocsp-nocheck, as accredited authorities have it; no list is asked."""
    revoked = gost.person("revoked-delegated", "Отозванов Пётр Ильич")
    gost.revoke(revoked)
    gost.is_delegated, gost.has_lists = True, False
    try:
        signed = certify_with(clinic.prepared, doctor.signer(), STAMP, terms(gost))
        with pytest.raises(Revoked):
            certify_with(clinic.prepared, revoked.signer(), STAMP, terms(gost))
    finally:
        gost.is_delegated, gost.has_lists = False, True
    assert (signed.reached, signed.revocation) == (Level.B_LTA, Revocation.GOOD)
    found = survey(signed.pdf)
    assert found.ocsps
    assert not found.crls
    (result,) = verify_pdf(signed.pdf, [gost.root], 1).signatures
    assert (result.verdict, result.level) == (Verdict.VALID, Level.B_LTA)
    assert standing(found, gost) is Standing.GOOD
    assert standing(found, gost, of_responder) is not Standing.GOOD
    assert standing(found, gost, of_answer) is not Standing.GOOD


def of_responder(answer: Any) -> None:
    """Another signature on the responder's certificate."""
    certificate = answer.basic_ocsp_response["certs"][0]
    certificate["signature_value"] = flipped(certificate["signature_value"].native)


def of_answer(answer: Any) -> None:
    """Another signature on the answer."""
    basic = answer.basic_ocsp_response
    basic["signature"] = flipped(basic["signature"].native)


def flipped(data: bytes) -> bytes:
    return bytes([data[0] ^ 1, *data[1:]])


def standing(found: Survey, gost: GostServices, alter: Callable[[Any], None] | None = None) -> Any:
    """Of the signer, by the answers of the file alone, each altered so."""
    answers = [OCSPResponse.load(one.dump()) for one in found.ocsps]
    for answer in answers:
        if alter is not None:
            alter(answer)
    (signer,) = found.signers
    inquiry = Inquiry(
        None,
        [translate_pyca_cryptography_cert_to_asn1(gost.root)],
        datetime.now(UTC),
        checks=GostSignatureValidator(OPENSSL),
        known_ocsps=answers,
    )
    return asyncio.run(inquiry.about(signer.certificate, signer.others)).standing


@pytest.mark.parametrize("has_ocsp", [True, False], ids=["OCSP", "lists"])
def test_a_revoked_gost_certificate_signs_nothing(
    gost: GostServices, clinic: Clinic, has_ocsp: bool
) -> None:
    revoked = gost.person(f"revoked-{has_ocsp}", "Отозванов Пётр Ильич")
    gost.revoke(revoked)
    gost.has_ocsp = has_ocsp
    try:
        with pytest.raises(Revoked):
            certify_with(clinic.prepared, revoked.signer(), STAMP, terms(gost))
    finally:
        gost.has_ocsp = True


def test_no_altered_signature_or_stamp_is_called_valid(
    gost: GostServices, both: SignedFile
) -> None:
    """One digit of each signature and of each stamp over the file, one byte of what all cover."""
    for covered in covered_by_signatures(both.pdf):
        before, _ = covered.spans
        damaged = bytearray(both.pdf)
        place = before.stop + len(covered.cms)
        damaged[place] = ord("1" if damaged[place] != ord("1") else "2")
        assert verify_pdf(bytes(damaged), [gost.root], 2).verdict is not Verdict.VALID, place
    damaged = bytearray(both.pdf)
    damaged[damaged.index(b"/Title") + 12] ^= 1
    assert verify_pdf(bytes(damaged), [gost.root], 2).verdict is not Verdict.VALID


def test_without_a_program_that_knows_gost_the_stamps_are_open_too(
    gost: GostServices, both: SignedFile
) -> None:
    report = verify_pdf(both.pdf, [gost.root], 2, gost=NO_GOST)
    assert report.verdict is Verdict.INDETERMINATE
    assert set(report.all_problems) == {Problem.GOST_UNCHECKED}
