"""A client that leaves in the middle of its request: nothing is done, and it is nobody's fault."""

import logging
from typing import cast

import pytest
from litestar.types import HTTPReceiveMessage, Message, Scope

from backend_client.models.common import API_PREFIX
from backend_client.models.patient import PATIENT_PREFIX
from backend_client.models.requests import RequestStatus
from tests.backend.clinic import REQUEST, Caller, Clinic, ClinicMaker, PatientCaller, id_of

MINE = id_of("20-0001")
HALF = b'{"version": 1, "note'


async def leave(clinic: Clinic, path: str, headers: dict[str, str], sent: bytes) -> int:
    """Posts what was `sent` of the body and closes the connection; the status nobody hears."""
    came: list[HTTPReceiveMessage] = [{"type": "http.disconnect"}]
    if sent:
        came.insert(0, {"type": "http.request", "body": sent, "more_body": True})
    answered: list[int] = []

    async def receive() -> HTTPReceiveMessage:
        return came.pop(0) if len(came) > 1 else came[0]

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            answered.append(message["status"])

    await clinic.app(_post(path, headers), receive, send)
    return answered[0]


def _post(path: str, headers: dict[str, str]) -> Scope:
    """As a server hands it over."""
    named = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [*named, (b"host", b"server"), (b"content-length", b"200")],
        "client": ("127.0.0.1", 50000),
        "server": ("server", 80),
    }
    return cast("Scope", scope)


def told(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What the server's log has above the level of what is usual."""
    return [
        one.getMessage()
        for one in caplog.records
        if one.levelno > logging.INFO and one.name.startswith(("backend", "litestar", "uvicorn"))
    ]


async def holder(clinic: Clinic) -> Caller:
    """The doctor who has claimed the request."""
    caller = await clinic.caller()
    assert (await caller.post(f"/requests/{MINE}/claim")).is_success
    return caller


@pytest.mark.parametrize("sent", [b"", HALF], ids=["before the body", "in the body"])
@pytest.mark.parametrize("action", ["heartbeat", "release", "decline"])
async def test_a_doctor_who_is_gone_is_no_fault(
    clinics: ClinicMaker, caplog: pytest.LogCaptureFixture, action: str, sent: bytes
) -> None:
    caplog.set_level(logging.INFO)
    async with clinics.open(REQUEST) as clinic:
        caller = await holder(clinic)
        path = f"{API_PREFIX}/requests/{MINE}/{action}"
        assert await leave(clinic, path, caller.headers, sent) == 400
        assert told(caplog) == []
        assert "left in the middle" in caplog.text
        (row,) = (await caller.page()).items
        assert (row.status, row.owner is not None) == (RequestStatus.CLAIMED, True)
        assert (await caller.post(f"/requests/{MINE}/heartbeat")).is_success


async def test_a_patient_who_is_gone_is_no_fault(
    clinics: ClinicMaker, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with clinics.open(REQUEST) as clinic:
        patient: PatientCaller = await clinic.patient(await holder(clinic), MINE)
        path = f"{PATIENT_PREFIX}/messages"
        assert await leave(clinic, path, patient.headers, b'{"text": "') == 400
    assert told(caplog) == []


async def test_a_fault_of_ours_is_one_still(
    clinics: ClinicMaker, caplog: pytest.LogCaptureFixture
) -> None:
    async with clinics.open(REQUEST) as clinic:
        caller = await holder(clinic)
        clinic.app.state.parts = None
        answer = await caller.post(f"/requests/{MINE}/heartbeat")
    assert answer.status_code == 500
    assert any("fault" in one for one in told(caplog))
