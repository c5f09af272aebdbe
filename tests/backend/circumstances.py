"""Circumstances in which a request may stand, drawn at random, and rows that stand in them."""

import hashlib
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count, cycle

import msgspec
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.conclusions.vault import Vault
from backend.demo_data.rows import demo_id
from backend.rules.snoozing import Seen, stage_of
from backend.rules.status import BEFORE_CLAIM, is_open
from backend.tables import (
    calls,
    conclusion_editions,
    conclusions,
    identity_confirmations,
    patient_changes,
    patients,
    phone_attempts,
    requests,
    snoozes,
)
from backend_client.models.calls import CallState
from backend_client.models.conclusions import ConclusionForm, ConclusionState
from backend_client.models.identity import DataField, DataSource, IdentityMark, IdentityProof
from backend_client.models.request_actions import PhoneOutcome
from backend_client.models.requests import ConsentKind, IdentityLevel, RequestStatus
from backend_client.models.routes import Route
from backend_client.models.snoozing import Snooze
from tests.backend.clinic import Clinic, id_of

S = RequestStatus
M = IdentityMark
SIGNED = b"%PDF-1.7 one signature"
DIGEST = hashlib.sha256(SIGNED).hexdigest()
OWNERS = {"levashova": "levashova", "duty": "duty", "orlov": "levashova", "admin": "levashova"}
"""Who asks, and who holds what is held at all."""
DRAWS = {S.CLAIMED: 7, S.SLOT_PROPOSED: 4, S.SCHEDULED: 10, S.WAITING: 3, S.DRAFTING: 3}
"""Statuses from which more depends on the circumstances than from others."""
WRITTEN = frozenset({S.SIGNED, S.APPROVED, S.RETURNED, S.DELIVERED, S.CLOSED})
BEFORE_ITS_END = timedelta(minutes=4)
Row = dict[str, object]
MARKS = ((), (), (M.NOT_IDENTIFIED,), (), (M.BY_PERSON, M.DATA_CHANGED))
ROUTES = (Route.CENTRE, Route.REFERRAL, Route.DUTY, Route.JOURNAL)


@dataclass(frozen=True)
class Case:
    """One request as somebody looks at it."""

    status: RequestStatus
    asker: str
    route: Route
    lacks_consent: bool
    refusals: int
    phone_attempts: int
    missed_calls: int
    is_ringing: bool
    has_come: bool
    """The appointed time."""
    is_online: bool
    has_draft: bool
    before_claim: RequestStatus
    lease_left: timedelta | None
    marks: tuple[IdentityMark, ...] = ()
    """What stands out about the patient."""
    is_threat: bool = False
    is_aside: bool = False
    """The one who asks has laid it aside."""

    @property
    def owner(self) -> str | None:
        """Key of the account that holds it."""
        return None if self.status in BEFORE_CLAIM else OWNERS[self.asker]

    @property
    def lease_is_over(self) -> bool:
        """Whether the claim has outlived its lease."""
        return self.lease_left is not None and self.lease_left <= timedelta(0)


def drawn(dice: random.Random) -> Iterator[Case]:
    """Every status as everybody sees it; where much depends on other things, more than once."""
    marks, aside, threats = cycle(MARKS), cycle((True, False, False)), cycle((*([False] * 6), True))
    for status in (*RequestStatus,):
        if status is S.UNKNOWN:
            continue
        for asker in OWNERS:
            times = DRAWS.get(status, 1)
            for _ in range(times if asker == "levashova" else (times + 2) // 3):
                laid = next(aside) and is_open(status) and asker != "admin"
                case = replace(_case(status, asker, dice), marks=next(marks))
                yield replace(case, is_aside=laid, is_threat=next(threats))


def _case(status: RequestStatus, asker: str, dice: random.Random) -> Case:
    route = dice.choice(ROUTES)
    begun = status is not S.CLAIMED or dice.random() < 0.3
    left = dice.choice([BEFORE_ITS_END, BEFORE_ITS_END, timedelta(0), timedelta(minutes=-1)])
    gated = [S.READY, S.READY, S.AWAITING_DOCUMENTS, S.NEW]
    return Case(
        status=status,
        asker=asker,
        route=route,
        lacks_consent=dice.random() < 0.3,
        refusals=dice.choice([0, 2, 3, 3]),
        phone_attempts=dice.choice([0, 2, 3, 3, 4]),
        missed_calls=dice.choice([0, 1, 1, 2]),
        is_ringing=status in (S.SCHEDULED, S.WAITING, S.DRAFTING) and dice.random() < 0.3,
        has_come=dice.random() < 0.7,
        is_online=status is S.WAITING or dice.random() < 0.3,
        has_draft=begun,
        before_claim=dice.choice(gated if status in (S.CLAIMED, S.SLOT_PROPOSED) else [S.READY]),
        lease_left=None if begun else left,
    )


class Shelf:
    """Puts requests into a clinic's database, as copies of its one request."""

    def __init__(self, clinic: Clinic) -> None:
        self._clinic = clinic
        self._numbers = count(1)

    async def put(self, cases: Sequence[Case]) -> list[str]:
        """One request for each case; answers their ids."""
        numbers = [f"99-{next(self._numbers):05}" for _ in cases]
        now = self._clinic.clock()
        pdf, _ = await Vault(self._clinic.parts.files).put("shelf", SIGNED)
        rows = [(id_of(number), case) for number, case in zip(numbers, cases, strict=True)]
        async with self._clinic.parts.database.write() as connection:
            found = select(requests).where(requests.c.id == id_of("20-0001"))
            template = dict((await connection.execute(found)).mappings().one())
            made = [
                {**template, "id": request_id, "number": number, **_row(request_id, case, now)}
                for number, (request_id, case) in zip(numbers, rows, strict=True)
            ]
            await _put_patients(connection, template["patient_id"], rows, now)
            await connection.execute(insert(requests), made)
            for table, parts in (
                (calls, [row for one in rows for row in _calls(*one, now)]),
                (phone_attempts, [row for one in rows for row in _attempts(*one, now)]),
                (conclusions, [row for one in rows for row in _conclusion(*one, now, pdf)]),
                (conclusion_editions, [row for one in rows for row in _edition(*one, now, pdf)]),
                (snoozes, [row for one in rows for row in _snoozes(*one, now)]),
            ):
                if parts:
                    await connection.execute(insert(table), parts)
        return [request_id for request_id, _ in rows]


def _row(request_id: str, case: Case, now: datetime) -> Row:
    waits = case.before_claim is not S.READY or case.status in (S.NEW, S.AWAITING_DOCUMENTS)
    lease = None if case.lease_left is None else now + case.lease_left
    came = now - timedelta(minutes=9) if case.is_online or case.phone_attempts else None
    return {
        "patient_id": request_id,
        "route": case.route,
        "status": case.status,
        "status_before_claim": None if case.owner is None else case.before_claim,
        "owner_id": None if case.owner is None else demo_id("account", case.owner),
        "claimed_at": None if case.owner is None else now,
        "lease_until": lease,
        "is_open": is_open(case.status),
        "ended_at": None if is_open(case.status) else now,
        "documents_complete_at": None if waits else now,
        "missing_consents": ConsentKind.DISCLOSURE.value if case.lacks_consent else "",
        "slot_refusals": case.refusals,
        "phone_attempts": case.phone_attempts,
        "missed_calls": case.missed_calls,
        "rings_until": now + timedelta(seconds=45) if case.is_ringing else None,
        "patient_came_at": came,
        "patient_left_at": None if case.is_online else came,
        "appointment_at": now + timedelta(hours=-1 if case.has_come else 1),
        "needs_approval": True,
        "identity_marks": " ".join(case.marks),
        "life_threat": case.is_threat,
        "snoozes": _kept(case, now),
    }


async def _put_patients(
    connection: AsyncConnection,
    template_id: object,
    rows: Sequence[tuple[str, Case]],
    now: datetime,
) -> None:
    """A person of their own for each request: one patient is called by one doctor at a time."""
    found = select(patients).where(patients.c.id == template_id)
    template = dict((await connection.execute(found)).mappings().one())
    marked = [(request_id, case.marks) for request_id, case in rows]
    people = [
        {
            **template,
            "id": request_id,
            "identity_level": IdentityLevel.NOT_IDENTIFIED
            if set(marks) - {M.DATA_CHANGED}
            else IdentityLevel.CONFIRMED,
        }
        for request_id, marks in marked
    ]
    account = demo_id("account", "levashova")
    proven: Row = {"account_id": account, "at": now, "proof": IdentityProof.PASSPORT, "note": ""}
    said: Row = {"field": DataField.PLACE, "value": "Пермь", "source": DataSource.PATIENT}
    said |= {"at": now, "waits": True}
    confirmed = [{"patient_id": one, **proven} for one, marks in marked if M.BY_PERSON in marks]
    changed = [
        {"id": one, "patient_id": one, **said} for one, marks in marked if M.DATA_CHANGED in marks
    ]
    for table, made in (
        (patients, people),
        (identity_confirmations, confirmed),
        (patient_changes, changed),
    ):
        if made:
            await connection.execute(insert(table), made)


def _kept(case: Case, now: datetime) -> str:
    if not case.is_aside:
        return ""
    kept = {demo_id("account", case.asker): Snooze(until=now + timedelta(days=9), note="")}
    return msgspec.json.encode(kept).decode()


def _snoozes(request_id: str, case: Case, now: datetime) -> list[Row]:
    stands = case.before_claim if case.status is S.CLAIMED else case.status
    seen = Seen(
        stage=stage_of(stands, None),
        life_threat=case.is_threat,
        messages=0,
        documents=0,
        terms=[],
        words=[],
        is_mine=case.owner == case.asker,
    )
    row: Row = {
        "account_id": demo_id("account", case.asker),
        "request_id": request_id,
        "until": now + timedelta(days=9),
        "note": "",
        "for_term": False,
        "seen": msgspec.json.encode(seen).decode(),
    }
    return [row] if case.is_aside else []


def _calls(request_id: str, case: Case, now: datetime) -> list[Row]:
    states = [CallState.TIMED_OUT] * case.missed_calls + [CallState.RINGING] * case.is_ringing
    states += [CallState.ACTIVE] * (case.status is S.IN_CALL)
    return [
        {
            "id": f"{request_id[:30]}-{attempt}",
            "request_id": request_id,
            "doctor_id": demo_id("account", case.owner or "levashova"),
            "attempt": attempt,
            "state": state,
            "is_on": state is not CallState.TIMED_OUT,
            "connection": 1,
            "placed_at": now,
            "rings_until": now + timedelta(seconds=45),
            "answered_at": now if state is CallState.ACTIVE else None,
        }
        for attempt, state in enumerate(states)
    ]


def _attempts(request_id: str, case: Case, now: datetime) -> list[Row]:
    return [
        {
            "id": f"{request_id[:30]}-{number}",
            "request_id": request_id,
            "number": number,
            "caller_id": demo_id("account", case.owner or "levashova"),
            "at": now,
            "outcome": PhoneOutcome.BUSY,
            "note": "",
        }
        for number in range(case.phone_attempts)
    ]


def _conclusion(request_id: str, case: Case, now: datetime, pdf: str) -> list[Row]:
    if case.owner is None or not case.has_draft:
        return []
    written = case.status in WRITTEN
    state = ConclusionState.SIGNED if written else ConclusionState.DRAFTING
    row: Row = {
        "request_id": request_id,
        "version": 1,
        "state": ConclusionState.RETURNED if case.status is S.RETURNED else state,
        "form": msgspec.to_builtins(ConclusionForm(findings="-")),
        "author_id": demo_id("account", case.owner),
        "edition": 2 if case.status is S.RETURNED else 1,
        "signers": 1 if written else 0,
        "sha256": DIGEST if written else None,
        "storage_path": pdf if written else None,
        "signed_at": now if written else None,
        "return_reason": "",
        "changed_at": now,
    }
    return [row]


def _edition(request_id: str, case: Case, now: datetime, pdf: str) -> list[Row]:
    """The file that was signed; of what was returned, too."""
    if case.owner is None or not case.has_draft or case.status not in WRITTEN:
        return []
    row: Row = {
        "request_id": request_id,
        "edition": 1,
        "form": msgspec.to_builtins(ConclusionForm(findings="-")),
        "author_id": demo_id("account", case.owner),
        "signers": 1,
        "sha256": DIGEST,
        "first_sha256": DIGEST,
        "size": len(SIGNED),
        "storage_path": pdf,
        "signed_at": now,
    }
    return [row]
