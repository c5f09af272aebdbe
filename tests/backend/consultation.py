"""Steps of a consultation that tests begin with."""

from dataclasses import replace
from datetime import datetime, timedelta

import httpx

from backend_client.models.calls import AnswerCall, Call, Channel
from backend_client.models.patient import PatientState, SlotAnswer, SlotsRefusal
from backend_client.models.requests import RequestCard, RequestStatus
from backend_client.models.schedule import ProposeSlots, SlotTime
from tests.backend.clinic import REQUEST, START, Caller, PatientCaller, id_of, read

ONE = id_of("20-0001")
TWO = id_of("20-0002")
MINE = replace(REQUEST, status=RequestStatus.CLAIMED, owner_key="levashova")
OTHERS = replace(MINE, number="20-0002")
TOMORROW = START + timedelta(days=1)


def times(*starts: datetime, minutes: int = 30) -> ProposeSlots:
    """Slots of half an hour."""
    return ProposeSlots(times=[SlotTime(start=start, minutes=minutes) for start in starts])


async def propose(doctor: Caller, *starts: datetime, request_id: str = ONE) -> httpx.Response:
    """Proposes times, by default one tomorrow."""
    body = times(*(starts or (TOMORROW,)))
    return await doctor.post(f"/requests/{request_id}/slots", body)


async def schedule(doctor: Caller, patient: PatientCaller) -> PatientState:
    """From a claimed request to an appointment."""
    card = read(await propose(doctor), RequestCard)
    accepted = await patient.post("/slots/accept", SlotAnswer(slot_id=card.slots[0].id))
    return read(accepted, PatientState)


async def refuse_all(patient: PatientCaller) -> httpx.Response:
    """None of the times that the patient's page shows suits."""
    seen = [str(slot.id) for slot in (await patient.state()).slots]
    return await patient.post("/slots/refuse", SlotsRefusal(slot_ids=seen))


async def ring(doctor: Caller) -> Call:
    """The doctor calls."""
    return read(await doctor.post(f"/requests/{ONE}/calls"), Call)


async def talk(doctor: Caller, patient: PatientCaller) -> Call:
    """A call that the patient has answered by video."""
    call = await ring(doctor)
    body = AnswerCall(channel=Channel.VIDEO)
    return read(await patient.post(f"/calls/{call.id}/answer", body), Call)


async def consult(doctor: Caller, patient: PatientCaller) -> None:
    """From a claimed request to one whose conclusion is to be written."""
    await schedule(doctor, patient)
    call = await talk(doctor, patient)
    read(await doctor.post(f"/requests/{ONE}/calls/{call.id}/hang-up"), Call)
