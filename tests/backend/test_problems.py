"""Every refusal is an RFC 9457 problem, and the log keeps quiet about patients."""

import logging
import sys

import pytest

from backend.logging_setup import PlaceFormatter
from backend_client.models.common import CLIENT_VERSION_HEADER, ProblemCode
from backend_client.models.server import ServerInfo
from tests.backend.clinic import REQUEST, ClinicMaker, problem, read


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/nowhere", ProblemCode.NOT_FOUND),
        ("/requests", ProblemCode.NOT_SIGNED_IN),
        ("/requests/x", ProblemCode.NOT_SIGNED_IN),
        ("/documents/x/content", ProblemCode.NOT_SIGNED_IN),
        ("/sign-in", ProblemCode.INVALID),
        ("/requests/x/claim", ProblemCode.INVALID),
    ],
)
async def test_refusals_are_problems(clinics: ClinicMaker, path: str, code: ProblemCode) -> None:
    async with clinics.open() as clinic:
        assert problem(await clinic.nobody.get(path)).code is code


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"login": 1, "password": "x"}', b"\xff"])
async def test_bodies_that_do_not_fit_are_problems(clinics: ClinicMaker, body: bytes) -> None:
    async with clinics.open() as clinic:
        answer = await clinic.client.post("/api/v1/sign-in", content=body)
    assert answer.status_code == 400
    assert problem(answer).code is ProblemCode.INVALID


async def test_body_that_is_too_large_is_refused(clinics: ClinicMaker) -> None:
    async with clinics.open() as clinic:
        body = b'{"login": "' + b"x" * 2_000_000 + b'"}'
        answer = await clinic.client.post("/api/v1/sign-in", content=body)
    assert answer.status_code == 413
    problem(answer)


async def test_fault_is_a_problem_and_its_log_has_no_values(
    clinics: ClinicMaker, caplog: pytest.LogCaptureFixture
) -> None:
    async with clinics.open(REQUEST) as clinic:
        caller = await clinic.caller()
        clinic.app.state.parts = None
        answer = await caller.get("/requests")
    assert answer.status_code == 500
    assert problem(answer).code is ProblemCode.INTERNAL
    assert "AttributeError" in caplog.text
    assert "NoneType" not in caplog.text


def test_log_names_an_exceptions_kind_and_place_and_not_its_text() -> None:
    try:
        raise ValueError("Верещагин")
    except ValueError:
        record = logging.LogRecord("x", 40, __file__, 1, "failed", None, sys.exc_info())
    text = PlaceFormatter().format(record)
    assert "ValueError" in text
    assert "test_problems.py" in text
    assert text.count("Верещагин") == 1  # the source line that the traceback quotes


async def test_older_client_is_told_to_update_and_may_still_ask_the_version(
    clinics: ClinicMaker,
) -> None:
    async with clinics.open() as clinic:
        old = {CLIENT_VERSION_HEADER: "0.0.9"}
        for path in ("/requests", "/demo-accounts"):
            answer = await clinic.nobody.get(path, headers=old)
            assert answer.status_code == 426
            assert problem(answer).code is ProblemCode.CLIENT_TOO_OLD
        read(await clinic.nobody.get("/server", headers=old), ServerInfo)


@pytest.mark.parametrize("version", ["0.1.0", "0.1", "7.0.0"])
async def test_client_that_is_new_enough_is_served(clinics: ClinicMaker, version: str) -> None:
    async with clinics.open() as clinic:
        answer = await clinic.nobody.get("/demo-accounts", headers={CLIENT_VERSION_HEADER: version})
    assert answer.status_code == 200


async def test_version_that_is_none_is_refused(clinics: ClinicMaker) -> None:
    async with clinics.open() as clinic:
        answer = await clinic.nobody.get("/demo-accounts", headers={CLIENT_VERSION_HEADER: "new"})
    assert answer.status_code == 400
