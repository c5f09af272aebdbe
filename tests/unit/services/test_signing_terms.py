"""The centre's policy on its way from the catalogue to a signature."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from backend_client.models.catalogue import SigningLevel, SigningPolicy
from signing.certificates import Person
from signing.errors import BadPolicy
from signing.policy import Policy
from signing.report import Level
from tests.unit.services.conclusion_house import DOCTOR, FORM, ONE, make_house
from workstation.services.certificates import DemoCertificates
from workstation.services.signing_terms import signing_terms, wanted_level

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
SERVICE = "http://tsa.example.org/tsp"


@pytest.fixture
def certificates(tmp_path: Path) -> DemoCertificates:
    return DemoCertificates(tmp_path / "trust-roots", lambda: NOW)


async def test_what_the_catalogue_says_is_what_is_signed_by(certificates: DemoCertificates) -> None:
    said = SigningPolicy(
        level=SigningLevel.B_LT,
        at_least=SigningLevel.B_T,
        time_services=[SERVICE],
        timeout_seconds=3,
        must_know_revocation=True,
    )
    terms = await signing_terms(certificates, DOCTOR, said, NOW)
    assert terms.policy == Policy(Level.B_LT, Level.B_T, (SERVICE,), 3.0, must_know_revocation=True)
    assert (terms.person, terms.at) == (Person(DOCTOR.full_name), NOW)


async def test_a_catalogue_that_says_nothing_wants_the_highest(
    certificates: DemoCertificates,
) -> None:
    assert (await signing_terms(certificates, DOCTOR, None, NOW)).policy == Policy()
    assert (await signing_terms(certificates, DOCTOR, SigningPolicy(), NOW)).policy == Policy()


async def test_a_level_of_a_newer_server_is_no_level_here(certificates: DemoCertificates) -> None:
    with pytest.raises(BadPolicy):
        await signing_terms(certificates, DOCTOR, SigningPolicy(level=SigningLevel.UNKNOWN), NOW)


def test_what_is_shown_before_signing_is_what_can_be_reached() -> None:
    assert wanted_level(None) == "PAdES B-B"
    assert wanted_level(SigningPolicy(time_services=[SERVICE])) == "PAdES B-LTA"


async def test_the_doctors_service_knows_how_high_its_signature_reached(tmp_path: Path) -> None:
    house = make_house(tmp_path)
    assert house.doctor.level(ONE) is None
    await house.doctor.save(ONE, 0, FORM)
    await house.doctor.sign(await house.doctor.preview(await house.doctor.open(ONE)), house.pin)
    reached = house.doctor.level(ONE)
    assert reached is not None
    assert (reached.reached, reached.can_be_lifted) == (Level.B_B, True)
