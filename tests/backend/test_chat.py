"""The chat of a request."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

from backend_client.models.common import ProblemCode
from backend_client.models.events import MessagePosted, RequestChanged
from backend_client.models.messages import Chat, Message, NewMessage, ReadMark, Side
from backend_client.models.patient import PatientChanged
from backend_client.models.requests import RequestCard, RequestStatus
from tests.backend.clinic import ClinicMaker, problem, read
from tests.backend.consultation import MINE, ONE
from tests.backend.live import hello, live, patient_told, patients_stream, subscribed, told

PATIENCE_S = 60
PATH = f"/requests/{ONE}/messages"


async def test_both_sides_write_and_each_has_its_unread(clinics: ClinicMaker) -> None:
    """OZ-16, SPB-15, DRC-6"""
    async with clinics.open(MINE) as clinic:
        doctor = await clinic.caller()
        patient = await clinic.patient(doctor, ONE)
        for text in ("Здравствуйте", "Можно без ЭКГ?"):
            read(await patient.post("/messages", NewMessage(text=text)), Message)
        row = read(await doctor.get(f"/requests/{ONE}"), RequestCard).row
        seen = read(await doctor.post(f"{PATH}/read", ReadMark(number=1)), Chat)
        read(await doctor.post(PATH, NewMessage(text="ЭКГ нужна")), Message)
        chat = read(await patient.get("/messages"), Chat)
        earlier = read(await doctor.get(f"{PATH}?before=3&limit=1"), Chat)
    assert row.unread_messages == 2
    assert seen.unread == 1
    assert [(one.number, one.side) for one in chat.messages] == [
        (1, Side.PATIENT),
        (2, Side.PATIENT),
        (3, Side.DOCTOR),
    ]
    assert (chat.unread, chat.can_write, chat.has_earlier) == (1, True, False)
    assert [one.number for one in earlier.messages] == [2]
    assert earlier.has_earlier


async def test_message_is_told_to_both_sides(clinics: ClinicMaker) -> None:
    async with clinics.open(MINE) as clinic, live(clinic.app) as address:
        doctor = await clinic.caller()
        patient = await clinic.patient(doctor, ONE)
        async with (
            subscribed(address, doctor.headers) as desk,
            patients_stream(address, patient.token) as page,
        ):
            await hello(desk)
            await patient_told(page)
            sent = read(await doctor.post(PATH, NewMessage(text="Добрый день")), Message)
            # That the patient has come is told as well, sooner or later.
            mine = await _until({RequestChanged, MessagePosted}, lambda: told(desk))
            theirs = await _until({PatientChanged, MessagePosted}, lambda: patient_told(page))
    for heard in (*mine, *theirs):
        assert not isinstance(heard, MessagePosted) or heard.message == sent


async def _until(kinds: set[type[object]], tell: Callable[[], Awaitable[object]]) -> list[object]:
    """What is told until there was something of each kind."""
    heard: list[object] = []
    async with asyncio.timeout(PATIENCE_S):
        while not kinds <= set(map(type, heard)):
            heard.append(await tell())
    return heard


async def test_message_that_is_sent_twice_stands_once(clinics: ClinicMaker) -> None:
    async with clinics.open(MINE) as clinic:
        doctor = await clinic.caller()
        patient = await clinic.patient(doctor, ONE)
        body = NewMessage(text="Да")
        first = read(await patient.post("/messages", body, key="k"), Message)
        again = read(await patient.post("/messages", body, key="k"), Message)
        other = await patient.post("/messages", NewMessage(text="Нет"), key="k")
        chat = read(await doctor.get(PATH), Chat)
    assert first == again
    assert other.status_code == 422
    assert len(chat.messages) == 1


async def test_finished_consultations_chat_is_read_only(clinics: ClinicMaker) -> None:
    """SPB-14"""
    over = replace(MINE, status=RequestStatus.CLOSED)
    async with clinics.open(over) as clinic:
        doctor = await clinic.caller()
        patient = await clinic.patient(doctor, ONE)
        body = NewMessage(text="Ещё вопрос")
        assert problem(await patient.post("/messages", body)).code is ProblemCode.CHAT_CLOSED
        assert problem(await doctor.post(PATH, body)).code is ProblemCode.CHAT_CLOSED
        assert not read(await doctor.get(PATH), Chat).can_write


async def test_texts_that_are_none_are_refused(clinics: ClinicMaker) -> None:
    async with clinics.open(MINE) as clinic:
        doctor = await clinic.caller()
        for text in ("", "  \n", "x" * 4001):
            assert problem(await doctor.post(PATH, NewMessage(text=text))).status == 400
        colleague = await clinic.caller("orlov")
        refusal = problem(await colleague.post(PATH, NewMessage(text="Я тоже")))
    assert refusal.code is ProblemCode.CLAIMED_BY_OTHER
