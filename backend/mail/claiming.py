"""Takes one letter to send: whether it may still go, where to, and what stands in it."""

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import RowMapping, ScalarSelect, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.changes import Changes
from backend.conclusions.editions import was_delivered
from backend.conclusions.vault import Vault
from backend.database import Database
from backend.mail.emails import CODE_LIFE, new_code
from backend.mail.letters import Letters
from backend.mail.outbox import KEPT_WAITING, failed, is_open
from backend.problems import Refused
from backend.requests.consents import is_withdrawn
from backend.rules.catalogues import Catalogues
from backend.settings import Clock
from backend.tables import conclusion_editions, mail_links, mails, patient_emails, requests
from backend_client.models.catalogue import ConclusionMail
from backend_client.models.delivery import DeliveryState, MailFault

HELD_FOR = timedelta(minutes=10)
"""A conversation with a mail server is over by then, or its process is no more: the letter is due
again."""
TOKEN_BYTES = 32
"""256 bits: nobody finds one by trying."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """One letter that nobody else sends now."""

    id: str
    key: str
    centre_id: str
    address: str
    letter: bytes


class Claims:
    """Takes letters out of the outbox, one by one."""

    def __init__(
        self,
        database: Database,
        changes: Changes,
        vault: Vault,
        catalogues: Catalogues,
        letters: Letters | None,
        link_seconds: int,
        now: Clock,
    ) -> None:
        self._database, self._changes, self._vault = database, changes, vault
        self._catalogues = catalogues
        self._letters = letters
        self._link_life = timedelta(seconds=link_seconds)
        self._now = now

    async def next_due(self, tried: Collection[str]) -> str | None:
        """The letter that waits longest beyond its time."""
        found = (
            select(mails.c.id)
            .where(is_open(), mails.c.due_at <= self._now(), mails.c.id.not_in(tried))
            .order_by(mails.c.due_at)
            .limit(1)
        )
        async with self._database.read() as connection:
            mail_id: str | None = (await connection.execute(found)).scalar()
        return mail_id

    async def claim(self, mail_id: str) -> Claimed | None:
        """None: another process has it, or it does not go now; then the row says why."""
        now = self._now()
        async with self._database.write() as connection:
            if not await _hold(connection, mail_id, now):
                return None
            row = await _row(connection, mail_id)
        fault = self._fault(row, now)
        if fault is not None:
            await self._fail(row, fault)
            return None
        if row["address_now"] is None or (row["edition"] and row["confirmed_at"] is None):
            await self._let_wait(mail_id)
            return None
        return await self._written(row, now)

    def _fault(self, row: RowMapping, now: datetime) -> MailFault | None:
        if row["edition"] is None:
            over = now > row["queued_at"] + CODE_LIFE
            return MailFault.WAITED_TOO_LONG if over else None
        if row["withdrawn"]:
            return MailFault.CONSENT_WITHDRAWN
        if row["newest"] != row["edition"]:
            return MailFault.REPLACED
        return MailFault.WAITED_TOO_LONG if now > row["queued_at"] + KEPT_WAITING else None

    async def _written(self, row: RowMapping, now: datetime) -> Claimed | None:
        """The letter; None where it cannot be, or its centre wants none."""
        assert self._letters is not None
        to = (row["address_now"], row["message_key"], now)
        centre = self._catalogues.newest(row["centre_id"])
        if row["edition"] is None:
            async with self._database.write() as connection:
                code = await new_code(connection, row["patient_id"], now)
            letter = self._letters.code(*to, code, int(CODE_LIFE.total_seconds()) // 60)
        elif centre.conclusion_mail is ConclusionMail.ATTACHMENT:
            try:
                pdf = await self._vault.take(row["storage_path"], row["sha256"])
            except Refused:
                await self._fail(row, MailFault.FILE_CHANGED)
                return None
            letter = self._letters.with_file(*to, pdf)
        elif centre.conclusion_mail is ConclusionMail.LINK:
            token, until = await self._new_link(row["id"], now)
            told = until.astimezone(ZoneInfo(centre.time_zone)).strftime("%d.%m.%Y %H:%M")
            letter = self._letters.with_link(*to, token, told)
        else:
            await self._let_wait(row["id"])
            return None
        return Claimed(row["id"], row["message_key"], row["centre_id"], row["address_now"], letter)

    async def _new_link(self, mail_id: str, now: datetime) -> tuple[str, datetime]:
        """Each try has a link of its own: only the letter knows its token."""
        token, until = secrets.token_urlsafe(TOKEN_BYTES), now + self._link_life
        link = {"token_hash": digest(token), "mail_id": mail_id, "expires_at": until}
        async with self._database.write() as connection:
            await connection.execute(insert(mail_links).values(link))
            by_link = update(mails).where(mails.c.id == mail_id).values(by_link=True)
            await connection.execute(by_link)
        return token, until

    async def _fail(self, row: RowMapping, fault: MailFault) -> None:
        async with self._changes.change(row["centre_id"]) as change:
            await failed(change, row["id"], row["message_key"], fault, self._now())

    async def _let_wait(self, mail_id: str) -> None:
        """Until there is an address, confirmed where it is a document's."""
        waits = {"state": DeliveryState.WAITING, "due_at": None}
        async with self._database.write() as connection:
            await connection.execute(update(mails).where(mails.c.id == mail_id).values(waits))


def digest(token: str) -> str:
    """What is kept of a link's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _address_now() -> ScalarSelect[str]:
    return (
        select(patient_emails.c.address)
        .join(requests, requests.c.patient_id == patient_emails.c.patient_id)
        .where(requests.c.id == mails.c.request_id)
        .scalar_subquery()
    )


async def _hold(connection: AsyncConnection, mail_id: str, now: datetime) -> bool:
    mine = (mails.c.id == mail_id) & is_open() & (mails.c.due_at <= now)
    held = {
        "state": DeliveryState.SENT,
        "due_at": now + HELD_FOR,
        "tries": mails.c.tries + 1,
        "by_link": False,
        "address": _address_now(),
    }
    return bool((await connection.execute(update(mails).where(mine).values(held))).rowcount)


async def _row(connection: AsyncConnection, mail_id: str) -> RowMapping:
    editions = conclusion_editions.alias("sent")
    found = (
        select(
            mails,
            requests.c.centre_id,
            requests.c.patient_id,
            patient_emails.c.address.label("address_now"),
            patient_emails.c.confirmed_at,
            editions.c.storage_path,
            editions.c.sha256,
            is_withdrawn(requests.c.id).label("withdrawn"),
            was_delivered(requests.c.id).scalar_subquery().label("newest"),
        )
        .join(requests, requests.c.id == mails.c.request_id)
        .outerjoin(patient_emails, patient_emails.c.patient_id == requests.c.patient_id)
        .outerjoin(
            editions,
            (editions.c.request_id == mails.c.request_id) & (editions.c.edition == mails.c.edition),
        )
        .where(mails.c.id == mail_id)
    )
    return (await connection.execute(found)).mappings().one()
