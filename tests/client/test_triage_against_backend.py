"""Orders from the queue against the real backend: held, taken back, carried out, refused."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec import structs

from backend.demo_data.shape import DemoRequest
from backend_client.errors import Conflict
from backend_client.models.common import ProblemCode, RequestId
from backend_client.models.messages import NewMessage
from backend_client.models.request_actions import (
    ActWithNote,
    AskDocuments,
    Decline,
    DeclineReason,
    EndWithNote,
    MarkItem,
    MarkLifeThreat,
)
from backend_client.models.requests import Action, ItemState, RequestCard, RequestRow, RequestStatus
from backend_client.models.routes import Route
from tests.backend.clinic import REQUEST, Clinic, ClinicMaker, a_file, id_of, read
from tests.client.test_services_against_backend import Doctor, Socket, doctor, on_a_socket, until
from tests.client.triage_process import HELD, SECRETS, FileSecrets
from workstation.core.connection import Link
from workstation.core.server_clock import ServerClock
from workstation.core.triage_order import HELD_S, HeldOrder, Said, TriageOrder
from workstation.services.kept_orders import RefusedOrder

ONE = RequestId(id_of("20-0001"))
ASK = (Action.ASK_DOCUMENTS, AskDocuments(items=["echo"], text="Пришлите ЭхоКГ, пожалуйста"))
DECLINE = (Action.DECLINE, Decline(reason=DeclineReason.NOT_ENOUGH_DATA, note="Мало данных"))
OUT = (Action.OUT_OF_PROFILE, EndWithNote(note="Обратитесь в институт ревматологии"))
CONVERT = (Action.CONVERT, ActWithNote())
DUTY = replace(REQUEST, route=Route.DUTY)
NEW = replace(REQUEST, status=RequestStatus.NEW, documents_complete_at=None, files=())
CASES = [
    (REQUEST, ASK, RequestStatus.AWAITING_DOCUMENTS, Route.CENTRE),
    (NEW, ASK, RequestStatus.AWAITING_DOCUMENTS, Route.CENTRE),
    (REQUEST, DECLINE, RequestStatus.DECLINED, Route.CENTRE),
    (REQUEST, OUT, RequestStatus.OUT_OF_PROFILE, Route.CENTRE),
    (DUTY, CONVERT, RequestStatus.AWAITING_DOCUMENTS, Route.CENTRE),
]
Words = tuple[Action, Said]


class LocalClock:
    """A doctor's computer on which time stands still until a test moves it."""

    def __init__(self) -> None:
        self.time = datetime(2026, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def move(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


@dataclass
class Scene:
    """One doctor at the queue, with the server behind a socket."""

    clinic: Clinic
    socket: Socket
    one: Doctor
    clock: LocalClock

    async def row(self) -> RequestRow:
        return (await self.card()).row

    async def card(self) -> RequestCard:
        caller = await self.clinic.caller("orlov")
        return read(await caller.get(f"/requests/{ONE}"), RequestCard)

    async def order(self, words: Words) -> HeldOrder:
        seen = (await self.one.desk.requests.card(ONE)).card.row
        action, said = words
        return await self.one.desk.triage.order(TriageOrder(ONE, action, said), seen)

    async def carried_out(self) -> None:
        self.clock.move(HELD_S)
        self.one.desk.outgoing.wake()
        await until(lambda: self.one.desk.triage.waiting == ())


@asynccontextmanager
async def scene(clinics: ClinicMaker, folder: Path, request: DemoRequest) -> AsyncIterator[Scene]:
    clock = LocalClock()
    async with (
        clinics.open(request) as clinic,
        on_a_socket(clinic) as socket,
        doctor(socket.address, "levashova", folder, clock=ServerClock(clock)) as one,
    ):
        yield Scene(clinic, socket, one, clock)


@pytest.mark.parametrize(("request_", "words", "status", "route"), CASES)
async def test_what_is_not_taken_back_is_carried_out(
    clinics: ClinicMaker,
    tmp_path: Path,
    request_: DemoRequest,
    words: Words,
    status: RequestStatus,
    route: Route,
) -> None:
    """OZ-4, OZ-13, OZ-19"""
    async with scene(clinics, tmp_path, request_) as here:
        refused: list[RefusedOrder] = []
        here.one.desk.triage.refused.subscribe(refused.append)
        await here.order(words)
        held = await here.row()
        await here.carried_out()
        done = await here.row()
        assert here.one.desk.claims.in_hand == frozenset()
    assert refused == []
    assert held.status is RequestStatus.CLAIMED
    assert (done.status, done.route) == (status, route)


@pytest.mark.parametrize(("request_", "words", "status", "route"), CASES)
async def test_what_is_taken_back_leaves_the_request_as_it_was(
    clinics: ClinicMaker,
    tmp_path: Path,
    request_: DemoRequest,
    words: Words,
    status: RequestStatus,
    route: Route,
) -> None:
    async with scene(clinics, tmp_path, request_) as here:
        before = await here.row()
        held = await here.order(words)
        here.clock.move(9.9)
        assert await here.one.desk.triage.undo() == held
        await here.carried_out()
        after = await here.row()
    assert (after.status, after.route, after.owner) == (before.status, before.route, None)
    assert after.groups == before.groups


async def test_the_patient_is_told_to_call_103_once_it_cannot_be_taken_back(
    clinics: ClinicMaker, tmp_path: Path
) -> None:
    """A message that comes meanwhile is no obstacle, and the case stays the doctor's."""
    async with scene(clinics, tmp_path, REQUEST) as here:
        patient = await here.clinic.patient(await here.clinic.caller("levashova"), ONE)
        await here.order((Action.MARK_LIFE_THREAT, MarkLifeThreat(life_threat=True)))
        await patient.post("/messages", NewMessage(text="Мне хуже"))
        held = (await patient.state()).life_threat
        await here.carried_out()
        told, row = (await patient.state()).life_threat, await here.row()
        assert here.one.desk.claims.in_hand == frozenset({ONE})
        await here.order((Action.MARK_LIFE_THREAT, MarkLifeThreat(life_threat=False)))
        await here.carried_out()
        after = (await patient.state()).life_threat
    assert (held, told, after) == (False, True, False)
    assert (row.life_threat, row.status) == (True, RequestStatus.CLAIMED)


async def test_the_patient_reads_what_was_asked_for(clinics: ClinicMaker, tmp_path: Path) -> None:
    """OZ-19: the words come to the patient with the list, and only once the order is done."""
    async with scene(clinics, tmp_path, REQUEST) as here:
        staff = await here.clinic.caller("levashova")
        patient = await here.clinic.patient(staff, ONE)
        await here.order(ASK)
        before = (await patient.state()).unread
        await here.carried_out()
        after = (await patient.state()).unread
        card = await here.card()
    assert (before, after) == (0, 1)
    assert card.asked_documents == ["echo"]


async def test_the_patient_who_writes_meanwhile_is_read_first(
    clinics: ClinicMaker, tmp_path: Path
) -> None:
    """409: the doctor sees what has changed, and keeps what was typed."""
    async with scene(clinics, tmp_path, REQUEST) as here:
        told: list[RefusedOrder] = []
        here.one.desk.triage.refused.subscribe(told.append)
        patient = await here.clinic.patient(await here.clinic.caller("levashova"), ONE)
        held = await here.order(DECLINE)
        await patient.post("/messages", NewMessage(text="Выписка нашлась"))
        await here.carried_out()
        await until(lambda: told != [])
        (kept,) = await here.one.desk.triage.refused_kept()
        row = await here.row()
    assert row.status is RequestStatus.CLAIMED, "nothing was done"
    for one in (told[0], kept):
        assert isinstance(one.error, Conflict)
        assert one.error.code is ProblemCode.STALE_VERSION
        assert one.order.order == held.order
        assert one.present is not None
        assert one.present.row.unread_messages == 1


async def test_a_file_that_came_before_the_order_is_seen_first(
    clinics: ClinicMaker, tmp_path: Path
) -> None:
    with_file = replace(REQUEST, files=(a_file("ecg"),))
    async with scene(clinics, tmp_path, with_file) as here:
        seen = await here.row()
        items = [
            structs.replace(one, state=ItemState.MISSING) if one.code == "ecg" else one
            for one in seen.checklist
        ]
        order = TriageOrder(ONE, *ASK)
        with pytest.raises(Conflict) as raised:
            await here.one.desk.triage.order(order, structs.replace(seen, checklist=items))
        after = await here.row()
    assert raised.value.code is ProblemCode.STALE_VERSION
    assert after.owner is None


async def test_without_a_connection_it_waits_and_is_done_once(
    clinics: ClinicMaker, tmp_path: Path
) -> None:
    async with scene(clinics, tmp_path, REQUEST) as here:
        await here.order(DECLINE)
        await here.socket.close()
        await until(lambda: here.one.link is Link.OFFLINE)
        here.clock.move(HELD_S)
        here.clinic.clock.advance(seconds=HELD_S)
        assert here.one.desk.triage.held_for(ONE) is not None
        await here.socket.open()
        await until(lambda: here.one.desk.triage.waiting == ())
        card = await here.card()
    assert card.row.status is RequestStatus.DECLINED
    last = card.history[0].text
    assert [one.text for one in card.history].count(last) == 1


async def test_a_claim_that_ended_meanwhile_is_told(clinics: ClinicMaker, tmp_path: Path) -> None:
    """The connection was gone for longer than the lease, and a colleague works on it now."""
    async with scene(clinics, tmp_path, REQUEST) as here:
        told: list[RefusedOrder] = []
        here.one.desk.triage.refused.subscribe(told.append)
        await here.order(DECLINE)
        await here.socket.close()
        here.clinic.clock.advance(minutes=6)
        taken = await (await here.clinic.caller("orlov")).post(f"/requests/{ONE}/claim")
        assert taken.is_success
        await here.socket.open()
        await until(lambda: told != [])
    assert isinstance(told[0].error, Conflict)
    assert told[0].error.owner_name == "Орлов П. И."


async def test_marks_and_their_undo(clinics: ClinicMaker, tmp_path: Path) -> None:
    """OZ-6"""
    async with scene(clinics, tmp_path, REQUEST) as here:
        before = await here.row()
        await here.order((Action.MARK_ITEM, MarkItem(item="echo", reason="нет окна")))
        marked = await here.row()
        assert await here.one.desk.triage.undo() is not None
        after = await here.row()
    assert [one.reason for one in marked.checklist if one.code == "echo"] == ["нет окна"]
    assert after.checklist == before.checklist
    assert after.owner is None


async def test_signing_out_carries_it_out(clinics: ClinicMaker, tmp_path: Path) -> None:
    clock = ServerClock(LocalClock())
    async with clinics.open(REQUEST) as clinic, on_a_socket(clinic) as socket:
        async with doctor(socket.address, "levashova", tmp_path, clock=clock) as one:
            row = (await one.desk.requests.card(ONE)).card.row
            await one.desk.triage.order(TriageOrder(ONE, *DECLINE), row)
        colleague = await clinic.caller("orlov")
        card = read(await colleague.get(f"/requests/{ONE}"), RequestCard)
    assert card.row.status is RequestStatus.DECLINED


async def test_after_kill_9_inside_the_delay_it_is_carried_out_at_the_next_start(
    clinics: ClinicMaker, tmp_path: Path
) -> None:
    async with clinics.open(REQUEST) as clinic, on_a_socket(clinic) as socket:
        await kill_with_an_order_held(socket.address, tmp_path)
        colleague = await clinic.caller("orlov")
        before = read(await colleague.get(f"/requests/{ONE}"), RequestCard)
        clinic.clock.advance(minutes=1)
        clock, secrets = ServerClock(LocalClock()), FileSecrets(tmp_path / SECRETS)
        async with doctor(
            socket.address, "levashova", tmp_path, clock=clock, secrets=secrets
        ) as one:
            await until(lambda: one.desk.triage.waiting == ())
            after = read(await colleague.get(f"/requests/{ONE}"), RequestCard)
    assert before.row.status is RequestStatus.CLAIMED
    assert after.row.status is RequestStatus.DECLINED
    assert after.outcome is not None
    assert after.outcome.note == "Мало данных"


async def kill_with_an_order_held(address: str, folder: Path) -> None:
    """A process of the program, until its order is on the disk."""
    with started(address, "levashova", ONE, str(folder)) as process:
        try:
            assert process.stdout is not None
            said = await asyncio.to_thread(process.stdout.readline)
            assert said.strip() == HELD
        finally:
            process.kill()


def started(*given: str) -> "subprocess.Popen[str]":
    """A process whose words are read."""
    arguments = [sys.executable, "-m", "tests.client.triage_process", *given]
    return subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True)
