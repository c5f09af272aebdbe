"""Links to the patient's page: random tokens of which only hashes are kept."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select, update

from backend.changes import Change
from backend.database import Database
from backend.patients.guesses import Guesses
from backend.problems import Refused, forbidden
from backend.requests.moving import note, standing_for
from backend.rules import history as lines
from backend.rules.actions import CLINICAL
from backend.settings import Clock
from backend.tables import patient_links, requests
from backend_client.models.accounts import Account
from backend_client.models.common import Problem, ProblemCode

TOKEN_BYTES = 32
"""256 bits: nobody finds one by trying."""


@dataclass(frozen=True, slots=True)
class PatientAccess:
    """The one request that a link opens."""

    request_id: str
    centre_id: str
    expires_at: datetime


class PatientLinks:
    """Gives, checks and revokes links."""

    def __init__(self, database: Database, guesses: Guesses, seconds: int, now: Clock) -> None:
        self._database = database
        self._guesses = guesses
        self._life = timedelta(seconds=seconds)
        self._now = now

    async def give(self, change: Change, account: Account, request_id: str) -> tuple[str, datetime]:
        """A new token and its end; earlier links stay good.

        Raises Refused (not_found, forbidden).
        """
        await self._for_giver(change, account, request_id)
        now = self._now()
        over = patient_links.c.expires_at < now
        await change.connection.execute(delete(patient_links).where(over))
        token = secrets.token_urlsafe(TOKEN_BYTES)
        row = {
            "token_hash": _digest(token),
            "request_id": request_id,
            "created_by": account.id,
            "created_at": now,
            "expires_at": now + self._life,
        }
        await change.connection.execute(insert(patient_links).values(row))
        await note(change, request_id, lines.link_given(account.short_name), now)
        return token, now + self._life

    async def revoke(self, change: Change, account: Account, request_id: str) -> None:
        """None of the request's links is good any more. Raises Refused (not_found, forbidden)."""
        await self._for_giver(change, account, request_id)
        now = self._now()
        good = (patient_links.c.request_id == request_id) & patient_links.c.revoked_at.is_(None)
        revoked = await change.connection.execute(
            update(patient_links).where(good).values(revoked_at=now)
        )
        if revoked.rowcount:
            await note(change, request_id, lines.LINK_REVOKED, now)

    async def access(self, token: str | None, address: str) -> PatientAccess:
        """What a token opens; raises Refused (link_not_good, too_many_attempts)."""
        found = (
            select(patient_links.c.request_id, requests.c.centre_id, patient_links.c.expires_at)
            .join(requests, requests.c.id == patient_links.c.request_id)
            .where(patient_links.c.token_hash == _digest(token or ""))
            .where(patient_links.c.revoked_at.is_(None), patient_links.c.expires_at > self._now())
        )
        async with self._database.read() as connection:
            await self._guesses.refuse_guesser(connection, address)
            row = (await connection.execute(found)).first()
        if row is None:
            await self._guesses.wrong(address)
            title = "This link is not good any more: ask the clinic for a new one"
            raise Refused(Problem(status=401, title=title, code=ProblemCode.LINK_NOT_GOOD))
        return PatientAccess(*row)

    async def forget_old(self) -> None:
        """Throws away counts of wrong links that are over."""
        await self._guesses.forget_old()

    async def _for_giver(self, change: Change, account: Account, request_id: str) -> None:
        await standing_for(change, account, request_id)
        if account.role not in CLINICAL:
            raise forbidden()


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
