"""Nothing that is appended without a person's key passes for approved or signed (SOK-8, SPB-21)."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from backend.conclusions.signatures import Signer
from backend.conclusions.verify_process import verdict_of
from signing.fields import APPROVER
from signing.levels import approve_with, certify_with, extend
from signing.policy import Policy
from signing.report import LaterChange, Level, SignatureReport, Verdict
from signing.signed_file import Terms, Why
from signing.verify import verify_pdf
from tests.signing import unsigned_revisions as later
from tests.signing.byte_ranges import covered_by_signatures
from tests.signing.clinic import STAMP, Clinic
from tests.signing.pki import APPROVER as APPROVING
from tests.signing.pki import DOCTOR_EC, Fault, PkiServer

Files = dict[Level, bytes]
LEVELS = [Level.B_B, Level.B_LTA]


@pytest.fixture(scope="module")
def files(pki: PkiServer, clinic: Clinic) -> Files:
    """The doctor's paper at the lowest and at the highest level; the approver's field is empty."""
    signer = pki.signer(DOCTOR_EC)
    return {
        level: certify_with(
            clinic.prepared,
            signer,
            STAMP,
            Terms(Policy(level, time_services=(pki.tsa,)), [pki.root]),
        ).pdf
        for level in LEVELS
    }


@pytest.fixture(scope="module")
def roots(pki: PkiServer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As the server has them."""
    folder = tmp_path_factory.mktemp("roots")
    (folder / "root.pem").write_bytes(pki.root.public_bytes(Encoding.PEM))
    return folder


def refused(pdf: bytes, pki: PkiServer, roots: Path) -> SignatureReport:
    """By the window and the command line, and by the server's worker."""
    assert not verdict_of(pdf, roots, [Signer("Левашова Марина Олеговна")]).is_good
    return invalid(pdf, pki)


def invalid(pdf: bytes, pki: PkiServer) -> SignatureReport:
    report = verify_pdf(pdf, [pki.root], 1)
    assert report.verdict is Verdict.INVALID
    return report


@pytest.mark.parametrize("level", LEVELS, ids=lambda level: level.value)
def test_nobody_draws_a_stamp_of_approval_under_a_time_stamp(
    files: Files, pki: PkiServer, roots: Path, level: Level
) -> None:
    """The field is empty and may be filled in; a time stamp in it is nobody's approval."""
    drawn = later.stamped(files[level], APPROVER, later.token_of(pki.tsa), later.draw_over)
    report = refused(drawn, pki, roots)
    assert report.signatures[0].changed_after is LaterChange.FORBIDDEN
    assert report.signatures[0].edits
    invalid(later.stamped(files[level], APPROVER, later.token_of(pki.tsa)), pki)


@pytest.mark.parametrize("level", LEVELS, ids=lambda level: level.value)
def test_what_is_neither_signature_nor_time_stamp_covers_nothing(
    files: Files, pki: PkiServer, roots: Path, level: Level
) -> None:
    """pyHanko lists it among neither: nobody would judge it, and it stood for the whole file."""
    copied = covered_by_signatures(files[level])[0].cms
    for token in (lambda _: copied, later.token_of(pki.tsa)):
        refused(later.stamped(files[level], APPROVER, token, later.draw_over, "Foo"), pki, roots)


@pytest.mark.parametrize("draw", [later.draw_over, later.spread], ids=["drawn", "spread"])
def test_a_time_stamp_of_ones_own_draws_nothing(
    files: Files, pki: PkiServer, draw: later.Edit
) -> None:
    for pdf in files.values():
        invalid(later.stamped(pdf, "Later", later.token_of(pki.tsa), draw), pki)


@pytest.mark.parametrize("change", later.PLAIN.values(), ids=later.PLAIN.keys())
def test_what_the_document_says_of_itself_stays(
    files: Files, pki: PkiServer, change: later.Change
) -> None:
    for pdf in files.values():
        invalid(later.rearranged(pdf, change), pki)


def test_a_true_time_stamp_makes_no_change_good(files: Files, pki: PkiServer, roots: Path) -> None:
    retitled = later.rearranged(files[Level.B_LTA], later.retitle)
    refused(later.stamped(retitled, "Later", later.token_of(pki.tsa)), pki, roots)


def test_honest_upkeep_stays_valid(files: Files, pki: PkiServer) -> None:
    """As other programs write it: with dates of their own and an appearance that is empty."""
    for pdf in files.values():
        kept = later.rearranged(pdf, later.redate)
        kept = later.stamped(kept, "Later", later.token_of(pki.tsa), later.draw_nothing)
        kept = later.rearranged(kept, later.spare)
        report = verify_pdf(kept, [pki.root], 1)
        assert report.verdict is Verdict.VALID, report.all_problems
        assert report.signatures[0].changed_after is not LaterChange.FORBIDDEN


def test_an_approval_without_answers_of_its_own_is_valid_beside_those_of_the_doctor(
    files: Files, pki: PkiServer, roots: Path
) -> None:
    """OCSP is down when the approver signs; the file holds the doctor's fresh answers.

    They are not about the approver, who is not known to be in good standing; untrusted is neither.
    """
    terms = Terms(pki.policy(), [pki.root])
    with pki.failing(ocsp=Fault.CLOSED, crls=Fault.CLOSED):
        approved = approve_with(files[Level.B_LTA], pki.signer(APPROVING), STAMP, terms)
    assert approved.why == (Why.REVOCATION_UNREACHABLE,)
    report = verify_pdf(approved.pdf, [pki.root], 2)
    assert report.verdict is Verdict.VALID, report.all_problems
    assert [one.level for one in report.signatures] == [Level.B_LTA, Level.B_T]
    verdict = verdict_of(approved.pdf, roots, [None, None])
    assert (verdict.is_good, verdict.level) == (True, "B-T")
    assert extend(approved.pdf, terms).reached is Level.B_LTA
