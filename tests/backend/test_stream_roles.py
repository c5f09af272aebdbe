"""Both WebSockets by every role, of the own centre and of another (OZ-28)."""

from pathlib import Path

import msgspec
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from backend.settings import Settings
from backend_client.models.common import API_PREFIX
from backend_client.models.patient import PATIENT_PREFIX, StreamGreeting
from tests.backend.clinic import REQUEST, Clinic, ClinicMaker, demo_of, id_of
from tests.backend.live import hello, live, patients_stream, subscribed
from tests.backend.operations import ACCOUNTS, STREAMS
from tests.backend.world import EVERYBODY, LINK, LOGINS, NOBODY, STRANGERS, clinic_maker

NOT_KNOWN, MAY_NOT = 4401, 4403
ADDRESSES = {"events": f"{API_PREFIX}/events", "patient_events": f"{PATIENT_PREFIX}/events"}
ONE = id_of("20-0001")
DEMO = demo_of((REQUEST,), (*EVERYBODY, *STRANGERS))


@pytest.fixture
def clinics(settings: Settings, tmp_path: Path) -> ClinicMaker:
    return clinic_maker(settings, tmp_path)


async def token_of(clinic: Clinic, who: str) -> str:
    """What the role has to show."""
    if who == NOBODY:
        return "nothing"
    if who == LINK:
        return (await clinic.patient(await clinic.caller(), ONE)).token
    login = next((login for role, login in LOGINS.items() if role == who), who)
    return (await clinic.sign_in(login)).access_token


async def opened(address: str, name: str, token: str) -> int:
    """How the stream answers who shows this token as both of them ask: 0, or why it closes."""
    headers = {"Authorization": f"Bearer {token}"}
    async with connect(f"ws://{address}{ADDRESSES[name]}", additional_headers=headers) as stream:
        greeting = msgspec.json.encode(StreamGreeting(token=token)).decode()
        try:
            await stream.send(greeting)
            await hello(stream)
        except ConnectionClosed:
            return stream.close_code or 1
    return 0


@pytest.mark.parametrize("name", STREAMS)
async def test_every_role_at_every_stream(clinics: ClinicMaker, name: str) -> None:
    async with clinics.open_demo(DEMO) as clinic, live(clinic.app) as address:
        wrong = []
        for who in (*ACCOUNTS, *(f"their_{role}" for role in ACCOUNTS), LINK, NOBODY):
            code = await opened(address, name, await token_of(clinic, who))
            known = name == "events" and who not in (LINK, NOBODY)
            expected = MAY_NOT if known else NOT_KNOWN
            if code != (0 if who.removeprefix("their_") in STREAMS[name] else expected):
                wrong.append(f"{name} as {who}: {code}")
    assert wrong == []


async def test_stream_of_another_centre_is_told_nothing_of_this_one(clinics: ClinicMaker) -> None:
    """OZ-28: its numbers do not even grow."""
    async with clinics.open_demo(DEMO) as clinic, live(clinic.app) as address:
        theirs = await clinic.caller("their_clinic_admin")
        async with subscribed(address, theirs.headers) as before:
            first = (await hello(before)).seq
        assert (await (await clinic.caller()).post(f"/requests/{ONE}/claim")).is_success
        async with subscribed(address, theirs.headers, since=first) as after:
            second = await hello(after)
    assert (second.seq, second.resumed) == (first, True)


async def test_patients_stream_is_not_opened_by_a_session(clinics: ClinicMaker) -> None:
    async with clinics.open_demo(DEMO) as clinic, live(clinic.app) as address:
        token = (await clinic.sign_in("patient")).access_token
        async with patients_stream(address, token) as stream:
            assert await closed(stream) == NOT_KNOWN


async def closed(stream: ClientConnection) -> int | None:
    with pytest.raises(ConnectionClosed):
        await stream.recv()
    return stream.close_code
