"""Every refusal is an RFC 9457 problem, and the log keeps quiet about patients."""

import asyncio
import logging
import sys

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from backend.logging_setup import PlaceFormatter
from backend_client.models.common import CLIENT_VERSION_HEADER, OLDEST_CLIENT, ProblemCode
from backend_client.models.server import ServerInfo
from tests.backend.clinic import REQUEST, ClinicMaker, problem, read
from tests.backend.live import live


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


@pytest.mark.parametrize(
    "path",
    [
        *("/api/v1/requests", "/api/v1/sign-in", "/api/v1/audit", "/api/v1/requests/x/claim"),
        *("/patient/api/v1/state", "/p/"),
    ],
)
async def test_options_names_the_methods_of_a_path_to_anybody(
    clinics: ClinicMaker, path: str
) -> None:
    async with clinics.open() as clinic:
        answer = await clinic.client.request("OPTIONS", path)
    assert answer.status_code == 204
    assert {"GET", "POST"} & set(answer.headers["Allow"].split(", "))


@pytest.mark.parametrize(
    "said", [b"NONSENSE\r\n\r\n", b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: abc\r\n\r\n"]
)
async def test_what_is_no_http_is_answered_by_the_server_under_the_application(
    clinics: ClinicMaker, said: bytes
) -> None:
    """docs/decisions/0024: in plain text, and the connection is closed."""
    async with clinics.open() as clinic, live(clinic.app) as address:
        host, _, port = address.partition(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(said)
        answer = await reader.read()
        writer.close()
    head = answer.partition(b"\r\n\r\n")[0].lower()
    assert head.startswith(b"http/1.1 400")
    assert b"content-type: text/plain" in head


async def test_stream_of_an_unknown_path_is_refused_before_it_is_opened(
    clinics: ClinicMaker,
) -> None:
    """docs/decisions/0024"""
    async with clinics.open() as clinic, live(clinic.app) as address:
        with pytest.raises(InvalidStatus) as refused:
            await connect(f"ws://{address}/api/v1/nowhere")
    assert refused.value.response.status_code == 403


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


@pytest.mark.parametrize("version", [OLDEST_CLIENT, "0.2", "7.0.0"])
async def test_client_that_is_new_enough_is_served(clinics: ClinicMaker, version: str) -> None:
    async with clinics.open() as clinic:
        answer = await clinic.nobody.get("/demo-accounts", headers={CLIENT_VERSION_HEADER: version})
    assert answer.status_code == 200


async def test_version_that_is_none_is_refused(clinics: ClinicMaker) -> None:
    async with clinics.open() as clinic:
        answer = await clinic.nobody.get("/demo-accounts", headers={CLIENT_VERSION_HEADER: "new"})
    assert answer.status_code == 400
