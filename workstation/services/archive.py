"""All signed editions of a request's conclusion: read, verified, compared. Nothing is kept here."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from backend_client.models.common import RequestId
from backend_client.models.conclusions import Approval, Edition
from workstation.services.answers import SignedPdf
from workstation.services.certificates import Certificates
from workstation.services.conclusion_doors import PageOpener
from workstation.services.verifying import Verifier

if TYPE_CHECKING:
    from workstation.studies.study import Study


class ArchiveBackend(Protocol):
    """What is asked of the server."""

    async def editions(self, request_id: RequestId) -> list[Edition]:
        """Every signed file of the request, the first first."""

    async def edition_pdf(self, request_id: RequestId, edition: Edition) -> bytes:
        """The kept file of an edition, checked by its hash."""


class ArchiveService:
    """Editions of the requests that the account may see."""

    def __init__(
        self,
        backend: ArchiveBackend,
        opener: PageOpener,
        verifier: Verifier,
        certificates: Certificates,
        now: Callable[[], datetime],
    ) -> None:
        """`now` is the server's clock (aware UTC): the moment for which signatures are judged."""
        self._backend, self._opener = backend, opener
        self._verifier, self._certificates, self._now = verifier, certificates, now
        self._known: dict[tuple[RequestId, int], Edition] = {}

    async def editions(self, request_id: RequestId) -> list[Edition]:
        """The newest first; raises BackendError."""
        found = await self._backend.editions(request_id)
        self._known = {(request_id, one.edition): one for one in found}
        return sorted(found, key=lambda one: one.edition, reverse=True)

    async def read(self, paper: Approval) -> SignedPdf:
        """The file of an edition that `editions` has named, with all of its signatures verified.

        Raises BackendError; Conflict (FILE_CHANGED) or Corrupted where the bytes are not those
        that were signed.
        """
        edition = self._known[paper.request_id, paper.edition]
        pdf = await self._backend.edition_pdf(paper.request_id, edition)
        roots = await self._certificates.roots()
        report = await self._verifier.verify(pdf, roots, edition.signers, self._now())
        return SignedPdf(paper, pdf, report)

    async def open_pages(self, pdf: bytes) -> "Study":
        """The file's pages, opened by the decoder process; raises StudyError."""
        return await self._opener.open(memoryview(pdf))
