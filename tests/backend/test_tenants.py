"""Centres are strangers to each other (OZ-28)."""

from dataclasses import replace

import pytest

from backend_client.models.catalogue import Catalogue
from backend_client.models.common import ProblemCode
from backend_client.models.requests import QueueCounts, QueueGroup
from tests.backend.clinic import REQUEST, ClinicMaker, a_file, document_id, id_of, problem, read

FILE = a_file("ecg")
ONE = id_of("20-0001")
DOCUMENT = document_id("20-0001", FILE)
PATHS = [
    ("GET", f"/requests/{ONE}"),
    ("POST", f"/requests/{ONE}/claim"),
    ("POST", f"/requests/{ONE}/release"),
    ("GET", f"/documents/{DOCUMENT}/content"),
    ("POST", f"/documents/{DOCUMENT}/opened"),
]


@pytest.mark.parametrize(("method", "path"), PATHS)
async def test_other_centres_ids_are_as_unknown_as_made_up_ones(
    clinics: ClinicMaker, method: str, path: str
) -> None:
    """OZ-28"""
    made_up = path.replace(ONE, "made-up").replace(DOCUMENT, "made-up")
    async with clinics.open(replace(REQUEST, files=(FILE,))) as clinic:
        stranger = await clinic.caller("mironova")
        call = stranger.get if method == "GET" else stranger.post
        other, unknown = await call(path), await call(made_up)
    assert problem(other).code is ProblemCode.NOT_FOUND
    assert (other.status_code, other.content) == (unknown.status_code, unknown.content)


async def test_lists_and_counts_hold_ones_own_centre_alone(clinics: ClinicMaker) -> None:
    """OZ-28"""
    theirs = replace(REQUEST, number="30-0001", centre_id="perinatal")
    async with clinics.open(REQUEST, theirs) as clinic:
        stranger = await clinic.caller("mironova")
        rows = (await stranger.page()).items
        counts = read(await stranger.get("/requests/counts"), QueueCounts).counts
    assert [row.number for row in rows] == ["30-0001"]
    assert counts[QueueGroup.ALL] == 1


async def test_catalogue_is_that_of_ones_own_centre(clinics: ClinicMaker) -> None:
    """OZ-28"""
    async with clinics.open() as clinic:
        stranger = await clinic.caller("mironova")
        catalogue = read(await stranger.get("/catalogue"), Catalogue)
    assert catalogue.centre_id == "perinatal"
