"""The last test of the patient's devices and line: kept, and shown to the doctor (DRC-5)."""

import msgspec
import pytest

from backend_client.models.common import ProblemCode
from backend_client.models.events import RequestChanged
from backend_client.models.patient_check import (
    Browser,
    CheckCause,
    CheckFinding,
    CheckPart,
    NewPatientCheck,
    PatientCheck,
)
from backend_client.models.requests import RequestCard, RequestRow
from backend_client.models.speed import Padding, PaddingTaken
from tests.backend.clinic import Caller, ClinicMaker, PatientCaller, problem, read
from tests.backend.consultation import MINE, ONE
from tests.backend.live import hello, live, subscribed, told

GOOD = NewPatientCheck(
    findings=[CheckFinding(part=CheckPart.CAMERA), CheckFinding(part=CheckPart.MICROPHONE)],
    width=1280,
    height=720,
    browser=Browser.CHROME,
    browser_version=126,
)
MUTE = NewPatientCheck(
    findings=[CheckFinding(part=CheckPart.MICROPHONE, cause=CheckCause.NOT_FOUND)]
)
CAMERA = {"part": "camera"}


async def row(doctor: Caller) -> RequestRow:
    return read(await doctor.get(f"/requests/{ONE}"), RequestCard).row


async def check(patient: PatientCaller, given: NewPatientCheck) -> PatientCheck:
    return read(await patient.post("/check", given), PatientCheck)


async def test_doctor_is_told_of_the_last_test_at_once(clinics: ClinicMaker) -> None:
    """DRC-5: with its time, by the event of the request; it is no new version of it."""
    async with clinics.open(MINE) as clinic, live(clinic.app) as address:
        doctor = await clinic.caller()
        patient = await clinic.patient(doctor, ONE)
        before = await row(doctor)
        async with subscribed(address, doctor.headers) as desk:
            await hello(desk)
            first = await check(patient, GOOD)
            event = await told(desk)
        made = clinic.clock()
        clinic.clock.advance(minutes=5)
        last = await check(patient, MUTE)
        after = await row(doctor)
    assert before.patient_check is None
    assert isinstance(event, RequestChanged)
    assert event.row is not None
    assert event.row.patient_check == first
    assert (first.at, first.width, first.findings) == (made, 1280, GOOD.findings)
    assert after.patient_check == last
    assert after.version == before.version
    assert after.age > event.row.age


@pytest.mark.parametrize(
    "body",
    [
        {"findings": []},
        {"findings": [CAMERA, CAMERA]},
        {"findings": [CAMERA] * 8},
        {"findings": [{"part": "lungs"}]},
        {"findings": [{"part": "camera", "cause": "<script>"}]},
        {"findings": [CAMERA], "width": -1},
        {"findings": [CAMERA], "up_kbit": 10**9},
        {"findings": [CAMERA], "browser_version": "x" * 10_000},
        {"findings": "camera"},
        {},
    ],
)
async def test_what_a_page_would_not_say_is_refused(clinics: ClinicMaker, body: object) -> None:
    """Whoever has a link can send anything."""
    async with clinics.open(MINE) as clinic:
        doctor = await clinic.caller()
        patient = await clinic.patient(doctor, ONE)
        path = "/patient/api/v1/check"
        said = msgspec.json.encode(body)
        answer = await clinic.client.post(path, content=said, headers=patient.headers)
        assert answer.status_code in (400, 422)
        assert (await row(doctor)).patient_check is None


async def test_a_browser_that_nobody_knows_is_unknown(clinics: ClinicMaker) -> None:
    """SPB-25: no word of a browser's own reaches the doctor's screen."""
    async with clinics.open(MINE) as clinic:
        doctor = await clinic.caller()
        patient = await clinic.patient(doctor, ONE)
        said = msgspec.json.encode({"findings": [CAMERA], "browser": "<img src=x onerror=1>"})
        path = "/patient/api/v1/check"
        assert (await clinic.client.post(path, content=said, headers=patient.headers)).is_success
        kept = (await row(doctor)).patient_check
    assert kept is not None
    assert kept.browser is Browser.UNKNOWN


async def test_one_test_after_another_has_to_wait(clinics: ClinicMaker) -> None:
    """All of the clinic is told of each."""
    async with clinics.open(MINE) as clinic:
        doctor = await clinic.caller()
        patient = await clinic.patient(doctor, ONE)
        await check(patient, GOOD)
        clinic.clock.advance(seconds=2)
        refusal = problem(await patient.post("/check", MUTE))
        kept = (await row(doctor)).patient_check
        clinic.clock.advance(seconds=1)
        await check(patient, MUTE)
    assert (refusal.code, refusal.retry_after) == (ProblemCode.TOO_MANY_ATTEMPTS, 1)
    assert kept is not None
    assert kept.findings == GOOD.findings


async def test_a_request_that_is_over_takes_none(clinics: ClinicMaker) -> None:
    async with clinics.open(MINE) as clinic:
        doctor = await clinic.caller()
        patient = await clinic.patient(doctor, ONE)
        assert (await patient.post("/cancel")).is_success
        assert problem(await patient.post("/check", GOOD)).code is ProblemCode.MOVE_NOT_ALLOWED


async def test_the_page_measures_the_line_with_its_link_alone(clinics: ClinicMaker) -> None:
    async with clinics.open(MINE) as clinic:
        patient = await clinic.patient(await clinic.caller(), ONE)
        text = read(await patient.get("/speed?size=4096"), Padding).text
        taken = read(await patient.post("/speed", Padding(text=text)), PaddingTaken)
        guesser = PatientCaller(clinic.client, "guess")
        assert problem(await guesser.get("/speed")).code is ProblemCode.LINK_NOT_GOOD
    assert len(text) == taken.characters == 4096
