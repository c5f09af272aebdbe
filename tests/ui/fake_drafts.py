"""The service of findings without drafts: what was put is remembered."""

import asyncio

from backend_client.models.common import RequestId
from backend_client.models.documents import Document
from backend_client.models.evidence import Evidence
from tests.made_up_findings import make_evidence
from workstation.core.findings import Finding
from workstation.core.subscription import Event
from workstation.services.evidence_doors import Placed, Sent


class FakeDrafts:
    """Takes whatever comes; clear `may_put` or `may_send` to hold an answer on its way."""

    def __init__(self) -> None:
        self.changed: Event[RequestId] = Event()
        self.may_put, self.may_send = asyncio.Event(), asyncio.Event()
        self.may_put.set()
        self.may_send.set()
        self.there: dict[tuple[RequestId, str], Evidence] = {}
        self.sent = Sent.DONE
        self.error: Exception | None = None
        """What the next order is refused with."""
        self.is_rewritten = False

    def cited_as(
        self, request_id: RequestId, document: Document, finding: Finding
    ) -> Evidence | None:
        """As what it was put in."""
        return self.there.get((request_id, finding.text))

    async def put(self, request_id: RequestId, document: Document, finding: Finding) -> Placed:
        """The next number."""
        await self.may_put.wait()
        self._refuse()
        known = self.there.get((request_id, finding.text))
        if known is not None:
            return Placed(known, is_new=False)
        source = make_evidence(len(self.there) + 1, text=finding.text, document_id=document.id)
        self.there[request_id, finding.text] = source
        self.changed.emit(request_id)
        return Placed(source, is_new=True)

    async def take_back(self, request_id: RequestId, source: Evidence) -> bool:
        """Gone, unless the line was rewritten."""
        self._refuse()
        if not self.is_rewritten:
            del self.there[request_id, source.text]
            self.changed.emit(request_id)
        return not self.is_rewritten

    async def send(self, request_id: RequestId) -> Sent:
        """`sent`."""
        await self.may_send.wait()
        return self.sent

    def _refuse(self) -> None:
        error, self.error = self.error, None
        if error is not None:
            raise error
