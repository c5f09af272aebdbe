"""TURN for a call: credentials that end, for the doctor and for the patient, from one secret."""

import base64
import hashlib
import hmac
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from backend.calls.turn_environment import turn_settings
from backend.settings import CannotStart, Settings, TurnSettings
from backend_client.models.relays import IceServers
from tests.backend.clinic import REQUEST, Clinic, ClinicMaker, id_of, read
from tests.backend.world import clinic_maker

URLS = ("turn:turn.example:3478?transport=udp", "turns:turn.example:443?transport=tcp")
SECRET = "made up for a test"
TURN = TurnSettings(URLS, SECRET, 3600)
ONE = id_of(REQUEST.number)


@pytest.fixture
def clinics(settings: Settings, tmp_path: Path) -> ClinicMaker:
    return clinic_maker(replace(settings, turn=TURN), tmp_path)


async def doctors(clinic: Clinic, login: str = "levashova") -> IceServers:
    return read(await (await clinic.caller(login)).get("/ice-servers"), IceServers)


def password(name: str) -> str:
    """As coturn computes it from the name that it is shown."""
    return base64.b64encode(
        hmac.new(SECRET.encode(), name.encode(), hashlib.sha1).digest()
    ).decode()


async def test_doctor_and_patient_get_credentials_that_a_turn_server_takes(
    clinics: ClinicMaker,
) -> None:
    """draft-uberti-behave-turn-rest-00, section 2.2."""
    async with clinics.open(REQUEST) as clinic:
        now = clinic.clock()
        doctor = await doctors(clinic)
        page = await clinic.patient(await clinic.caller(), ONE)
        patient = read(await page.get("/ice-servers"), IceServers)
        clinic.clock.advance(minutes=10)
        later = await doctors(clinic)
        other = await doctors(clinic, "orlov")
    for given in (doctor, patient, later, other):
        (server,) = given.servers
        assert tuple(server.urls) == URLS
        assert server.credential == password(server.username)
        assert given.expires_at is not None
        assert server.username.startswith(f"{int(given.expires_at.timestamp())}:")
    assert doctor.expires_at == now.replace(microsecond=0) + timedelta(hours=1)
    assert later.expires_at == doctor.expires_at + timedelta(minutes=10)
    ids = [one.servers[0].username.split(":")[1] for one in (doctor, patient, later, other)]
    assert ids[0] == ids[2]
    assert len(set(ids)) == 3


async def test_nothing_of_who_asks_is_told_to_the_turn_server(clinics: ClinicMaker) -> None:
    """OZ-28: its log is not the clinic's."""
    async with clinics.open(REQUEST) as clinic:
        page = await clinic.patient(await clinic.caller(), ONE)
        answer = await page.get("/ice-servers")
    assert ONE not in answer.text
    assert SECRET not in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert SECRET not in repr(TURN)


async def test_without_turn_servers_there_is_nothing_to_use(
    settings: Settings, tmp_path: Path
) -> None:
    async with clinic_maker(settings, tmp_path).open(REQUEST) as clinic:
        assert await doctors(clinic) == IceServers(servers=[])


def test_servers_and_secret_come_from_the_environment(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text(f"{SECRET}\n", encoding="utf-8")
    given = {"TELEMED_TURN_URLS": f"{URLS[0]}, {URLS[1]}", "TELEMED_TURN_SECRET_FILE": str(secret)}
    assert turn_settings(given) == TurnSettings(URLS, SECRET, 4 * 3600)
    assert turn_settings(given | {"TELEMED_TURN_SECONDS": "1800"}) == TurnSettings(
        URLS, SECRET, 1800
    )
    assert turn_settings({}) is None


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"TELEMED_TURN_SECRET": ""}, "TELEMED_TURN_SECRET"),
        ({"TELEMED_TURN_SECRET_FILE": "/no/such/file"}, "TELEMED_TURN_SECRET_FILE"),
        ({"TELEMED_TURN_URLS": "turn.example"}, "TELEMED_TURN_URLS"),
        ({"TELEMED_TURN_URLS": "turn:a b?transport=udp"}, "TELEMED_TURN_URLS"),
        ({"TELEMED_TURN_URLS": "turns:a?transport=udp"}, "TELEMED_TURN_URLS"),
        ({"TELEMED_TURN_URLS": " ".join([URLS[0]] * 13)}, "TELEMED_TURN_URLS"),
        ({"TELEMED_TURN_SECONDS": "5"}, "TELEMED_TURN_SECONDS"),
        ({"TELEMED_TURN_SECONDS": "a day"}, "TELEMED_TURN_SECONDS"),
    ],
)
def test_settings_that_cannot_be_are_named(changed: dict[str, str], named: str) -> None:
    """And the secret is not."""
    given = {"TELEMED_TURN_URLS": " ".join(URLS), "TELEMED_TURN_SECRET": SECRET}
    with pytest.raises(CannotStart, match=named) as refused:
        turn_settings(given | changed)
    assert SECRET not in str(refused.value)
