"""A conclusion by the link of a letter: once, to whoever presses the button, while it holds."""

from datetime import datetime

from sqlalchemy import RowMapping, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.audit.trace import current
from backend.changes import Change, Changes
from backend.conclusions.delivering import received
from backend.conclusions.editions import was_delivered
from backend.conclusions.vault import Vault
from backend.database import Database
from backend.mail.claiming import digest
from backend.mail.outbox import KEPT_WAITING
from backend.patients.guesses import Guesses
from backend.problems import Refused, conflict
from backend.requests.consents import is_withdrawn, refuse_withdrawn
from backend.requests.moving import note
from backend.rules import history as lines
from backend.settings import Clock
from backend.tables import conclusion_editions, mail_links, mails, requests
from backend_client.models.common import Problem, ProblemCode
from backend_client.models.delivery import DeliveryState


class MailedConclusions:
    """Opens such links; many that are none make their sender wait."""

    def __init__(
        self, database: Database, changes: Changes, vault: Vault, guesses: Guesses, now: Clock
    ) -> None:
        self._database, self._changes, self._vault = database, changes, vault
        self._guesses = guesses
        self._now = now

    async def take(self, token: str, address: str) -> bytes:
        """The signed PDF; the link is used up. `address` is where the asker comes from.

        Raises Refused (link_not_good, too_many_attempts, link_used, link_over, consent_missing,
        document_replaced, file_changed).
        """
        async with self._database.read() as connection:
            await self._guesses.refuse_guesser(connection, address)
            row = await _row(connection, digest(token))
        if row is None:
            await self._guesses.wrong(address)
            title = "This link is not good: open the patient's page"
            raise Refused(Problem(status=401, title=title, code=ProblemCode.LINK_NOT_GOOD))
        trace = current()
        if trace is not None:
            trace.by_patient(row["centre_id"], row["request_id"])
        now = self._now()
        _refuse(row, now)
        # Before the link is used up: a file that is not there costs the patient nothing.
        pdf = await self._vault.take(row["storage_path"], row["sha256"])
        async with self._changes.change(row["centre_id"]) as change:
            await _use_up(change, row, now)
        return pdf

    async def forget_old(self) -> None:
        """Throws away codes' letters, and links that have been over for long."""
        long_ago = self._now() - KEPT_WAITING
        old_codes = mails.c.edition.is_(None) & (mails.c.queued_at < long_ago)
        over = mail_links.c.expires_at < long_ago - 10 * KEPT_WAITING
        async with self._database.write() as connection:
            await connection.execute(delete(mail_links).where(over))
            await connection.execute(delete(mails).where(old_codes))


def _refuse(row: RowMapping, now: datetime) -> None:
    if row["withdrawn"]:
        raise refuse_withdrawn()
    if row["newest"] != row["edition"]:
        title = "A newer edition has taken this document's place"
        raise conflict(ProblemCode.DOCUMENT_REPLACED, title)
    if row["used_at"] is not None:
        raise _used()
    if row["expires_at"] <= now:
        raise conflict(ProblemCode.LINK_OVER, "This link was not used in time")


async def _use_up(change: Change, row: RowMapping, now: datetime) -> None:
    """All links of the letter. Raises Refused (link_used: another was quicker)."""
    mine = (mail_links.c.mail_id == row["mail_id"]) & mail_links.c.used_at.is_(None)
    used = await change.connection.execute(update(mail_links).where(mine).values(used_at=now))
    if not used.rowcount:
        raise _used()
    opened = {"state": DeliveryState.OPENED, "opened_at": now, "due_at": None}
    which = mails.c.id == row["mail_id"]
    await change.connection.execute(update(mails).where(which).values(opened))
    await note(change, row["request_id"], lines.MAIL_OPENED, now)
    await received(change, row["request_id"], now)


def _used() -> Refused:
    return conflict(ProblemCode.LINK_USED, "This link has been used")


async def _row(connection: AsyncConnection, token_hash: str) -> RowMapping | None:
    editions = conclusion_editions.alias("linked")
    found = (
        select(
            mail_links.c.mail_id,
            mail_links.c.used_at,
            mail_links.c.expires_at,
            mails.c.request_id,
            mails.c.edition,
            requests.c.centre_id,
            editions.c.storage_path,
            editions.c.sha256,
            is_withdrawn(requests.c.id).label("withdrawn"),
            was_delivered(requests.c.id).scalar_subquery().label("newest"),
        )
        .join(mails, mails.c.id == mail_links.c.mail_id)
        .join(requests, requests.c.id == mails.c.request_id)
        .join(
            editions,
            (editions.c.request_id == mails.c.request_id) & (editions.c.edition == mails.c.edition),
        )
        .where(mail_links.c.token_hash == token_hash)
    )
    return (await connection.execute(found)).mappings().first()
