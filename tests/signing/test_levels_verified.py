"""What a verification says of time, level and revocation, now and after the certificates' end."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from signing.levels import approve_with, certify_with
from signing.policy import Policy
from signing.report import Level, Problem, Verdict
from signing.signed_file import SignedFile, Terms
from signing.verify import verify_pdf
from tests.signing import attacks
from tests.signing.byte_ranges import covered_by_signatures
from tests.signing.clinic import STAMP, Clinic
from tests.signing.pki import APPROVER, PkiServer

FLIPS = 15
"""A thousand are in benchmarks/signing/flips.py."""
TWO_YEARS = timedelta(days=730)
LEVELS = [Level.B_B, Level.B_T, Level.B_LT, Level.B_LTA]


def signed_at(pki: PkiServer, clinic: Clinic, level: Level) -> SignedFile:
    policy = Policy(level=level, time_services=(pki.tsa,), timeout=30.0)
    return certify_with(clinic.prepared, pki.signer(), STAMP, Terms(policy, [pki.root]))


@pytest.fixture(scope="module")
def files(pki: PkiServer, clinic: Clinic) -> dict[Level, bytes]:
    return {level: signed_at(pki, clinic, level).pdf for level in LEVELS}


@pytest.mark.parametrize("level", LEVELS, ids=lambda level: level.value)
def test_the_level_that_was_reached_is_the_level_that_is_verified(
    files: dict[Level, bytes], pki: PkiServer, level: Level
) -> None:
    report = verify_pdf(files[level], [pki.root], 1)
    assert report.verdict is Verdict.VALID
    assert report.signatures[0].level is level


def test_a_time_stamped_signature_outlives_its_certificate(
    files: dict[Level, bytes], pki: PkiServer
) -> None:
    """In two years the doctor's certificate has ended; the time stamps' have not."""
    later = datetime.now(UTC) + TWO_YEARS
    alone = verify_pdf(files[Level.B_B], [pki.root], 1, at=later)
    assert alone.verdict is Verdict.INDETERMINATE
    assert alone.all_problems == (Problem.EXPIRED,)
    kept = verify_pdf(files[Level.B_LTA], [pki.root], 1, at=later)
    assert kept.verdict is Verdict.VALID, kept.all_problems
    assert kept.signatures[0].level is Level.B_LTA


def test_no_flipped_bit_of_two_sealed_signatures_goes_unseen(
    files: dict[Level, bytes], pki: PkiServer
) -> None:
    """Anywhere in what the last time stamp covers: text, both signatures, stamps, answers."""
    policy = Policy(level=Level.B_LTA, time_services=(pki.tsa,), timeout=30.0)
    terms = Terms(policy, [pki.root])
    sealed = approve_with(files[Level.B_LTA], pki.signer(APPROVER), STAMP, terms).pdf
    report = verify_pdf(sealed, [pki.root], 2)
    assert report.verdict is Verdict.VALID
    assert {one.level for one in report.signatures} == {Level.B_LTA}
    chance = random.Random(20_4817)
    places = [place for span in covered_by_signatures(sealed)[-1].spans for place in span]
    for _ in range(FLIPS):
        place, bit = chance.choice(places), chance.randrange(8)
        damaged = bytearray(sealed)
        damaged[place] ^= 1 << bit
        assert verify_pdf(bytes(damaged), [pki.root], 2).verdict is not Verdict.VALID, (place, bit)


def test_what_comes_after_the_seal_is_seen(files: dict[Level, bytes], pki: PkiServer) -> None:
    def write(writer: IncrementalPdfFileWriter) -> None:
        reference, page = attacks.first_page(writer)
        page[pdf_name("/Shadow")] = pdf_string("x")
        writer.mark_update(reference)

    report = verify_pdf(attacks.updated(files[Level.B_LTA], write), [pki.root], 1)
    assert report.verdict is Verdict.INVALID
    assert Problem.CHANGED_AFTER in report.problems


def test_a_seal_that_is_taken_off_lowers_the_level(
    files: dict[Level, bytes], pki: PkiServer
) -> None:
    sealed = files[Level.B_LTA]
    before = sealed[: sealed[:-6].rindex(b"%%EOF") + 6]
    report = verify_pdf(before, [pki.root], 1)
    assert report.signatures[0].level is not Level.B_LTA
