"""Signatures checked for real, each file in a process of its own."""

from pathlib import Path

import pytest

from backend.conclusions.process_checker import ProcessChecker
from backend.problems import Refused
from signing.demo_pki import DemoAuthority
from tests.signing.clinic import Clinic, make_clinic


@pytest.fixture(scope="module")
def papers() -> Clinic:
    return make_clinic()


def roots(folder: Path, authority: DemoAuthority) -> Path:
    (folder / "root.pem").write_bytes(authority.root_pem)
    return folder


async def test_both_signatures_are_checked_and_counted(papers: Clinic, tmp_path: Path) -> None:
    checker = ProcessChecker(roots(tmp_path, papers.authority))
    assert (await checker.check(papers.certified, 1)).is_good
    assert (await checker.check(papers.approved, 2)).is_good
    cut_off = await checker.check(papers.certified, 2)
    assert (cut_off.is_good, cut_off.reason) == (False, "wrong_signer_count")
    assert papers.approved.startswith(papers.certified)


@pytest.mark.parametrize("pdf", [b"", b"%PDF-1.7 and nothing more"])
async def test_file_that_cannot_be_read_is_not_good(
    papers: Clinic, tmp_path: Path, pdf: bytes
) -> None:
    verdict = await ProcessChecker(roots(tmp_path, papers.authority)).check(pdf, 1)
    assert (verdict.is_good, verdict.reason) == (False, "unreadable")


async def test_root_that_nobody_trusts_is_not_good(papers: Clinic, tmp_path: Path) -> None:
    verdict = await ProcessChecker(tmp_path).check(papers.certified, 1)
    assert not verdict.is_good


async def test_check_that_takes_too_long_is_given_up(papers: Clinic, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        await ProcessChecker(tmp_path, seconds=0).check(papers.certified, 1)
    assert refused.value.problem.status == 503
