"""Files on their way to a request: announced, sent in pieces, finished with their hash."""

from datetime import date
from typing import Annotated, NewType

from msgspec import Meta

from backend_client.models.common import Count, DocumentId, RequestId, UtcTime, Wire

UploadId = NewType("UploadId", str)

LARGEST_FILE = 4 * 1024**3
"""Bytes of one file."""
OFFSET_HEADER = "Upload-Offset"
"""How many bytes the server has; a piece begins there."""
LENGTH_HEADER = "Upload-Length"
COMPLETE_HEADER = "Upload-Complete"
"""`?1` where all bytes are there, else `?0` (a boolean of RFC 9651)."""
PIECE_TYPE = "application/partial-upload"
"""Media type of a piece (draft-ietf-httpbis-resumable-upload)."""


class NewUpload(Wire, frozen=True, kw_only=True):
    """A file that is about to be sent, for one item of the request's checklist."""

    item_code: Annotated[str, Meta(min_length=1, max_length=60)]
    title: Annotated[str, Meta(min_length=1, max_length=200)]
    """The file's name, to be shown; what it is, is found from its content."""
    size: Annotated[int, Meta(ge=1, le=LARGEST_FILE)]
    """Bytes."""
    taken_on: date | None = None
    """Day of the examination."""


class Upload(Wire, frozen=True, kw_only=True):
    """How far a file has come."""

    id: UploadId
    request_id: RequestId
    item_code: str
    title: str
    size: Count
    received: Count
    """Bytes that are kept: the next piece begins here."""
    expires_at: UtcTime
    """When it is forgotten unless it goes on."""
    document_id: DocumentId | None
    """What came of it."""


class FinishUpload(Wire, frozen=True, kw_only=True):
    """All bytes are sent."""

    sha256: Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
    """Lower-case hexadecimal digest of the whole file."""
