"""Documents of visible requests: their descriptions, their bytes, and who has opened them."""

import logging
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, and_, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.accounts.names import short_name
from backend.audit.trace import current
from backend.changes import Change
from backend.database import Database
from backend.problems import Refused, not_found
from backend.requests.consents import is_withdrawn, refuse_withdrawn
from backend.requests.visible import visible_requests
from backend.settings import Clock
from backend.tables import accounts, documents, file_answers, opened_documents, requests
from backend_client.models.accounts import Account
from backend_client.models.documents import Document, FileAnswer

log = logging.getLogger(__name__)

SHOWN = (
    documents.c.id,
    documents.c.request_id,
    documents.c.item_code,
    documents.c.title,
    documents.c.kind,
    documents.c.format,
    documents.c.size,
    documents.c.sha256,
    documents.c.taken_on,
    documents.c.uploaded_at,
    documents.c.series_uid,
    documents.c.modality,
    opened_documents.c.account_id.is_not(None).label("opened"),
    file_answers.c.at.label("answered_at"),
    file_answers.c.whose,
    file_answers.c.reason,
    file_answers.c.sha256.label("answered_of"),
    accounts.c.full_name.label("answered_by"),
)
ANSWER = ("answered_at", "whose", "reason", "answered_of", "answered_by")
LOOKED_AT_FOR = timedelta(seconds=1)
"""How long a look at the consents holds while a file is being sent (SPB-13)."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """Where the bytes are, and what they must be."""

    path: str
    size: int
    sha256: str


def _visible(account: Account, columns: Sequence[ColumnElement[Any]]) -> Select[*tuple[Any, ...]]:
    opened = and_(
        opened_documents.c.document_id == documents.c.id,
        opened_documents.c.account_id == account.id,
    )
    return (
        select(*columns)
        .select_from(documents)
        .join(requests, requests.c.id == documents.c.request_id)
        .outerjoin(opened_documents, opened)
        .outerjoin(file_answers, file_answers.c.document_id == documents.c.id)
        .outerjoin(accounts, accounts.c.id == file_answers.c.account_id)
        .where(visible_requests(account))
    )


async def documents_of(
    connection: AsyncConnection, account: Account, which: ColumnElement[bool]
) -> list[Document]:
    """Newest examination first within an item; `which` narrows requests or documents."""
    order = (documents.c.item_code, documents.c.taken_on.desc(), documents.c.id)
    found = _visible(account, SHOWN).where(which).order_by(*order)
    return [_document(row) for row in (await connection.execute(found)).mappings()]


def _document(row: RowMapping) -> Document:
    own = {name: value for name, value in row.items() if name not in ANSWER}
    if row["answered_at"] is None:
        return Document(**own)
    answer = FileAnswer(
        whose=row["whose"],
        reason=row["reason"],
        sha256=row["answered_of"],
        by_name=short_name(row["answered_by"]),
        at=row["answered_at"],
    )
    return Document(**own, answer=answer)


async def stored_file(
    connection: AsyncConnection, account: Account, document_id: str
) -> StoredFile:
    """Raises Refused (consent_missing, not_found: for another centre's document too)."""
    columns = (
        documents.c.request_id,
        documents.c.storage_path,
        documents.c.size,
        documents.c.sha256,
    )
    withdrawn = is_withdrawn(requests.c.id).label("withdrawn")
    found = _visible(account, (*columns, withdrawn)).where(documents.c.id == document_id)
    row = (await connection.execute(found)).first()
    if row is None:
        raise not_found()
    name_request(row.request_id)
    if row.withdrawn:
        raise refuse_withdrawn()
    return StoredFile(row.storage_path, row.size, row.sha256)


async def while_open(
    pieces: AsyncIterator[bytes],
    database: Database,
    account: Account,
    document_id: str,
    now: Clock,
    looked: datetime,
) -> AsyncIterator[bytes]:
    """The pieces of a file for as long as `stored_file` gives it: asked again before a piece
    where the last look, at first that of the moment `looked`, does not hold any more.

    Whichever process a consent is withdrawn at, the rows say so. Raises as stored_file.
    """
    async for piece in pieces:
        moment = now()
        if not timedelta(0) <= moment - looked < LOOKED_AT_FOR:
            await _look_again(database, account, document_id)
            looked = moment
        yield piece


async def _look_again(database: Database, account: Account, document_id: str) -> None:
    try:
        async with database.glance() as connection:
            await stored_file(connection, account, document_id)
    except Refused as refusal:  # the answer has begun: it can be broken off, and no more
        log.info("document %s is sent no further: %s", document_id, refusal.problem.code)
        raise


async def mark_opened(
    change: Change, account: Account, document_id: str, also: Sequence[str], now: datetime
) -> Document:
    """Marks it, and `also` files of the same request, as opened by the account, once each.

    Raises Refused (not_found, of any of them: then none is marked).
    """
    which = documents.c.id == document_id
    found = await documents_of(change.connection, account, which)
    if not found:
        raise not_found()
    request_id = found[0].request_id
    name_request(request_id)
    fresh = await _unopened(change, account, request_id, {document_id, *also})
    if fresh:
        marks = [{"document_id": one, "account_id": account.id, "opened_at": now} for one in fresh]
        await change.connection.execute(insert(opened_documents), marks)
        change.touch(request_id)
        found = await documents_of(change.connection, account, which)
    return found[0]


async def _unopened(
    change: Change, account: Account, request_id: str, asked: set[str]
) -> list[str]:
    """Which of these files of a request the account has not opened.

    Raises Refused (not_found: some are none of the request's).
    """
    there = select(documents.c.id).where(documents.c.request_id == request_id)
    known = set((await change.connection.execute(there)).scalars())
    if not asked <= known:
        raise not_found()
    marked = select(opened_documents.c.document_id).where(
        opened_documents.c.account_id == account.id, opened_documents.c.document_id.in_(there)
    )
    return sorted(asked - set((await change.connection.execute(marked)).scalars()))


def name_request(request_id: str) -> None:
    """Whose document it is, for the audit: the path names the document alone."""
    trace = current()
    if trace is not None:
        trace.names(request_id)
