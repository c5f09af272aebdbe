"""Ids that look like paths lead nowhere; names of files: test_uploads.py."""

import pytest

from tests.backend.clinic import REQUEST, ClinicMaker, problem

TRICKS = [
    "..%2F..%2Fbackend.db",
    "%2e%2e%2f%2e%2e%2fbackend.db",
    "..%5C..%5Cbackend.db",
    "..%252F..%252Fbackend.db",
    "%2Fetc%2Fpasswd",
    "x%00.pdf",
    "file:%2F%2F%2Fetc%2Fpasswd",
]
ROUTES = ["/documents/{}/content", "/documents/{}/link", "/requests/{}", "/uploads/{}"]


@pytest.mark.parametrize("trick", TRICKS)
async def test_ids_that_are_paths_are_no_ids(clinics: ClinicMaker, trick: str) -> None:
    async with clinics.open(REQUEST) as clinic:
        caller = await clinic.caller()
        for route in ROUTES:
            answer = await caller.get(route.format(trick))
            assert answer.status_code in (400, 404), route
            problem(answer)
        page = await clinic.client.get(f"/p/{trick}")
        assert page.status_code == 404
