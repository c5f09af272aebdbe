"""The evidence page of a lost contact: kept once, among the request's documents (DRC-11)."""

import hashlib
import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.changes import Change
from backend.database import Database
from backend.files import Files
from backend.problems import forbidden, invalid, move_not_allowed, not_found
from backend.requests.moving import Standing, note, owned_by
from backend.requests.visible import visible_requests
from backend.rules import history as lines
from backend.rules.actions import DOCTORS
from backend.tables import documents, requests
from backend.uploads.records import place_of
from backend_client.models.accounts import Account
from backend_client.models.common import DocumentId, RequestId
from backend_client.models.documents import NO_CONTACT_PAGE, Document, DocumentKind
from backend_client.models.requests import RequestStatus

TITLE = "Нет связи с пациентом: что предпринято.pdf"
_COLUMNS = tuple(column for column in documents.c if column.name != "storage_path")


@dataclass(frozen=True, slots=True)
class ReceivedPage:
    """The bytes lie in the store, as the document that they may become."""

    id: str
    path: str
    size: int
    sha256: str


async def receive_page(
    database: Database, files: Files, account: Account, request_id: str, pdf: bytes
) -> ReceivedPage:
    """Writes the page down. Raises Refused (not_found, forbidden, invalid)."""
    async with database.read() as connection:
        seen = (requests.c.id == request_id) & visible_requests(account)
        if (await connection.execute(select(requests.c.id).where(seen))).first() is None:
            raise not_found()
    if account.role not in DOCTORS:
        raise forbidden()
    if not pdf.startswith(b"%PDF-"):
        raise invalid("the body is no PDF")
    page_id = str(uuid.uuid4())
    path = place_of(request_id, page_id)
    await files.write(path, pdf)
    return ReceivedPage(page_id, path, len(pdf), hashlib.sha256(pdf).hexdigest())


async def keep_page(
    change: Change, account: Account, request_id: str, page: ReceivedPage, now: datetime
) -> Document:
    """The request's evidence page; one that is kept already stays, and is answered.

    Raises Refused (not_found, forbidden, claimed_by_other, move_not_allowed: the request has not
    ended for want of contact).
    """
    standing = await owned_by(change, account, request_id)
    _refuse_other_end(standing)
    kept = await _kept(change.connection, request_id)
    if kept is not None:
        return kept
    document = _document(request_id, page, now)
    row = {column.name: getattr(document, column.name) for column in _COLUMNS}
    await change.connection.execute(insert(documents).values(**row, storage_path=page.path))
    await note(change, request_id, lines.no_contact_page(account.short_name), now)
    return document


def _refuse_other_end(standing: Standing) -> None:
    if standing.status is not RequestStatus.NO_CONTACT:
        raise move_not_allowed("the request has not ended for want of contact")


async def _kept(connection: AsyncConnection, request_id: str) -> Document | None:
    found = select(*_COLUMNS).where(
        documents.c.request_id == request_id, documents.c.item_code == NO_CONTACT_PAGE
    )
    row = (await connection.execute(found)).mappings().first()
    return None if row is None else Document(**row, opened=False)


def _document(request_id: str, page: ReceivedPage, now: datetime) -> Document:
    return Document(
        id=DocumentId(page.id),
        request_id=RequestId(request_id),
        item_code=NO_CONTACT_PAGE,
        title=TITLE,
        kind=DocumentKind.PDF,
        format="PDF",
        size=page.size,
        sha256=page.sha256,
        taken_on=None,
        uploaded_at=now,
        opened=False,
    )
