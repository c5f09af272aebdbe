"""Idempotency-Key: a repeated POST is answered with its first result and done once.

The result is kept in the same transaction as what was done: there is never one without the other.
"""

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

import msgspec
from sqlalchemy import Column, Table, delete, insert, select
from sqlalchemy.exc import DBAPIError, IntegrityError

from backend.changes import Change, Changes
from backend.database import Database, lost_to_others
from backend.problems import Refused, invalid
from backend.settings import Clock
from backend.tables import idempotency_keys as staff_keys
from backend.tables import patient_keys
from backend_client.models.accounts import Account
from backend_client.models.common import Problem, ProblemCode, Wire

Answer = TypeVar("Answer", bound=Wire)
Ready = TypeVar("Ready")
LONGEST_KEY = 200
TRIES = 5
"""Of a transaction that loses to others."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Whose keys they are, and where those are kept."""

    centre_id: str
    id: str
    table: Table
    owner: Column[str]


def staff_asker(account: Account) -> Asker:
    """An account has its keys."""
    return Asker(account.centre_id, account.id, staff_keys, staff_keys.c.account_id)


def patient_asker(centre_id: str, request_id: str) -> Asker:
    """A patient has them for the one request that the link is for."""
    return Asker(centre_id, request_id, patient_keys, patient_keys.c.request_id)


@dataclass(frozen=True, slots=True)
class Ticket:
    """One POST: who asks, under which key (None: none was sent), and for what."""

    asker: Asker
    key: str | None
    fingerprint: str


def ticket(asker: Asker, key: str | None, method: str, path: str, body: bytes) -> Ticket:
    """Raises Refused (invalid) for a key that cannot be kept."""
    if key is not None and not _can_be_kept(key):
        raise invalid(f"Idempotency-Key: 1 to {LONGEST_KEY} visible ASCII characters")
    named = f"{method} {path}\n".encode() + body
    return Ticket(asker, key, hashlib.sha256(named).hexdigest())


def _can_be_kept(key: str) -> bool:
    return 0 < len(key) <= LONGEST_KEY and key.isascii() and key.isprintable()


class Once:
    """Does what a POST asks for, once for each key of an account."""

    def __init__(self, database: Database, changes: Changes, keep_seconds: int, now: Clock) -> None:
        self._database = database
        self._changes = changes
        self._keep = timedelta(seconds=keep_seconds)
        self._now = now

    async def perform(
        self,
        given: Ticket,
        work: Callable[[Change], Awaitable[Answer]],
        answer_type: type[Answer],
    ) -> Answer:
        """The result of `work`, or the first result of the key; a first refusal is one too."""
        result = await self._until_done(given, work)
        if isinstance(result, Problem):
            raise Refused(result)
        if isinstance(result, bytes):
            return msgspec.json.decode(result, type=answer_type)
        return result

    async def perform_prepared(
        self,
        given: Ticket,
        prepare: Callable[[], Awaitable[Ready]],
        work: Callable[[Change, Ready], Awaitable[Answer]],
        answer_type: type[Answer],
    ) -> Answer:
        """As `perform`, for what takes too long for a transaction: `prepare` is done before it,
        not at all where the key has its result, and its refusal is a first result as well."""
        known = await self._first_result(given, answer_type)
        if known is not None:
            return known
        prepared = await _outcome(prepare)

        async def then(change: Change) -> Answer:
            if isinstance(prepared, Refused):
                raise prepared
            return await work(change, prepared)

        return await self.perform(given, then, answer_type)

    async def forget_old(self) -> None:
        """Throws away everybody's keys that are over, and the answers with them."""
        async with self._database.write() as connection:
            for table in (staff_keys, patient_keys):
                over = table.c.created_at < self._now() - self._keep
                await connection.execute(delete(table).where(over))

    async def _first_result(self, given: Ticket, answer_type: type[Answer]) -> Answer | None:
        """What the key was answered with before; None: nothing yet. Raises Refused, which may be
        the first result too."""
        if given.key is None:
            return None
        async with self._changes.change(given.asker.centre_id) as change:
            change.is_repeat = True
            known = await self._known(change, given)
        if isinstance(known, Problem):
            raise Refused(known)
        return None if known is None else msgspec.json.decode(known, type=answer_type)

    async def _until_done(
        self, given: Ticket, work: Callable[[Change], Awaitable[Answer]]
    ) -> Answer | Problem | bytes:
        for left in reversed(range(TRIES)):
            try:
                return await self._perform(given, work)
            except IntegrityError:
                # The same key was being worked on at the same time: now it has its result.
                if not left:
                    raise
            except DBAPIError as error:
                if not left or not lost_to_others(error):
                    raise
        raise AssertionError("the last try returns or raises")

    async def _perform(
        self, given: Ticket, work: Callable[[Change], Awaitable[Answer]]
    ) -> Answer | Problem | bytes:
        async with self._changes.change(given.asker.centre_id) as change:
            if given.key is None:
                return await work(change)
            known = await self._known(change, given)
            if known is not None:
                change.is_repeat = True
                return known
            result = await _attempt(change, work)
            await self._keep_result(change, given, result)
            return result

    async def _known(self, change: Change, given: Ticket) -> Problem | bytes | None:
        table = given.asker.table
        await self._forget_old(change, given.asker)
        found = select(table.c.fingerprint, table.c.refused, table.c.answer).where(
            given.asker.owner == given.asker.id, table.c.key == given.key
        )
        row = (await change.connection.execute(found)).first()
        if row is None:
            return None
        if row.fingerprint != given.fingerprint:
            return _other_request()
        answer: bytes = row.answer
        return msgspec.json.decode(answer, type=Problem) if row.refused else answer

    async def _forget_old(self, change: Change, asker: Asker) -> None:
        """The asker's own keys only: two transactions never wait for each other's rows here."""
        over = asker.table.c.created_at < self._now() - self._keep
        await change.connection.execute(delete(asker.table).where(asker.owner == asker.id, over))

    async def _keep_result(self, change: Change, given: Ticket, result: Wire) -> None:
        row = {
            given.asker.owner.name: given.asker.id,
            "key": given.key,
            "fingerprint": given.fingerprint,
            "refused": isinstance(result, Problem),
            "answer": msgspec.json.encode(result),
            "created_at": self._now(),
        }
        await change.connection.execute(insert(given.asker.table).values(row))


async def _outcome(prepare: Callable[[], Awaitable[Ready]]) -> Ready | Refused:
    try:
        return await prepare()
    except Refused as refusal:
        return refusal


async def _attempt(change: Change, work: Callable[[Change], Awaitable[Answer]]) -> Answer | Problem:
    """The result; a refusal undoes what was done before it."""
    try:
        async with change.connection.begin_nested():
            return await work(change)
    except Refused as refusal:
        change.forget()
        change.refused = refusal.problem.status
        return refusal.problem


def _other_request() -> Problem:
    title = "This Idempotency-Key was used for another request"
    return Problem(status=422, title=title, code=ProblemCode.INVALID)
