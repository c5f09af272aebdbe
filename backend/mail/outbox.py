"""What is to be sent, as rows: kept until a mail server has taken it, whatever ends meanwhile."""

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.changes import Change
from backend.conclusions.editions import was_delivered
from backend.requests.moving import note
from backend.rules import history as lines
from backend.tables import conclusion_editions, mail_links, mails, patient_emails, requests
from backend_client.models.delivery import DeliveryState, MailFault

OPEN = (DeliveryState.WAITING, DeliveryState.SENT)
"""A row is SENT while a process talks with the mail server, until its `due_at`."""
RETRIES = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 180, 360, 720, 1440))
"""Between one try and the next; after them it has failed."""
KEPT_WAITING = timedelta(days=3)
"""What nobody could send in that time is not sent unexpectedly later."""


async def queue_conclusion(change: Change, request_id: str, edition: int, now: datetime) -> None:
    """The edition goes to the patient's address as soon as there is a confirmed one."""
    is_confirmed = select(exists().where(has_confirmed(request_id)))
    due = now if (await change.connection.execute(is_confirmed)).scalar() else None
    await _give_up(change, request_id, mails.c.edition.is_not(None))
    await _add(change, request_id, edition, due, now)


async def queue_code(change: Change, request_id: str, now: datetime) -> None:
    """A code goes to the address that the patient has just said; one before it does not."""
    await _give_up(change, request_id, mails.c.edition.is_(None))
    await _add(change, request_id, None, now, now)


async def queue_again(change: Change, request_id: str, edition: int, now: datetime) -> None:
    """Anew, as a letter of its own; links that were sent before open nothing any more."""
    which = (mails.c.request_id == request_id) & (mails.c.edition == edition)
    values = {
        "state": DeliveryState.WAITING,
        "message_key": str(uuid.uuid4()),
        "tries": 0,
        "due_at": now,
        "queued_at": now,
        "taken_at": None,
        "opened_at": None,
        "reason": "",
    }
    known = update(mails).where(which).values(values)
    if not (await change.connection.execute(known)).rowcount:
        await _add(change, request_id, edition, now, now)
        return
    old = mail_links.c.mail_id.in_(select(mails.c.id).where(which))
    await change.connection.execute(update(mail_links).where(old).values(expires_at=now))


async def unsent_edition(connection: AsyncConnection, request_id: str) -> int | None:
    """The newest edition that was delivered, where it only waits for an address."""
    table = conclusion_editions.alias("newest")
    newest = was_delivered(request_id).scalar_subquery()
    found = (
        select(table.c.edition, mails.c.state)
        .outerjoin(
            mails,
            (mails.c.request_id == table.c.request_id) & (mails.c.edition == table.c.edition),
        )
        .where(table.c.request_id == request_id, table.c.edition == newest)
    )
    row = (await connection.execute(found)).first()
    if row is None or row.state not in (None, DeliveryState.WAITING):
        return None
    edition: int = row.edition
    return edition


async def taken(change: Change, mail_id: str, key: str, now: datetime) -> None:
    """The mail server has the letter."""
    done = {"state": DeliveryState.TAKEN, "taken_at": now, "due_at": None, "reason": ""}
    await _mark(change, mail_id, key, done, lines.MAIL_TAKEN, now)


async def failed(change: Change, mail_id: str, key: str, fault: MailFault, now: datetime) -> None:
    """It is not tried any more."""
    over = {"state": DeliveryState.FAILED, "due_at": None, "reason": fault.value}
    await _mark(change, mail_id, key, over, lines.MAIL_FAILED, now)


async def postponed(
    change: Change, mail_id: str, key: str, fault: MailFault, now: datetime
) -> None:
    """It is tried again later; after so many times it has failed."""
    tries = select(mails.c.tries).where(mails.c.id == mail_id)
    number: int = (await change.connection.execute(tries)).scalar() or 1
    if number > len(RETRIES):
        await failed(change, mail_id, key, fault, now)
        return
    due = now + RETRIES[number - 1]
    again = {"state": DeliveryState.WAITING, "due_at": due, "reason": fault.value}
    await _mark(change, mail_id, key, again, "", now)


async def _mark(
    change: Change, mail_id: str, key: str, values: Mapping[str, object], line: str, now: datetime
) -> None:
    """Where it is still the same letter; a conclusion's is told to the request's subscribers."""
    mine = (mails.c.id == mail_id) & (mails.c.message_key == key) & is_open()
    marked = update(mails).where(mine).values(values)
    if not (await change.connection.execute(marked)).rowcount:
        return
    found = select(mails.c.request_id, mails.c.edition).where(mails.c.id == mail_id)
    row = (await change.connection.execute(found)).one()
    # The card reads how far the document has come when its row is a newer one.
    newer = update(requests).where(requests.c.id == row.request_id)
    await change.connection.execute(newer.values(version=requests.c.version + 1))
    change.touch(row.request_id)
    if line and row.edition is not None:
        await note(change, row.request_id, line, now)


def is_open() -> ColumnElement[bool]:
    """Whether a letter waits, or is on its way."""
    return or_(*(mails.c.state == state for state in OPEN))


def has_confirmed(request_id: object) -> ColumnElement[bool]:
    """Whether the request's patient has a confirmed address."""
    patient = select(requests.c.patient_id).where(requests.c.id == request_id).scalar_subquery()
    confirmed = patient_emails.c.confirmed_at.is_not(None)
    return (patient_emails.c.patient_id == patient) & confirmed


async def _give_up(change: Change, request_id: str, which: ColumnElement[bool]) -> None:
    """What waits is not sent any more: something newer takes its place."""
    found = update(mails).where(mails.c.request_id == request_id, which, is_open())
    over = {"state": DeliveryState.FAILED, "reason": MailFault.REPLACED.value, "due_at": None}
    await change.connection.execute(found.values(over))


async def _add(
    change: Change, request_id: str, edition: int | None, due: datetime | None, now: datetime
) -> None:
    row = {
        "id": str(uuid.uuid4()),
        "request_id": request_id,
        "edition": edition,
        "state": DeliveryState.WAITING,
        "message_key": str(uuid.uuid4()),
        "due_at": due,
        "queued_at": now,
    }
    await change.connection.execute(insert(mails).values(row))
