"""What the room of approvals asks of the services, and hears from them."""

from datetime import datetime
from typing import TYPE_CHECKING, Protocol, TypeAlias

from backend_client.models.annotations import Annotation
from backend_client.models.common import RequestId
from backend_client.models.conclusions import Approval, Conclusion, ConclusionForm, Edition
from backend_client.models.evidence import Evidence
from workstation.core.connection import ConnectionState
from workstation.core.subscription import Event
from workstation.services.answers import CardView, SignedPdf
from workstation.studies.disc import DiscInfo
from workstation.studies.ecg import EcgRecord
from workstation.studies.imaging import ClipInfo, PdfInfo, PictureInfo
from workstation.studies.long_ecg import LongEcg
from workstation.studies.report import ReportInfo
from workstation.studies.stack import StackInfo
from workstation.ui.screens.slot.week_model import Changes

if TYPE_CHECKING:
    from signing.certificates import CertificateFacts

StudyInfo: TypeAlias = (
    EcgRecord | LongEcg | ClipInfo | PictureInfo | PdfInfo | ReportInfo | StackInfo | DiscInfo
)


class OpenStudy(Protocol):
    """A file that the decoder process has open; the viewer asks for its pages itself."""

    @property
    def info(self) -> StudyInfo:
        """What it is."""

    async def close(self) -> None:
        """Forgets the file."""


class Requests(Changes, Protocol):
    """What is asked of the service of requests."""

    async def card(self, request_id: RequestId) -> CardView:
        """Everything about one request; raises BackendError."""


class Measurements(Protocol):
    """What is asked of the service of kept measurements."""

    @property
    def changed(self) -> Event[RequestId]:
        """That request has others."""

    def of(self, request_id: RequestId) -> tuple[Annotation, ...]:
        """Those that stand, as far as they were read and heard."""

    async def read(self, request_id: RequestId) -> tuple[Annotation, ...]:
        """From the server; raises BackendError."""

    def forget(self, request_id: RequestId) -> None:
        """Nobody looks at it any more."""


class Papers(Protocol):
    """What gives signed files: waiting ones, or those of the archive."""

    async def read(self, approval: Approval) -> SignedPdf:
        """The signed file and what its signatures are worth; raises BackendError."""

    async def open_pages(self, pdf: bytes) -> OpenStudy:
        """The file opened by the decoder process; raises StudyError."""


class Approvals(Papers, Protocol):
    """What is asked of the service of approvals."""

    @property
    def pin_hint(self) -> str:
        """The PIN of the demonstration's key; empty elsewhere."""

    @property
    def pin_until(self) -> datetime | None:
        """Until when (aware) the PIN need not be given again; None: it has to be."""

    async def before(self, approval: Approval) -> Edition | None:
        """The signed edition before this one; raises BackendError."""

    async def form(self, approval: Approval) -> ConclusionForm | None:
        """The text of this file; raises BackendError."""

    async def waiting(self) -> list[Approval]:
        """Signed conclusions that wait, the oldest first; raises BackendError."""

    async def sources(self, approval: Approval) -> tuple[Evidence, ...]:
        """What the numbers in its text lead to; raises BackendError."""

    async def certificate(self) -> "CertificateFacts":
        """Whose key signs here; raises SigningError."""

    async def approve(self, signed: SignedPdf, pin: str) -> Conclusion:
        """The clinic's signature; raises SigningError, BackendError."""

    async def give_back(self, approval: Approval, reason: str) -> Conclusion:
        """Back to its doctor; raises BackendError."""


class Connection(Protocol):
    """How the workstation stands with its server: the service of the event stream."""

    @property
    def state(self) -> ConnectionState:
        """How it is now."""

    @property
    def state_changed(self) -> Event[ConnectionState]:
        """It is another one."""
