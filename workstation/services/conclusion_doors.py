"""What the services of conclusions ask of others."""

from typing import TYPE_CHECKING, Protocol

from backend_client.models.calls import Call
from backend_client.models.common import RequestId
from backend_client.models.conclusions import (
    Approval,
    Conclusion,
    ConclusionForm,
    EarlierConclusion,
)
from workstation.services.answers import CardView

if TYPE_CHECKING:
    from workstation.studies.study import Study


class ConclusionBackend(Protocol):
    """What is asked of the server about conclusions."""

    async def read(self, request_id: RequestId) -> Conclusion:
        """The present state; raises NotFound where nothing was written."""

    async def save(self, request_id: RequestId, version: int, form: ConclusionForm) -> Conclusion:
        """Keeps the form."""

    async def sign(
        self, request_id: RequestId, version: int, pdf: bytes, *, key: str | None = None
    ) -> Conclusion:
        """Takes the signed file."""

    async def earlier(self, request_id: RequestId) -> list[EarlierConclusion]:
        """What the same patient was told before, the newest first."""

    async def correct(
        self, request_id: RequestId, version: int, reason: str, *, key: str | None = None
    ) -> Conclusion:
        """Begins a new edition of what was delivered."""

    async def pdf(self, conclusion: Conclusion | Approval) -> bytes:
        """The kept file, checked by its hash."""


class CallLog(Protocol):
    """The request's calls."""

    async def attempts(self, request_id: RequestId) -> list[Call]:
        """All of them, newest first."""


class Cards(Protocol):
    """The requests' cards."""

    async def card(self, request_id: RequestId) -> CardView:
        """Everything about one request."""


class PageOpener(Protocol):
    """The door to the decoder process."""

    async def open(self, data: memoryview) -> "Study":
        """Opens a file by its content; raises StudyError."""
