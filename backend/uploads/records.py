"""Uploads as the tables hold them, and who may go on with which."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.audit.trace import current
from backend.problems import not_found
from backend.tables import uploads
from backend_client.models.common import DocumentId, RequestId
from backend_client.models.documents import CALL_PICTURE, CHAT_FILE
from backend_client.models.uploads import Upload, UploadId

FINISHED = "documents"
"""Where finished files lie in the store."""


@dataclass(frozen=True, slots=True)
class Uploader:
    """Who sends: a member of staff, or the patient of one request by its link."""

    centre_id: str
    name: str | None
    """As the history shows it; None: the patient."""
    account_id: str | None = None
    request_id: str | None = None

    def takes(self, item_code: str) -> bool:
        """Whether such files are made by the uploader, and belong to no checklist's item."""
        own = CHAT_FILE if self.account_id is None else CALL_PICTURE
        return item_code == own

    @property
    def own(self) -> ColumnElement[bool]:
        """A condition on uploads: nobody goes on with another's."""
        if self.account_id is not None:
            return uploads.c.account_id == self.account_id
        return uploads.c.account_id.is_(None) & (uploads.c.request_id == self.request_id)


@dataclass(frozen=True, slots=True)
class UploadRecord:
    """A row of `uploads`."""

    id: str
    request_id: str
    account_id: str | None
    item_code: str
    title: str
    taken_on: date | None
    size: int
    received: int
    created_at: datetime
    expires_at: datetime
    document_id: str | None
    sha256: str | None

    def wire(self) -> Upload:
        """As the contract has it."""
        return Upload(
            id=UploadId(self.id),
            request_id=RequestId(self.request_id),
            item_code=self.item_code,
            title=self.title,
            size=self.size,
            received=self.received,
            expires_at=self.expires_at,
            document_id=None if self.document_id is None else DocumentId(self.document_id),
        )


async def upload_record(
    connection: AsyncConnection, uploader: Uploader, upload_id: str
) -> UploadRecord:
    """Raises Refused (not_found), for another's upload too."""
    found = select(uploads).where(uploads.c.id == upload_id, uploader.own)
    row = (await connection.execute(found)).mappings().first()
    if row is None:
        raise not_found()
    record = UploadRecord(**row)
    trace = current()
    if trace is not None:
        trace.names(record.request_id)
    return record


def folder_of(upload_id: str) -> str:
    """Where the parts of an upload lie in the store."""
    return f"uploads/{upload_id}"


def place_of(request_id: str, upload_id: str) -> str:
    """Where the finished file lies: the same at every attempt, so that none leaves a second one."""
    return f"{FINISHED}/{request_id}/{upload_id}"


def ids_of(place: str) -> tuple[str, str] | None:
    """The request and the upload of a finished file's place; None: it is no such place."""
    folder, *ids = place.split("/")
    return (ids[0], ids[1]) if folder == FINISHED and len(ids) == 2 else None
