"""What services answer with: the server's data, and since when where they come from the cache."""

from dataclasses import dataclass
from datetime import datetime

from backend_client.errors import BackendError
from backend_client.models.common import DocumentId
from backend_client.models.requests import RequestCard, RequestRow
from workstation.core.pending_action import PendingAction


@dataclass(frozen=True, slots=True)
class QueuePage:
    """Rows of a queue group; `next_cursor` leads to the next page, None at the end."""

    rows: list[RequestRow]
    next_cursor: str | None = None
    as_of: datetime | None = None
    """When these rows were true (aware UTC): they come from the cache. None: the server's word."""


@dataclass(frozen=True, slots=True)
class CardView:
    """A request's card; `as_of` as in QueuePage."""

    card: RequestCard
    as_of: datetime | None = None


@dataclass(frozen=True, slots=True)
class DownloadProgress:
    """How much of a document has arrived, in bytes."""

    document_id: DocumentId
    received: int
    total: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """An order that waited and that the server then refused: it will not be done."""

    action: PendingAction
    error: BackendError
