"""What the screen asks of the services, and the paces at which it does so by itself."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from backend_client.models.common import RequestId
from backend_client.models.conclusions import Conclusion, ConclusionForm, EarlierConclusion
from backend_client.models.phrases import Phrase
from backend_client.models.request_actions import PhoneOutcome
from backend_client.models.requests import RequestCard, RequestRow
from workstation.core.icd10 import Found, Judgement
from workstation.core.spelling import Fault
from workstation.core.subscription import Event
from workstation.services.answers import CardView, Draft, Preview
from workstation.services.evidence_doors import Hand
from workstation.services.lifting import Lifting
from workstation.studies.disc import DiscInfo
from workstation.studies.ecg import EcgRecord
from workstation.studies.imaging import ClipInfo, PdfInfo, PictureInfo
from workstation.studies.long_ecg import LongEcg
from workstation.studies.report import ReportInfo
from workstation.studies.stack import StackInfo

if TYPE_CHECKING:
    from signing.certificates import CertificateFacts
    from signing.signed_file import LevelReached


class OpenPages(Protocol):
    """An open file: pages where it is a document (`viewers.page_source.PageSource`)."""

    @property
    def info(
        self,
    ) -> EcgRecord | LongEcg | ClipInfo | PictureInfo | PdfInfo | ReportInfo | StackInfo | DiscInfo:
        """What it is."""

    async def close(self) -> None:
        """Gives its memory back."""


class Requests(Protocol):
    """Of the service of requests."""

    @property
    def changed(self) -> Event[RequestRow]:
        """A row has a new state."""

    @property
    def reload_needed(self) -> Event[None]:
        """Something was missed, as after a lost connection."""

    async def card(self, request_id: RequestId) -> CardView:
        """Everything about one request."""


class Drafts(Protocol):
    """Of the service of conclusions: the text."""

    async def open(self, request_id: RequestId) -> Draft:
        """The form as the server keeps it, or prefilled; raises BackendError."""

    async def open_anyhow(self, request_id: RequestId) -> Draft:
        """As `open`; what this computer has of it where the server cannot be asked now."""

    async def keep(self, request_id: RequestId, version: int, form: ConclusionForm) -> bool:
        """Keeps the form on this computer until the server has it; `save` does so by itself."""

    async def save(self, request_id: RequestId, version: int, form: ConclusionForm) -> Conclusion:
        """Keeps the form; raises BackendError, Conflict (STALE_VERSION) among them."""


class Findings(Protocol):
    """Of the service of findings: whose text is written in the window."""

    def hold(self, row: RequestRow, hand: Hand) -> Callable[[], None]:
        """Findings of the case go through the hand until the returned function is called."""

    def tell(self, request_id: RequestId) -> None:
        """The text in the window is another one."""


class Corrections(Protocol):
    """Of the service of conclusions: what was delivered and is written anew."""

    async def correct(self, conclusion: Conclusion, reason: str) -> Conclusion:
        """Begins a new edition; raises BackendError."""


class Papers(Protocol):
    """Of the service of conclusions: the pages."""

    async def preview(self, draft: Draft) -> Preview:
        """The PDF as it will be signed; raises UnprintableText or DocumentTooLong."""

    async def signed_pdf(self, conclusion: Conclusion) -> bytes:
        """The signed PDF that the server keeps, checked by its hash; raises BackendError."""

    async def open_pages(self, pdf: bytes) -> OpenPages:
        """The pages, opened by the decoder; raises StudyError."""


class Keys(Protocol):
    """Of the service of conclusions: the signature."""

    @property
    def pin_hint(self) -> str:
        """The PIN that opens a demonstration's key; "" elsewhere."""

    async def needs_pin(self) -> bool:
        """Whether the PIN has to be given; else "" signs: the key is open for a while."""

    async def certificate(self) -> "CertificateFacts":
        """With what it will be signed; raises NoCertificate."""

    async def sign(self, preview: Preview, pin: str) -> Conclusion:
        """Signs and hands in exactly these bytes; raises SigningError or BackendError."""

    @property
    def wanted_level(self) -> str:
        """Which level the next signature aims at: «PAdES B-LTA»."""

    def level(self, request_id: RequestId) -> "LevelReached | None":
        """How high the signature of this run reached; None: none was made."""

    def lifting(self, request_id: RequestId) -> Lifting | None:
        """How it stands with raising the level of its signed file; None: nothing is to be done."""

    def watch_lifting(self, heard: Callable[[RequestId], None]) -> Callable[[], None]:
        """Calls `heard` where that changes, until what is returned is called."""

    @property
    def knows_public_address(self) -> bool:
        """Whether the address on the paper is one that the clinic has set for everybody."""

    @property
    def compares_snils(self) -> bool:
        """Whether the certificate is compared by SNILS, not by name alone."""


class Conclusions(Drafts, Papers, Keys, Corrections, Protocol):
    """The whole service of conclusions."""


class Codes(Protocol):
    """Of the service of ICD-10."""

    @property
    def changed(self) -> Event[str]:
        """Another version is in use."""

    @property
    def version(self) -> str:
        """Of the national directory in use; "": it is the program's own table."""

    def search(self, typed: str) -> Sequence[Found]:
        """What fits, the best first; takes a few milliseconds."""

    def judge(self, code: str) -> Judgement | None:
        """What the national directory says of a code today; None where there is none."""


class Spelling(Protocol):
    """Of the service of spelling."""

    @property
    def changed(self) -> Event[None]:
        """The same text may be judged otherwise now."""

    def is_own(self, word: str) -> bool:
        """Whether the doctor has taken it as right."""

    async def faults(self, text: str, names: frozenset[str] = frozenset()) -> Sequence[Fault]:
        """The words of a text that no list has; `names` of the case are right."""

    async def suggestions(self, word: str) -> Sequence[str]:
        """What may have been meant, the likeliest first."""

    async def add(self, word: str) -> None:
        """Takes a word as right; raises StoreError."""

    async def remove(self, word: str) -> None:
        """Takes it as right no more; raises StoreError."""


class PhraseBook(Protocol):
    """Of the service of phrases."""

    @property
    def own(self) -> Sequence[Phrase]:
        """Those of the account."""

    async def save(self, phrases: Sequence[Phrase]) -> None:
        """Keeps them whole; raises BackendError."""


class Earlier(Protocol):
    """Of the service of conclusions: what the patient was told before."""

    async def earlier(self, request_id: RequestId) -> list[EarlierConclusion]:
        """The newest first; raises BackendError."""


class Reaching(Protocol):
    """Of the service of contacts; what waits for the server raises BackendError."""

    async def log(self, request_id: RequestId, outcome: PhoneOutcome) -> None:
        """The doctor has called the patient's number."""

    async def close(self, request_id: RequestId, version: int) -> None:
        """The request ends: nobody could be reached."""

    def lacks_page(self, card: RequestCard) -> bool:
        """Whether the page about it is not kept yet, and is this doctor's to be made."""

    async def keep_page(self, card: RequestCard) -> None:
        """Makes the page and keeps it with the case; raises DocumentError, too."""


@dataclass(frozen=True, slots=True)
class Aids:
    """What helps to write; None: there is no such help."""

    codes: Codes | None = None
    phrases: PhraseBook | None = None
    earlier: Earlier | None = None
    reaching: Reaching | None = None
    spelling: Spelling | None = None


@dataclass(frozen=True, slots=True)
class Pace:
    """Milliseconds."""

    save: int = 500
    """After the last key: within a second of it the text is on this computer and on the server."""
    latest: int = 2000
    """After the first key that is not saved yet, where the keys do not rest."""
    retry: int = 5000
    """After a save that did not come through."""
    preview: int = 300
    """After what is printed has changed."""
