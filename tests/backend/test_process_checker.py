"""Signatures checked for real, each file in a process of its own."""

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from backend.conclusions.process_checker import ProcessChecker
from backend.conclusions.signatures import Signer
from backend.conclusions.verify_process import verdict_of
from backend.problems import Refused
from signing.demo_pki import DemoAuthority
from signing.fields import prepare_fields
from signing.levels import certify_with, extend
from signing.policy import Policy
from signing.signed_file import Terms
from tests.signing.attacks import countersigned
from tests.signing.clinic import STAMP, Clinic, make_clinic
from tests.signing.pki import PkiServer

DOCTOR = Signer("Левашова Марина Олеговна", "11223344595")
HEAD = Signer("Бережной Илья Петрович")


@pytest.fixture(scope="module")
def papers() -> Clinic:
    return make_clinic()


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PkiServer]:
    with PkiServer(tmp_path_factory.mktemp("pki")) as server:
        yield server


@pytest.fixture
def trusted(papers: Clinic, tmp_path: Path) -> Path:
    return roots(tmp_path, papers.authority)


def roots(folder: Path, authority: DemoAuthority) -> Path:
    (folder / "root.pem").write_bytes(authority.root_pem)
    return folder


async def test_both_signatures_are_checked_and_counted(papers: Clinic, trusted: Path) -> None:
    checker = ProcessChecker(trusted)
    both = await checker.check(papers.approved, [DOCTOR, HEAD])
    assert (both.is_good, both.reason, both.level) == (True, "", "B-B")
    assert len(set(both.certificates)) == 2
    cut_off = await checker.check(papers.certified, [DOCTOR, HEAD])
    assert (cut_off.is_good, cut_off.reason) == (False, "wrong_signer_count")
    assert papers.approved.startswith(papers.certified)


def test_whatever_is_added_it_is_the_document_that_the_doctor_has_signed(
    papers: Clinic, trusted: Path
) -> None:
    one, two = (
        verdict_of(papers.certified, trusted, [DOCTOR]),
        verdict_of(papers.approved, trusted, [DOCTOR, HEAD]),
    )
    assert one.doctor_sha256 == hashlib.sha256(papers.certified).hexdigest()
    assert two.doctor_sha256 == one.doctor_sha256
    assert two.certificates[:1] == one.certificates


@pytest.mark.parametrize(
    ("signers", "reason"),
    [
        ([Signer("Зимина Анна Романовна")], "wrong_person"),
        ([Signer(DOCTOR.full_name, "08765430300")], "wrong_person"),
        ([Signer("ЛЕВАШОВА  Марина Олеговна")], ""),
        ([None], ""),
    ],
    ids=["another name", "another SNILS", "no SNILS is known", "looked at before"],
)
def test_certificate_is_that_of_the_account(
    papers: Clinic, trusted: Path, signers: list[Signer | None], reason: str
) -> None:
    verdict = verdict_of(papers.certified, trusted, signers)
    assert (verdict.is_good, verdict.reason) == (not reason, reason)


def test_doctors_own_certificate_approves_nothing(papers: Clinic, trusted: Path) -> None:
    """DRC-13: whoever approves is not who has signed."""
    for signers in ([DOCTOR, DOCTOR], [HEAD, HEAD], [HEAD, DOCTOR]):
        assert verdict_of(papers.approved, trusted, signers).reason == "wrong_person"


@pytest.mark.parametrize("pdf", [b"", b"%PDF-1.7 and nothing more"])
async def test_file_that_cannot_be_read_is_not_good(trusted: Path, pdf: bytes) -> None:
    verdict = await ProcessChecker(trusted).check(pdf, [DOCTOR])
    assert (verdict.is_good, verdict.reason) == (False, "unreadable")


def test_doctors_signature_that_fixes_nothing_is_not_taken(papers: Clinic, trusted: Path) -> None:
    """A true signature of the right person, in the other field and without DocMDP."""
    verdict = verdict_of(countersigned(papers.prepared, papers.doctor), trusted, [DOCTOR])
    assert (verdict.is_good, verdict.reason) == (False, "not_certified")


def test_root_that_nobody_trusts_is_not_good(papers: Clinic, tmp_path: Path) -> None:
    assert not verdict_of(papers.certified, tmp_path, [DOCTOR]).is_good


async def test_check_that_takes_too_long_is_given_up(papers: Clinic, tmp_path: Path) -> None:
    """The client hears that it may ask again."""
    with pytest.raises(Refused) as refused:
        await ProcessChecker(tmp_path, seconds=0).check(papers.certified, [DOCTOR])
    assert refused.value.problem.status == 503


async def test_process_that_was_killed_is_started_again(papers: Clinic, trusted: Path) -> None:
    """As where the system takes its memory: the first ends by SIGKILL, the next one answers."""
    dies_once = (
        "import os, pathlib, runpy, sys;"
        "mark = pathlib.Path(sys.argv[1], 'killed');"
        "mark.exists() or (mark.touch(), os.kill(os.getpid(), 9));"
        "runpy.run_module('backend.conclusions.verify_process', run_name='__main__')"
    )
    command = (sys.executable, "-c", dies_once)
    assert (
        await ProcessChecker(trusted, command=command).check(papers.certified, [DOCTOR])
    ).is_good


@pytest.mark.parametrize(
    "hostile",
    ["bytes(3 << 30)", "import os; os.kill(os.getpid(), 24)", "print('rubbish'); 1 / 0"],
    ids=["eats memory", "eats time", "talks"],
)
async def test_file_that_ends_its_process_is_unreadable_and_the_next_one_is_checked(
    papers: Clinic, trusted: Path, hostile: str
) -> None:
    lived = "from backend.conclusions.verify_process import _confine; _confine(); " + hostile
    checker = ProcessChecker(trusted, command=(sys.executable, "-c", lived))
    if "rubbish" in hostile:
        with pytest.raises(Refused):
            await checker.check(papers.certified, [DOCTOR])
        return
    verdict = await checker.check(papers.certified, [DOCTOR])
    assert (verdict.is_good, verdict.reason) == (False, "unreadable")


def test_signature_that_was_made_offline_is_lifted_and_stays_the_same(
    pki: PkiServer, papers: Clinic, tmp_path: Path
) -> None:
    """OZ-22: B-B becomes B-LTA; the server sees the same signature, and until when it is proven."""
    (tmp_path / "root.pem").write_bytes(pki.root.public_bytes(Encoding.PEM))
    offline = Terms(Policy(), [pki.root])
    signed = certify_with(prepare_fields(papers.previewed), pki.signer(), STAMP, offline).pdf
    lifted = extend(signed, Terms(pki.policy(), [pki.root])).pdf
    doctor = Signer("Левашова Марина Олеговна")
    was, now = verdict_of(signed, tmp_path, [doctor]), verdict_of(lifted, tmp_path, [doctor])
    assert (was.is_good, was.level, was.sealed_until) == (True, "B-B", None)
    assert (now.is_good, now.level) == (True, "B-LTA")
    assert (now.certificates, now.doctor_sha256) == (was.certificates, was.doctor_sha256)
    assert now.sealed_until == pki.certificate("tsa").not_valid_after_utc
