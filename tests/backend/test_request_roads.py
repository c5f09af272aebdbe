"""Whole lives of requests on the real server, by all four routes, held against the written life."""

import random
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count

import httpx
import pytest

from backend.demo_data.rows import demo_id
from backend.patients.links import PatientAccess
from backend.requests.gate import uploaded
from backend.rules.approvals import APPROVED_ROUTES
from backend.rules.status import Step
from backend.settings import Settings
from backend_client.models.calls import AnswerCall, Call, Channel
from backend_client.models.common import Page, UserId
from backend_client.models.conclusions import (
    Conclusion,
    ConclusionForm,
    CorrectConclusion,
    ReturnConclusion,
    SaveDraft,
)
from backend_client.models.patient import SlotAnswer
from backend_client.models.request_actions import TakeOver
from backend_client.models.requests import Action, RequestCard, RequestStatus
from backend_client.models.routes import Route
from tests.backend.clinic import (
    REQUEST,
    Caller,
    Clinic,
    ClinicMaker,
    PatientCaller,
    SetClock,
    a_file,
    id_of,
    problem,
    read,
)
from tests.backend.consultation import propose, refuse_all
from tests.backend.life import LIFE, next_of
from tests.backend.test_conclusions import COUNTERSIGNED, SIGNED, CountingChecker
from tests.backend.test_request_walk import BODIES

S = RequestStatus
A = Action
QUARTER = 15 * 60
LEASE_S = 5 * 60
PASSED_THROUGH = {S.APPROVED: "the approval delivers in the same transaction"}
"""Statuses at which nobody finds a request."""
Stop = tuple[str, tuple[Action | Step, ...]]
"""What is done, and the moves of the life that this is; none: nothing moves."""

CLAIM: Stop = ("claim", (A.CLAIM,))
RELEASE: Stop = ("release", (A.RELEASE,))
TAKE_BACK: Stop = ("take-over", (Step.TAKEN_AWAY,))
HAND_OVER: Stop = ("hand_over", (A.TAKE_OVER,))
HAND_OVER_TALK: Stop = ("hand_over", (Step.END_CALL, A.TAKE_OVER))
LEASE_OVER: Stop = ("lease_over", (Step.LEASE_OVER,))
ASK: Stop = ("ask-documents", (A.ASK_DOCUMENTS,))
UPLOAD: Stop = ("upload", (Step.DOCUMENTS_COMPLETE,))
PROPOSE: Stop = ("propose", (A.PROPOSE_SLOT,))
REFUSE: Stop = ("refuse", (Step.REFUSE_SLOTS,))
HOLDS_OVER: Stop = ("holds_over", (Step.HOLDS_OVER,))
ACCEPT: Stop = ("accept", (Step.ACCEPT_SLOT,))
COME: Stop = ("come", (Step.COME,))
LEAVE: Stop = ("leave", (Step.LEAVE,))
START: Stop = ("start", ())
RING: Stop = ("calls", (A.CALL,))
RING_OUT: Stop = ("ring_out", ())
ANSWER: Stop = ("answer", (Step.ANSWER_CALL,))
HANG_UP: Stop = ("hang_up", (Step.END_CALL,))
PATIENT_HANGS_UP: Stop = ("patient_hangs_up", (Step.END_CALL,))
PHONE: Stop = ("phone-attempts", (A.LOG_PHONE_ATTEMPT,))
DRAFT: Stop = ("draft", (A.WRITE_CONCLUSION,))
SIGN: Stop = ("sign", (A.SIGN_CONCLUSION,))
SIGN_AND_CLOSE: Stop = ("sign", (A.SIGN_CONCLUSION, Step.DELIVER, Step.CLOSE))
RETURN: Stop = ("give_back", (A.RETURN,))
APPROVE: Stop = ("approve", (A.APPROVE, Step.DELIVER))
CORRECT: Stop = ("correct", (A.CORRECT_CONCLUSION,))
FETCH: Stop = ("fetch", (Step.CLOSE,))
CONVERT: Stop = ("convert", (A.CONVERT,))

AGREED = (CLAIM, PROPOSE, ACCEPT)
TALK = (RING, ANSWER, HANG_UP)
WRITE = (*AGREED, *TALK, DRAFT)
OFFERED = (CLAIM, PROPOSE, HOLDS_OVER, PROPOSE, REFUSE, PROPOSE, ACCEPT, COME, LEAVE, START)
SLOW = (*OFFERED, RING, ANSWER, PATIENT_HANGS_UP, *TALK, DRAFT)
APPROVED = (*WRITE, SIGN, APPROVE, FETCH, CORRECT, SIGN, APPROVE, CORRECT, SIGN, APPROVE, FETCH)
RETURNED = (*SLOW, SIGN, RETURN, SIGN, APPROVE, FETCH)
CLOSED = (*WRITE, SIGN_AND_CLOSE)
LOST = (*AGREED, START, RING, RING_OUT, PHONE, PHONE, PHONE)
QUEUE = (CLAIM, RELEASE, CLAIM, LEASE_OVER, CLAIM, TAKE_BACK, CLAIM, ASK, UPLOAD, CLAIM)
HANDED_OVER = (CLAIM, PROPOSE, ACCEPT, RING, ANSWER, HAND_OVER_TALK)
REFUSED = (CLAIM, *(PROPOSE, REFUSE) * 3)


def ended(action: Action | Step, name: str) -> Stop:
    """One of the ends."""
    return name, (action,)


OUT_OF_PROFILE = ended(A.OUT_OF_PROFILE, "out-of-profile")
DECLINE = ended(A.DECLINE, "decline")
INVITE = ended(A.INVITE_IN_PERSON, "invite-in-person")
INPATIENT = ended(A.RECOMMEND_INPATIENT, "recommend-inpatient")
UNWRITTEN = ended(A.CLOSE_WITHOUT_CONCLUSION, "close-without-conclusion")
NO_CONTACT = ended(A.CLOSE_NO_CONTACT, "close-no-contact")
ANNUL = ended(A.ANNUL, "annul")
CANCEL = ended(A.CANCEL, "cancel")
CANCEL_LATE = ended(Step.CANCEL_LATE, "cancel_late")

ROADS: dict[Route, tuple[tuple[Stop, ...], ...]] = {
    Route.CENTRE: (RETURNED, (*QUEUE, OUT_OF_PROFILE), (*LOST, NO_CONTACT), HANDED_OVER),
    Route.REFERRAL: (APPROVED, (*REFUSED, ANNUL), (*AGREED, START, CANCEL_LATE)),
    Route.DUTY: (CLOSED, (CLAIM, CONVERT), (*AGREED, CANCEL), (*AGREED, *TALK, INPATIENT)),
    Route.JOURNAL: (CLOSED, (CLAIM, DECLINE), (*AGREED, INVITE), (*AGREED, UNWRITTEN)),
}
CLINICS = frozenset({A.APPROVE, A.RETURN, A.TAKE_OVER})
FILES = (a_file("conclusion"), a_file("ecg"), a_file("echo"))


@dataclass
class Traveller:
    """Who takes one request along its road: its doctor, the clinic, the patient, the clock."""

    clinic: Clinic
    doctor: Caller
    admin: Caller
    patient: PatientCaller
    request_id: str
    hours: Iterator[int]

    async def card(self, caller: Caller | None = None) -> RequestCard:
        """As the doctor sees it."""
        return read(await (caller or self.doctor).get(self._path), RequestCard)

    async def go(self, name: str) -> httpx.Response | None:
        """Makes one stop; None: nobody was asked for it, such as where time has passed."""
        own: dict[str, Callable[[], Awaitable[httpx.Response | None]]] = {
            "propose": self._propose,
            "accept": self._accept,
            "refuse": lambda: refuse_all(self.patient),
            "holds_over": lambda: self._pass(days=1),
            "lease_over": lambda: self._pass(seconds=LEASE_S),
            "ring_out": lambda: self._pass(seconds=45),
            "start": self._start,
            "come": self._come,
            "leave": self._leave,
            "upload": self._upload,
            "answer": self._answer,
            "hang_up": self._hang_up,
            "patient_hangs_up": self._patient_hangs_up,
            "draft": self._draft,
            "sign": lambda: self._signed(self.doctor, "signed", SIGNED),
            "approve": lambda: self._signed(self.admin, "approved", COUNTERSIGNED),
            "give_back": self._give_back,
            "correct": self._correct,
            "fetch": lambda: self.patient.get("/conclusion"),
            "hand_over": self._hand_over,
            "cancel_late": lambda: self.patient.post("/cancel-late"),
        }
        return await (own[name]() if name in own else self.ask(name))

    async def ask(self, name: str) -> httpx.Response:
        """One of the staff's actions that has no past."""
        body = next(body for path, body in BODIES.values() if path == name)
        caller = self.admin if name == "take-over" else self.doctor
        return await caller.post(f"{self._path}/{name}", body)

    @property
    def _path(self) -> str:
        return f"/requests/{self.request_id}"

    @property
    def _access(self) -> PatientAccess:
        return PatientAccess(self.request_id, "cardio", self.clinic.clock() + timedelta(days=1))

    async def _propose(self) -> httpx.Response:
        start = self.clinic.clock() + timedelta(days=2, hours=next(self.hours))
        return await propose(self.doctor, start, request_id=self.request_id)

    async def _accept(self) -> httpx.Response:
        slot = (await self.patient.state()).slots[0]
        return await self.patient.post("/slots/accept", SlotAnswer(slot_id=slot.id))

    async def _pass(self, **by: float) -> None:
        self.clinic.clock.advance(**by)
        await self.clinic.parts.deadlines.sweep()

    async def _start(self) -> None:
        await self._until(0)

    async def _come(self) -> None:
        await self._until(QUARTER)
        self.clinic.parts.presence.opened(self._access)
        await self.clinic.parts.presence.come(self._access)

    async def _leave(self) -> None:
        await self.clinic.parts.presence.closed(self._access)

    async def _until(self, seconds_before: int) -> None:
        start = (await self.card()).row.appointment_at
        assert start is not None
        left = start - timedelta(seconds=seconds_before) - self.clinic.clock()
        await self._pass(seconds=left.total_seconds())

    async def _upload(self) -> None:
        now, parts = self.clinic.clock(), self.clinic.parts
        async with parts.changes.change("cardio") as change:
            await uploaded(change, parts.catalogues, self.request_id, "ct", now)

    async def _call(self) -> Call:
        return read(await self.doctor.get(f"{self._path}/calls"), Page[Call]).items[0]

    async def _answer(self) -> httpx.Response:
        body = AnswerCall(channel=Channel.VIDEO)
        return await self.patient.post(f"/calls/{(await self._call()).id}/answer", body)

    async def _hang_up(self) -> httpx.Response:
        return await self.doctor.post(f"{self._path}/calls/{(await self._call()).id}/hang-up")

    async def _patient_hangs_up(self) -> httpx.Response:
        return await self.patient.post(f"/calls/{(await self._call()).id}/hang-up")

    async def _draft(self) -> httpx.Response:
        draft = SaveDraft(version=0, form=ConclusionForm(findings="-"))
        return await self.doctor.put(f"{self._path}/conclusion", draft)

    async def _version(self) -> int:
        found = await self.doctor.get(f"{self._path}/conclusion")
        return read(found, Conclusion).version

    async def _signed(self, caller: Caller, word: str, pdf: bytes) -> httpx.Response:
        path = f"{self._path}/conclusion/{word}?version={await self._version()}"
        return await caller.upload(path, pdf)

    async def _give_back(self) -> httpx.Response:
        body = ReturnConclusion(version=await self._version(), reason="-")
        return await self.admin.post(f"{self._path}/conclusion/returned", body)

    async def _correct(self) -> httpx.Response:
        body = CorrectConclusion(version=await self._version(), reason="-")
        return await self.doctor.post(f"{self._path}/conclusion/corrected", body)

    async def _hand_over(self) -> httpx.Response:
        body = TakeOver(reason="-", doctor_id=UserId(demo_id("account", "orlov")))
        return await self.admin.post(f"{self._path}/take-over", body)


@pytest.fixture
def clinics(settings: Settings) -> ClinicMaker:
    """Days go by, and nobody has to sign in anew."""
    return ClinicMaker(replace(settings, access_seconds=10**7), SetClock(), CountingChecker())


async def test_whole_lives_keep_to_the_written_one_and_come_by_every_status(
    clinics: ClinicMaker,
) -> None:
    """By all four routes, to every end; what is not offered on the way is refused, and changes
    nothing."""
    dice, hours = random.Random(5), count()
    plans = [(route, road) for route, roads in ROADS.items() for road in roads]
    cases = [
        replace(REQUEST, number=f"{number:02}", route=route, files=FILES)
        for number, (route, _) in enumerate(plans)
    ]
    cases[0] = replace(cases[0], status=S.NEW, documents_complete_at=None)
    seen: set[RequestStatus] = set()
    async with clinics.open(*cases) as clinic:
        doctor, admin = await clinic.caller(), await clinic.caller("admin")
        for case, (_, road) in zip(cases, plans, strict=True):
            request_id = id_of(case.number)
            patient = await clinic.patient(doctor, request_id)
            traveller = Traveller(clinic, doctor, admin, patient, request_id, hours)
            seen |= await travelled(traveller, road, dice)
    assert seen == set(S) - {S.UNKNOWN} - set(PASSED_THROUGH)


async def travelled(
    traveller: Traveller, road: tuple[Stop, ...], dice: random.Random
) -> set[RequestStatus]:
    """The whole road, with an attempt at something else here and there; answers where it was."""
    card = await traveller.card()
    seen = {card.row.status}
    for name, moves in road:
        asked = [one for one in moves[:1] if isinstance(one, Action) and one not in CLINICS]
        assert set(asked) <= set(card.row.allowed_actions), (name, card.row.status)
        answer = await traveller.go(name)
        assert answer is None or answer.is_success, (name, answer.text)
        before, card = card, await traveller.card()
        assert card.row.status in led(before.row.status, moves), (name, before.row.status)
        seen.add(card.row.status)
        if dice.random() < 0.3:
            await refused(traveller, card, dice)
    return seen


def led(status: RequestStatus, moves: tuple[Action | Step, ...]) -> set[RequestStatus]:
    """Where the written life leads by these moves, one after the other."""
    reached = {status}
    for move in moves:
        reached = {after for one in reached for after in next_of(move, one)}
    return reached


async def refused(traveller: Traveller, card: RequestCard, dice: random.Random) -> None:
    """Something that is not offered now."""
    not_offered = set(BODIES) - set(card.row.allowed_actions) - {A.CLAIM, A.TAKE_OVER}
    name, _ = BODIES[dice.choice(sorted(not_offered))]
    answer = await traveller.ask(name)
    assert not answer.is_success, (name, card.row.status)
    assert problem(answer).status in (403, 409), (name, card.row.status)
    assert await traveller.card() == card


def test_a_road_goes_by_every_route_as_far_as_a_conclusion() -> None:
    """With the clinic's approval where the route has one, without it where it has none (SPB-21)."""
    assert set(ROADS) == set(Route) - {Route.UNKNOWN}
    for route, roads in ROADS.items():
        assert roads[0][-1] == (FETCH if route in APPROVED_ROUTES else SIGN_AND_CLOSE)


def test_roads_try_every_move_that_changes_the_status() -> None:
    tried = {
        move for roads in ROADS.values() for road in roads for _, moves in road for move in moves
    }
    untried = {Step.DOCUMENTS_MISSING, Step.CANCEL}
    moving = {
        move for move, life in LIFE.items() if any({one} != set(to) for one, to in life.items())
    }
    assert moving - tried == untried
