"""A whole consultation through the typed client against the real backend."""

from datetime import timedelta

import pytest

from backend.settings import Settings
from backend_client.client import BackendClient
from backend_client.errors import Conflict, Corrupted, NotFound, Rejected
from backend_client.models.calls import CallState, SignalKind
from backend_client.models.common import ProblemCode, RequestId
from backend_client.models.conclusions import ConclusionForm, ConclusionState
from backend_client.models.delivery import DeliveryState
from backend_client.models.messages import NewMessage
from backend_client.models.patient import SlotAnswer
from backend_client.models.requests import RequestStatus
from backend_client.models.schedule import SlotTime
from tests.backend.clinic import (
    PASSWORD,
    START,
    Caller,
    ClinicMaker,
    PatientCaller,
    SetClock,
    id_of,
)
from tests.backend.consultation import MINE, OTHERS, talk
from tests.backend.test_conclusions import COUNTERSIGNED, SIGNED, CountingChecker
from tests.client.test_against_backend import client_of

ONE = RequestId(id_of("20-0001"))
TWO = RequestId(id_of("20-0002"))
TIME = SlotTime(start=START + timedelta(days=1), minutes=30)


@pytest.fixture
def clinics(settings: Settings) -> ClinicMaker:
    return ClinicMaker(settings, SetClock(), CountingChecker())


async def test_from_the_slot_to_the_approved_conclusion(clinics: ClinicMaker) -> None:
    """OZ-8, DRC-4, DRC-13"""
    async with clinics.open(MINE, OTHERS) as clinic:
        doctor, admin = client_of(clinic), client_of(clinic)
        await doctor.account.sign_in("levashova", PASSWORD)
        await admin.account.sign_in("admin", PASSWORD)
        link = await doctor.schedule.give_patient_link(ONE)
        patient = PatientCaller(clinic.client, link.url.partition("#")[2])
        await arrange(doctor, patient)
        await speak(doctor, await clinic.caller(), patient)
        await write_down(doctor, admin)
        await hand_over(doctor, admin)
        await doctor.schedule.revoke_patient_links(ONE)
        assert (await patient.get("/state")).status_code == 401
        await doctor.aclose()
        await admin.aclose()


async def hand_over(doctor: BackendClient, admin: BackendClient) -> None:
    """SPB-21: on the page and in the chat; this centre sends no e-mail, so nothing has failed."""
    delivery = await doctor.delivery.read(ONE)
    states = [one.state for one in delivery.channels]
    assert (delivery.edition, delivery) == (2, await admin.delivery.read(ONE))
    assert states == [DeliveryState.SENT, DeliveryState.SENT, DeliveryState.NOT_SET_UP]
    with pytest.raises(Conflict) as refused:
        await doctor.delivery.send_again(ONE)
    assert refused.value.code is ProblemCode.MOVE_NOT_ALLOWED


async def arrange(doctor: BackendClient, patient: PatientCaller) -> None:
    card = await doctor.schedule.propose(ONE, [TIME])
    with pytest.raises(Conflict) as taken:
        await doctor.schedule.propose(TWO, [TIME])
    assert taken.value.code is ProblemCode.SLOT_TAKEN
    await patient.post("/slots/accept", SlotAnswer(slot_id=card.slots[0].id))
    day = await doctor.schedule.between(START, START + timedelta(days=2))
    assert [entry.slot.start for entry in day.entries] == [TIME.start]
    await patient.post("/messages", NewMessage(text="Спасибо"))
    chat = await doctor.messages.chat(ONE)
    assert (chat.unread, chat.messages[0].text) == (1, "Спасибо")
    assert (await doctor.messages.send(ONE, "Ждите звонка")).number == 2
    assert (await doctor.messages.mark_read(ONE, 1)).unread == 0


async def speak(doctor: BackendClient, caller: Caller, patient: PatientCaller) -> None:
    call = await doctor.calls.place(ONE)
    assert call.state is CallState.RINGING
    assert (await doctor.calls.hang_up(ONE, call.id)).state is CallState.CANCELLED
    call = await talk(caller, patient)
    sent = await doctor.calls.send_signal(ONE, call.id, SignalKind.OFFER, 1, "{}")
    assert sent.connection == 1
    assert await doctor.calls.signals(ONE, call.id) == []
    assert (await doctor.calls.reconnect(ONE, call.id)).connection == 2
    assert call.clock is not None
    longer = await doctor.calls.extend(ONE, call.id, call.clock.ends_at)
    assert longer.clock is not None
    assert longer.clock.ends_at == call.clock.ends_at + timedelta(minutes=10)
    await doctor.calls.hang_up(ONE, call.id)
    assert [one.attempt for one in await doctor.calls.attempts(ONE)] == [2, 1]


async def write_down(doctor: BackendClient, admin: BackendClient) -> None:
    with pytest.raises(NotFound):
        await doctor.conclusions.read(ONE)
    draft = await doctor.conclusions.save(ONE, 0, ConclusionForm(complaints="Перебои"))
    with pytest.raises(Conflict) as stale:
        await doctor.conclusions.save(ONE, 0, ConclusionForm())
    assert stale.value.code is ProblemCode.STALE_VERSION
    with pytest.raises(Rejected):
        await doctor.conclusions.sign(ONE, draft.version, b"%PDF-1.7 nobody")
    await doctor.conclusions.sign(ONE, draft.version, SIGNED)
    (waiting,) = await admin.conclusions.waiting()
    assert await admin.conclusions.pdf(waiting) == SIGNED
    await admin.conclusions.give_back(ONE, waiting.version, "Нет дозы")
    returned = await doctor.conclusions.read(ONE)
    assert returned.return_reason == "Нет дозы"
    signed = await doctor.conclusions.sign(ONE, returned.version, SIGNED, key="k")
    assert await doctor.conclusions.sign(ONE, returned.version, SIGNED, key="k") == signed
    done = await admin.conclusions.approve(ONE, signed.version, COUNTERSIGNED)
    assert done.state is ConclusionState.DELIVERED
    with pytest.raises(Corrupted):
        await doctor.conclusions.pdf(signed)
    card = await doctor.requests.card(ONE)
    assert card.row.status is RequestStatus.DELIVERED
