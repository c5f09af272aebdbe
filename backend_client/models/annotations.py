"""What a doctor measured in the files of a request: kept beside them, never in them."""

from typing import Annotated, NewType

import msgspec

from backend_client.models.common import (
    ID_PATTERN,
    Count,
    DocumentId,
    RequestId,
    UserId,
    UtcTime,
    Wire,
)
from backend_client.models.evidence import Name, Origin, Place, Words

AnnotationId = NewType("AnnotationId", str)

MOST_ANNOTATIONS = 500
"""Of one request, removed ones not counted."""


class Annotation(Wire, frozen=True, kw_only=True):
    """One measurement as it stands: a line of the doctor's list and the place it comes from."""

    id: AnnotationId
    request_id: RequestId
    document_id: DocumentId
    sha256: str
    """Of the bytes on which it was measured: lower-case hexadecimal."""
    place: Place
    quantity: str
    """Code of what was measured, of the tool that measured it: «qt», «line», «bpd»."""
    label: str
    """What was measured, in the doctor's words."""
    value: float | None
    """None: unknown; the text says why."""
    unit: str
    """UCUM; "" where there is no value."""
    origin: Origin
    scale: str
    """Where the scale comes from, as the tool names it; "" where it needs none or has none."""
    text: str
    """The whole line, as the doctor read it."""
    made_by: UserId
    made_by_name: str
    """Short name."""
    made_at: UtcTime
    """Of its present state."""
    version: Count
    """From 1, one more with every change."""
    removed: bool = False


class PutAnnotation(Wire, frozen=True, kw_only=True):
    """A new one, or what one with this id is from now on."""

    id: Annotated[AnnotationId, msgspec.Meta(pattern=ID_PATTERN)]
    """Made by the client: the same one put again is the same one."""
    document_id: Annotated[DocumentId, msgspec.Meta(pattern=ID_PATTERN)]
    sha256: Annotated[str, msgspec.Meta(max_length=64)]
    place: Place
    quantity: Name
    label: Words
    value: float | None = None
    unit: Name = ""
    origin: Origin
    scale: Name = ""
    text: Words
