"""A random walk over the real server: nothing leaves the table, and offers are kept."""

import random
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import httpx
import pytest

from backend.requests.gate import uploaded
from backend.rules.status import Step, is_open
from backend_client.models.calls import AnswerCall, Channel
from backend_client.models.common import ProblemCode, Wire
from backend_client.models.identity import (
    ConfirmIdentity,
    DataField,
    DecideData,
    IdentityProof,
)
from backend_client.models.messages import NewMessage
from backend_client.models.patient import SlotAnswer, SlotsRefusal
from backend_client.models.request_actions import (
    ActWithNote,
    AskDocuments,
    CloseReason,
    CloseWithoutConclusion,
    Decline,
    DeclineReason,
    EndWithNote,
    MarkItem,
    MarkLifeThreat,
    NewPhoneAttempt,
    PhoneOutcome,
    SetRecordNumber,
    TakeOver,
)
from backend_client.models.requests import Action, RequestCard, RequestStatus
from backend_client.models.routes import Route
from backend_client.models.snoozing import LayAside, TakeUp
from tests.backend.clinic import (
    REQUEST,
    START,
    Caller,
    Clinic,
    ClinicMaker,
    PatientCaller,
    a_file,
    id_of,
    problem,
    read,
)
from tests.backend.consultation import propose
from tests.backend.life import next_of

STEPS = 30
"""Of each route: `test_request_roads` leads through all statuses, this one off the roads."""
NOTE = EndWithNote(note="-")
BODIES: dict[Action, tuple[str, Wire | None]] = {
    Action.CLAIM: ("claim", None),
    Action.RELEASE: ("release", None),
    Action.CALL: ("calls", None),
    Action.WRITE_MESSAGE: ("messages", NewMessage(text="-")),
    Action.ASK_DOCUMENTS: ("ask-documents", AskDocuments(items=["ct"], text="-")),
    Action.MARK_ITEM: ("not-applicable", MarkItem(item="ct", reason="-")),
    Action.DECLINE: ("decline", Decline(reason=DeclineReason.OTHER)),
    Action.OUT_OF_PROFILE: ("out-of-profile", NOTE),
    Action.INVITE_IN_PERSON: ("invite-in-person", NOTE),
    Action.RECOMMEND_INPATIENT: ("recommend-inpatient", NOTE),
    Action.CLOSE_WITHOUT_CONCLUSION: (
        "close-without-conclusion",
        CloseWithoutConclusion(reason=CloseReason.OTHER, note="-"),
    ),
    Action.LOG_PHONE_ATTEMPT: ("phone-attempts", NewPhoneAttempt(outcome=PhoneOutcome.BUSY)),
    Action.CLOSE_NO_CONTACT: ("close-no-contact", ActWithNote()),
    Action.CANCEL: ("cancel", ActWithNote()),
    Action.ANNUL: ("annul", ActWithNote()),
    Action.CONVERT: ("convert", ActWithNote()),
    Action.MARK_LIFE_THREAT: ("life-threat", MarkLifeThreat(life_threat=True)),
    Action.SET_RECORD_NUMBER: ("record-number", SetRecordNumber(number="1")),
    Action.TAKE_OVER: ("take-over", TakeOver(reason="-")),
    Action.CONFIRM_IDENTITY: (
        "confirm-identity",
        ConfirmIdentity(proof=IdentityProof.PASSPORT),
    ),
    Action.WITHDRAW_IDENTITY: ("withdraw-identity", NOTE),
    Action.DECIDE_DATA: (
        "personal-data/decide",
        DecideData(fields=[DataField.PLACE], confirm=True),
    ),
    Action.SNOOZE: ("snooze", LayAside(until=START + timedelta(hours=1))),
    Action.WAKE: ("wake", TakeUp()),
}
ENDS = {Action.DECLINE, Action.OUT_OF_PROFILE, Action.INVITE_IN_PERSON, Action.CANCEL}
ENDS |= {Action.RECOMMEND_INPATIENT, Action.CLOSE_WITHOUT_CONCLUSION, Action.CONVERT}


@dataclass(frozen=True)
class Walker:
    """A doctor, a patient and an admin who do what comes to their minds."""

    clinic: Clinic
    doctor: Caller
    admin: Caller
    patient: PatientCaller
    request_id: str
    dice: random.Random

    async def card(self) -> RequestCard:
        """As the doctor sees it."""
        return read(await self.doctor.get(f"/requests/{self.request_id}"), RequestCard)

    async def step(
        self, number: int, offered: list[Action]
    ) -> tuple[Action | None, httpx.Response]:
        """One of the doctor's or the admin's actions, or something that the patient does."""
        if self.dice.random() < 0.3:
            return None, await self._patients()
        # Half of the steps are offered ones. Ends are rare, or every walk would be short.
        known = [*BODIES, Action.PROPOSE_SLOT]
        open_to = offered if self.dice.random() < 0.5 else known
        few = [one for one in open_to if one in known and (one not in ENDS or number % 20 == 0)]
        action = self.dice.choice(few or known)
        return action, await self._staffs(action, number)

    async def _staffs(self, action: Action, number: int) -> httpx.Response:
        if action is Action.PROPOSE_SLOT:
            start: datetime = self.clinic.clock() + timedelta(days=2, hours=number)
            return await propose(self.doctor, start, request_id=self.request_id)
        path, body = BODIES[action]
        clinics = (Action.TAKE_OVER, Action.WITHDRAW_IDENTITY)
        caller = self.admin if action in clinics else self.doctor
        return await caller.post(f"/requests/{self.request_id}/{path}", body)

    async def _patients(self) -> httpx.Response:
        state = await self.patient.state()
        if state.call is not None:
            body = AnswerCall(channel=Channel.TEXT)
            word = self.dice.choice(["answer", "decline", "hang-up"])
            answer = body if word == "answer" else None
            return await self.patient.post(f"/calls/{state.call.id}/{word}", answer)
        if state.asked_documents:
            now = self.clinic.clock()
            async with self.clinic.parts.changes.change("cardio") as change:
                await uploaded(change, self.clinic.parts.catalogues, self.request_id, "ct", now)
            return await self.patient.get("/state")
        if state.slots and self.dice.random() < 0.6:
            return await self.patient.post("/slots/accept", SlotAnswer(slot_id=state.slots[0].id))
        # Where nothing is offered, of times that were never offered.
        seen = [str(slot.id) for slot in state.slots] or ["never"]
        path = self.dice.choice(["/slots/refuse", "/cancel-late"])
        said = SlotsRefusal(slot_ids=seen) if path == "/slots/refuse" else None
        return await self.patient.post(path, said)


def is_possible(
    action: Action | None, is_done: bool, before: RequestStatus, after: RequestStatus
) -> bool:
    """Whether the life leads there: by this action of the staff, by any step of the patient."""
    if action is None:
        steps = {Step.CANCEL_LATE, Step.REFUSE_SLOTS, Step.ACCEPT_SLOT, Step.ANSWER_CALL}
        steps |= {Step.END_CALL, Step.DOCUMENTS_COMPLETE}
        return after is before or any(after in next_of(step, before) for step in steps)
    if not is_done or (action is Action.CLAIM and not next_of(action, before)):  # it is his
        return after is before
    led = next_of(action, before)
    if action is Action.TAKE_OVER:  # to nobody
        led |= next_of(Step.TAKEN_AWAY, before)
    if action is Action.SNOOZE:  # a claim on which nothing was begun is given back
        led |= next_of(Action.RELEASE, before)
    return after in led


@pytest.mark.parametrize("route", [one for one in Route if one is not Route.UNKNOWN])
async def test_random_walk_keeps_to_the_table_and_offers_what_it_keeps(
    clinics: ClinicMaker, route: Route
) -> None:
    """Every answer is a success or a refusal, never a fault; what is offered is not refused."""
    dice = random.Random(f"{route} 7")
    files = (a_file("conclusion"), a_file("ecg"), a_file("echo"))
    cases = [replace(REQUEST, number=f"{one:02}", route=route, files=files) for one in range(12)]
    done = 0
    async with clinics.open(*cases) as clinic:
        doctor, admin = await clinic.caller(), await clinic.caller("admin")
        turn, patient = 0, await clinic.patient(doctor, id_of("00"))
        for number in range(STEPS):
            request_id = id_of(f"{turn:02}")
            walker = Walker(clinic, doctor, admin, patient, request_id, dice)
            before = await walker.card()
            offered = [*before.row.allowed_actions]
            action, answer = await walker.step(number, offered)
            after = await walker.card()
            assert answer.status_code < 500, answer.text
            assert is_possible(action, answer.is_success, before.row.status, after.row.status), (
                action,
                before.row.status,
                after.row.status,
            )
            if action in offered:
                assert answer.is_success, (action, answer.text)
            if not answer.is_success:
                assert after == before or action is None
                assert problem(answer).code is not ProblemCode.UNKNOWN
            done += answer.is_success
            if not is_open(after.row.status):
                turn += 1
                patient = await clinic.patient(doctor, id_of(f"{turn:02}"))
    assert 0 < done < STEPS
