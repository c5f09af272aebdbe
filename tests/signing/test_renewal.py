"""The highest level is kept up: a further time stamp before the last one cannot be checked."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from signing.levels import certify_with, extend
from signing.report import Level, Verdict
from signing.signed_file import Terms
from signing.verify import verify_pdf
from tests.signing.clinic import STAMP, Clinic
from tests.signing.pki import DOCTOR_EC, Fault, PkiServer


def terms(pki: PkiServer, service: str) -> Terms:
    return Terms(replace(pki.policy(), time_services=(service,)), [pki.root])


@pytest.fixture(scope="module")
def ending(clinic: Clinic, pki: PkiServer) -> bytes:
    """B-LTA whose last time stamp ends in four days."""
    signed = certify_with(clinic.prepared, pki.signer(DOCTOR_EC), STAMP, terms(pki, pki.ending_tsa))
    assert signed.reached is Level.B_LTA
    return signed.pdf


def test_last_time_stamp_is_renewed_before_it_ends(pki: PkiServer, ending: bytes) -> None:
    """EN 319 142-1, 5.5: the service's answers go into the file under the new stamp."""
    until = verify_pdf(ending, [pki.root], 1).sealed_until
    renewed = extend(ending, terms(pki, pki.tsa))
    report = verify_pdf(renewed.pdf, [pki.root], 1)
    later = verify_pdf(renewed.pdf, [pki.root], 1, at=datetime.now(UTC) + timedelta(days=30))
    assert until == pki.certificate("tsa-ending").not_valid_after_utc
    assert report.sealed_until == pki.certificate("tsa").not_valid_after_utc
    assert renewed.pdf.startswith(ending)
    assert (renewed.reached, renewed.why) == (Level.B_LTA, ())
    assert (report.verdict, later.verdict) == (Verdict.VALID, Verdict.VALID)
    assert extend(renewed.pdf, terms(pki, pki.tsa)).pdf == renewed.pdf, "once is enough"


def test_stamp_that_lasts_no_longer_is_not_added(pki: PkiServer, ending: bytes) -> None:
    same = extend(ending, terms(pki, pki.ending_tsa))
    assert same.pdf == extend(same.pdf, terms(pki, pki.ending_tsa)).pdf
    sealed = verify_pdf(same.pdf, [pki.root], 1).sealed_until
    assert sealed == pki.certificate("tsa-ending").not_valid_after_utc


def test_service_that_is_silent_leaves_the_file_as_it_is(pki: PkiServer, ending: bytes) -> None:
    with pki.failing(tsa=Fault.CLOSED):
        assert extend(ending, terms(pki, pki.tsa)).pdf == ending
