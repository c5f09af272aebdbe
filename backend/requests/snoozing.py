"""Requests that a doctor lays aside: kept for the account, taken up, brought back by news."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import RowMapping, delete, func, insert, select, update

from backend.accounts.names import short_name
from backend.changes import Change
from backend.events.log import Kind
from backend.pages import moment
from backend.problems import claimed_by_other, forbidden, invalid, move_not_allowed
from backend.requests.claims import release
from backend.requests.moving import Standing, refuse_unless_known, standing_for
from backend.rules.actions import DOCTORS, Circumstances, refusal
from backend.rules.snoozing import LONGEST, Seen, Terms, latest, stage_of, what_is_new
from backend.rules.status import is_open
from backend.tables import documents, messages, requests, snoozes
from backend_client.models.accounts import Account
from backend_client.models.messages import Side
from backend_client.models.requests import Action, RequestStatus
from backend_client.models.snoozing import LayAside, Snooze, SnoozeEnd, TakeUp

READ = (
    *("id", "status", "status_before_claim", "owner_id", "lease_until", "life_threat"),
    *("soon_at", "due_at", "appointment_at", "missing_consents", "identity_marks"),
)
KEPT = msgspec.json.Decoder(dict[str, Snooze])


@dataclass(frozen=True, slots=True)
class _Facts:
    """A request as far as laying it aside depends on it."""

    id: str
    status: RequestStatus
    status_before_claim: RequestStatus | None
    owner_id: str | None
    lease_until: datetime | None
    life_threat: bool
    soon_at: datetime | None
    due_at: datetime | None
    appointment_at: datetime | None
    missing_consents: str
    identity_marks: str
    messages: int
    documents: int

    @property
    def terms(self) -> Terms:
        """What it must not miss."""
        return Terms(self.soon_at, self.due_at, self.appointment_at)

    @property
    def is_bare(self) -> bool:
        """Whether it is held on a lease: nothing was begun."""
        return self.status is RequestStatus.CLAIMED and self.lease_until is not None

    def seen_by(self, account_id: str) -> Seen:
        """What is compared later."""
        ends = (self.soon_at, self.due_at, self.appointment_at)
        return Seen(
            stage=stage_of(self.status, self.status_before_claim),
            life_threat=self.life_threat,
            messages=self.messages,
            documents=self.documents,
            terms=["" if end is None else end.isoformat() for end in ends],
            words=[self.missing_consents, self.identity_marks],
            is_mine=self.owner_id == account_id,
        )


def snooze_of(kept: str, account_id: str, now: datetime) -> Snooze | None:
    """What the account has laid aside, from what the request keeps; one whose moment has come is
    back, whether the server has told so by then or not."""
    if not kept:
        return None
    found = KEPT.decode(kept).get(account_id)
    if found is None or found.back_at is not None or found.until > now:
        return found
    return msgspec.structs.replace(found, back_at=found.until, why=_end_of(for_term=found.for_term))


async def for_doctor(change: Change, account: Account, request_id: str) -> Standing:
    """Of a request that the account sees. Raises Refused (not_found, forbidden)."""
    standing = await standing_for(change, account, request_id)
    if account.role not in DOCTORS:
        raise forbidden()
    return standing


async def lay_aside(
    change: Change, account: Account, standing: Standing, given: LayAside, now: datetime
) -> None:
    """Out of the account's lists until the moment, or until its term comes near.

    A claim on which nothing was begun is given back: nobody waits for who works on something else.
    Raises Refused (claimed_by_other, move_not_allowed, invalid).
    """
    if standing.owner_id not in (None, account.id):
        raise claimed_by_other(short_name(standing.owner_name or ""))
    facts = await _facts_of(change, standing.id)
    refuse_unless_known(Action.SNOOZE, standing)
    _refuse(Action.SNOOZE, Circumstances(is_threat=facts.life_threat))
    asked = moment("until", given.until)
    if asked > now + LONGEST:
        raise invalid(f"until: more than {LONGEST.days} days ahead")
    if facts.is_bare and facts.owner_id == account.id:
        await release(change, account, standing.id, now)
        facts = await _facts_of(change, standing.id)
    last = latest(now, facts.terms)
    is_cut = last is not None and last < asked
    until = last if is_cut and last is not None else asked
    is_over = until <= now  # such as an order that has waited for the connection
    row = {
        "account_id": account.id,
        "request_id": standing.id,
        "until": until,
        "note": given.note.replace("\0", "").strip(),
        "for_term": is_cut,
        "seen": _written(facts.seen_by(account.id)),
        "back_at": now if is_over else None,
        "why": _end_of(for_term=is_cut) if is_over else None,
    }
    await _forget(change, standing.id, [account.id])
    await change.connection.execute(insert(snoozes).values(row))
    await _keep(change, standing.id, [account.id])


async def take_up(
    change: Change, account: Account, standing: Standing, _: TakeUp, now: datetime
) -> None:
    """In the account's lists again; what has come back was seen. Raises Refused
    (move_not_allowed)."""
    refuse_unless_known(Action.WAKE, standing)
    was_aside = await _forget(change, standing.id, [account.id])
    _refuse(Action.WAKE, Circumstances(was_aside=was_aside))
    await _keep(change, standing.id, [account.id])


async def was_opened(change: Change, account: Account, request_id: str) -> None:
    """The doctor works on what has come back: it is said no more."""
    mine = (snoozes.c.account_id == account.id) & (snoozes.c.request_id == request_id)
    seen = delete(snoozes).where(mine, snoozes.c.back_at.is_not(None))
    if (await change.connection.execute(seen)).rowcount:
        await _keep(change, request_id, [account.id])


async def come_back(change: Change, request_id: str, now: datetime) -> None:
    """Whoever has laid the request aside until now has it again."""
    await change.connection.execute(
        select(requests.c.id).where(requests.c.id == request_id).with_for_update()
    )
    rows = await _rows(change, [request_id])
    over = [row for row in rows if row["back_at"] is None and row["until"] <= now]
    if not over:
        return
    facts = await _facts_of(change, request_id)
    for row in over:
        await _bring_back(change, row, facts, _end_of(for_term=row["for_term"]), now)
    await _keep(change, request_id, [row["account_id"] for row in over])


async def bring_back_news(change: Change, now: datetime) -> None:
    """At the end of every change: what it has brought ends what it was laid aside for."""
    rows = await _rows(change, {one.request_id for one in change.happenings})
    if not rows:
        return
    touched: dict[str, list[str]] = {}
    facts = await _facts(change, {row["request_id"] for row in rows})
    for row in rows:
        if await _settled(change, row, facts[row["request_id"]], now):
            touched.setdefault(row["request_id"], []).append(row["account_id"])
    for request_id, account_ids in touched.items():
        await _keep(change, request_id, account_ids)


async def _settled(change: Change, row: RowMapping, facts: _Facts, now: datetime) -> bool:
    """Whether something was done with it."""
    account_id, before = row["account_id"], msgspec.json.decode(row["seen"], type=Seen)
    seen = facts.seen_by(account_id)
    has_begun = seen.stage != before.stage
    is_taken_up = seen.is_mine and not before.is_mine
    is_anothers = facts.owner_id is not None and not seen.is_mine and not before.is_mine
    if not is_open(facts.status) or is_taken_up or (has_begun and is_anothers):
        return await _forget(change, facts.id, [account_id])
    if row["back_at"] is not None:  # seen or not: what comes next is told in its own way
        return has_begun and await _forget(change, facts.id, [account_id])
    why = what_is_new(before, seen)
    last = latest(now, facts.terms) if seen.terms != before.terms else None
    if why is None and last is not None and last < row["until"]:
        why = SnoozeEnd.TERM
    if why is not None:
        await _bring_back(change, row, facts, why, now)
    return why is not None


async def _bring_back(
    change: Change, row: RowMapping, facts: _Facts, why: SnoozeEnd, now: datetime
) -> None:
    account_id = row["account_id"]
    which = (snoozes.c.account_id == account_id) & (snoozes.c.request_id == facts.id)
    values = {"back_at": now, "why": why, "seen": _written(facts.seen_by(account_id))}
    await change.connection.execute(update(snoozes).where(which).values(values))


async def _forget(change: Change, request_id: str, account_ids: Iterable[str]) -> bool:
    whose = snoozes.c.account_id.in_(list(account_ids))
    gone = delete(snoozes).where(snoozes.c.request_id == request_id, whose)
    return bool((await change.connection.execute(gone)).rowcount)


async def _keep(change: Change, request_id: str, account_ids: Iterable[str]) -> None:
    """The request keeps what its rows say; no version is made: nothing is new to anybody else."""
    kept = {
        row["account_id"]: Snooze(
            **{name: row[name] for name in ("until", "note", "for_term", "back_at", "why")}
        )
        for row in await _rows(change, [request_id])
    }
    words = msgspec.json.encode(kept).decode() if kept else ""
    mine = requests.c.id == request_id
    await change.connection.execute(update(requests).where(mine).values(snoozes=words))
    for account_id in account_ids:
        change.tell(request_id, Kind.OWN, account_id)


async def _rows(change: Change, request_ids: Collection[str]) -> list[RowMapping]:
    found = select(snoozes).where(snoozes.c.request_id.in_(list(request_ids)))
    ordered = found.order_by(snoozes.c.request_id, snoozes.c.account_id)
    return list((await change.connection.execute(ordered)).mappings())


async def _facts_of(change: Change, request_id: str) -> _Facts:
    return (await _facts(change, [request_id]))[request_id]


async def _facts(change: Change, request_ids: Collection[str]) -> Mapping[str, _Facts]:
    written = select(func.count()).where(
        messages.c.request_id == requests.c.id, messages.c.side == Side.PATIENT
    )
    brought = select(func.count()).where(documents.c.request_id == requests.c.id)
    columns: list[Any] = [requests.c[name] for name in READ]
    columns += [written.scalar_subquery().label("messages")]
    columns += [brought.scalar_subquery().label("documents")]
    found = select(*columns).where(requests.c.id.in_(list(request_ids)))
    rows = (await change.connection.execute(found)).mappings()
    return {row["id"]: _Facts(**row) for row in rows}


def _refuse(action: Action, circumstances: Circumstances) -> None:
    reason = refusal(action, circumstances)
    if reason is not None:
        raise move_not_allowed(reason)


def _end_of(*, for_term: bool) -> SnoozeEnd:
    return SnoozeEnd.TERM if for_term else SnoozeEnd.TIME


def _written(seen: Seen) -> str:
    return msgspec.json.encode(seen).decode()
