"""Files that came with a request."""

from datetime import date
from typing import Annotated

import msgspec

from backend_client.models.common import Count, DocumentId, OpenEnum, RequestId, UtcTime, Wire

LONGEST_FILE_REASON = 500
NO_CONTACT_PAGE = "no_contact"
"""Item of the evidence page of a lost contact (DRC-11); no checklist has it."""
CALL_PICTURE = "call_picture"
"""Item of a still picture that a doctor has taken in a call; no checklist has it, and no patient
sends it."""
CHAT_FILE = "chat_file"
"""Item of a file that the patient has sent in the chat (DRC-6); no checklist has it."""
LARGEST_EVIDENCE = 2_000_000
"""Bytes of that page."""
MOST_ALSO = 2000
"""Files of one request of which something is said in one call."""


class DocumentKind(OpenEnum):
    """What a viewer is needed for a file; found from its content."""

    UNKNOWN = "unknown"
    ECG = "ecg"
    CLIP = "clip"
    IMAGE = "image"
    PHOTO = "photo"
    PDF = "pdf"


class WhoseFile(OpenEnum):
    """Whose file it is, where it names somebody else than the request's patient."""

    UNKNOWN = "unknown"
    PATIENT = "patient"
    """The request's patient: the name in the file is misspelt, a former one, the device's."""
    OTHER = "other"
    """Somebody else: nothing of it goes into the conclusion."""


class FileAnswer(Wire, frozen=True, kw_only=True):
    """A doctor's answer to the question whose file it is."""

    whose: WhoseFile
    reason: str
    sha256: str
    """Of the bytes that were looked at."""
    by_name: str
    """Short name of the doctor."""
    at: UtcTime


class AlsoOpened(Wire, frozen=True, kw_only=True):
    """Further files that were opened with one: the slices of a series are seen together."""

    also: Annotated[list[DocumentId], msgspec.Meta(max_length=MOST_ALSO)] = []
    """Of the same request."""


class AnswerWhoseFile(Wire, frozen=True, kw_only=True):
    """The answer; a later one takes the place of an earlier one."""

    whose: WhoseFile
    sha256: Annotated[str, msgspec.Meta(max_length=64)]
    reason: Annotated[str, msgspec.Meta(max_length=LONGEST_FILE_REASON)] = ""
    """Needed for PATIENT: why it is the same person."""
    also: Annotated[list[DocumentId], msgspec.Meta(max_length=MOST_ALSO)] = []
    """Further slices of its series that name the same person: the answer is theirs, too."""


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
    answer: FileAnswer | None = None
    """Whose file it is, where that was asked and answered of these bytes."""
    series_uid: str | None = None
    """Series Instance UID of a DICOM file that is one slice of a stack; None: it stands alone."""
    modality: str | None = None
    """Modality that a DICOM file names: «CT», «MR»."""

    @property
    def is_anothers(self) -> bool:
        """Whether a doctor has said that it is another patient's."""
        return self.answer is not None and self.answer.whose is WhoseFile.OTHER


class FileLink(Wire, frozen=True, kw_only=True):
    """Where the bytes may be fetched without the server; who has the address has the file."""

    url: str | None
    """None: the store makes no such addresses, the bytes come from the server."""
    expires_at: UtcTime
    sha256: str
    """What the bytes must have: lower-case hexadecimal."""
