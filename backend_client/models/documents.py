"""Files that came with a request."""

from datetime import date

from backend_client.models.common import Count, DocumentId, OpenEnum, RequestId, UtcTime, Wire


class DocumentKind(OpenEnum):
    """What a viewer is needed for a file; found from its content."""

    UNKNOWN = "unknown"
    ECG = "ecg"
    CLIP = "clip"
    IMAGE = "image"
    PHOTO = "photo"
    PDF = "pdf"


class Document(Wire, frozen=True, kw_only=True):
    """One file: it belongs to one request and one checklist item. Its bytes come by themselves."""

    id: DocumentId
    request_id: RequestId
    item_code: str
    title: str
    kind: DocumentKind
    format: str
    """Name of the format as shown: «DICOM», «PDF», «JPEG»."""
    size: Count
    """Bytes."""
    sha256: str
    """Lower-case hexadecimal digest of the bytes."""
    taken_on: date | None
    """Day of the examination."""
    uploaded_at: UtcTime
    opened: bool
    """Whether the asking account has opened it."""


class FileLink(Wire, frozen=True, kw_only=True):
    """Where the bytes may be fetched without the server; who has the address has the file."""

    url: str | None
    """None: the store makes no such addresses, the bytes come from the server."""
    expires_at: UtcTime
    sha256: str
    """What the bytes must have: lower-case hexadecimal."""
