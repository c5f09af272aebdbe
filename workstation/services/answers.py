"""What services answer with: the server's data, and since when where they come from the cache."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from backend_client.errors import BackendError
from backend_client.models.catalogue import ConclusionTemplate
from backend_client.models.common import DocumentId, RequestId
from backend_client.models.conclusions import Approval, Conclusion, ConclusionForm
from backend_client.models.requests import RequestCard, RequestRow
from workstation.core.conclusion_draft import KeptDraft
from workstation.core.conclusion_template import OWN
from workstation.core.pending_action import PendingAction

if TYPE_CHECKING:
    from signing.report import SignatureReport


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
class CasesAhead:
    """How many of the cases that come next are fetched ahead."""

    ready: int = 0
    wanted: int = 0


@dataclass(frozen=True, slots=True)
class Refusal:
    """An order that waited and that the server then refused: it will not be done."""

    action: PendingAction
    error: BackendError


@dataclass(frozen=True, slots=True)
class Draft:
    """A conclusion being written: the form, the server's record of it, and what it stands on."""

    card: RequestCard
    form: ConclusionForm
    """Prefilled from the request where nothing was written yet."""
    conclusion: Conclusion | None
    """What the server keeps; None: nothing yet."""
    kept: KeptDraft | None = None
    """Written here over another version than the server's, and not in `form`: to be offered."""
    is_here: bool = False
    """Without the server: what this computer has. `kept` may then stand over `conclusion`, the last
    that was heard of the server's text, as well as over another version of it."""
    template: ConclusionTemplate = OWN
    """By which it is written: the version by which it was begun."""

    @property
    def is_disputed(self) -> bool:
        """Whether the server has another text than the one that `kept` was written over."""
        kept, known = self.kept, self.conclusion
        if kept is None or known is None:
            return False
        return not self.is_here or kept.version != known.version


@dataclass(frozen=True, slots=True)
class Preview:
    """The paper as PDF/A-2b: a signed file begins with these bytes. Fields and signatures come
    in later revisions."""

    request_id: RequestId
    version: int
    """Of the draft from which it was made; signing refuses another one."""
    pdf: bytes
    sha256: str
    """Lower-case hexadecimal digest of `pdf`."""


@dataclass(frozen=True, slots=True)
class SignedPdf:
    """A signed conclusion as it came from the server, and what its signatures are worth."""

    approval: Approval
    pdf: bytes
    report: "SignatureReport"
