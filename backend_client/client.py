"""The client of the shared backend: one object for each server and sign-in."""

from collections.abc import AsyncGenerator, Callable
from datetime import UTC, datetime

import httpx

from backend_client import account
from backend_client.account import AccountResource
from backend_client.annotations import AnnotationsResource
from backend_client.audit import AuditResource
from backend_client.calls import CallsResource
from backend_client.catalogue import CatalogueResource
from backend_client.conclusions import ConclusionsResource
from backend_client.delivery import DeliveryResource
from backend_client.documents import DocumentsResource
from backend_client.events import follow
from backend_client.file_store import FileStore
from backend_client.icd10 import Icd10Resource
from backend_client.identity import IdentityResource
from backend_client.messages import MessagesResource
from backend_client.models.accounts import SignedIn
from backend_client.models.common import OLDEST_SERVER, VERSION
from backend_client.models.events import ServerEvent
from backend_client.phrases import PhrasesResource
from backend_client.request_actions import ContactResource, RequestActionsResource
from backend_client.requests import RequestsResource
from backend_client.schedule import ScheduleResource
from backend_client.server import ServerResource
from backend_client.session import Session
from backend_client.transport import Retrying, Timeouts, Transport
from backend_client.uploads import PERSISTENT, UploadsResource


def _utc_now() -> datetime:
    return datetime.now(UTC)


class BackendClient:
    """Everything that can be asked of the server at `base_url`.

    All calls raise BackendError and nothing else, and each has its time limit. Reading calls, and
    orders with their key, are repeated where a connection fails: as `retrying` says, files that are
    sent as `persistence` does. `from_store`: files come from S3 itself where the server has them.
    """

    def __init__(
        self,
        base_url: str,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        version: str = VERSION,
        oldest_server: str = OLDEST_SERVER,
        now: Callable[[], datetime] = _utc_now,
        timeouts: Timeouts | None = None,
        retrying: Retrying | None = None,
        persistence: Retrying = PERSISTENT,
        from_store: bool = False,
    ) -> None:
        self.session = Session(self._exchange, now=now)
        self.address = base_url.rstrip("/")
        """Under which the server is asked, and its pages stand."""
        self._transport = Transport(
            base_url,
            self.session,
            version,
            transport,
            timeouts or Timeouts(),
            retrying or Retrying(),
        )
        self.server = ServerResource(self._transport, version, oldest_server)
        self.account = AccountResource(self._transport)
        self.catalogue = CatalogueResource(self._transport)
        self.requests = RequestsResource(self._transport)
        self.actions = RequestActionsResource(self._transport)
        self.identity = IdentityResource(self._transport)
        self.contact = ContactResource(self._transport)
        self._store = FileStore(self._transport, transport) if from_store else None
        self.documents = DocumentsResource(self._transport, self._store)
        self.uploads = UploadsResource(self._transport, persistence)
        self.schedule = ScheduleResource(self._transport)
        self.messages = MessagesResource(self._transport)
        self.calls = CallsResource(self._transport)
        self.conclusions = ConclusionsResource(self._transport)
        self.delivery = DeliveryResource(self._transport)
        self.phrases = PhrasesResource(self._transport)
        self.icd10 = Icd10Resource(self._transport)
        self.annotations = AnnotationsResource(self._transport)
        self.audit = AuditResource(self._transport)

    def events(self, since: int | None = None) -> AsyncGenerator[ServerEvent, None]:
        """The event stream behind number `since`; close it with `contextlib.aclosing`."""
        return follow(self._transport, since)

    async def aclose(self) -> None:
        """Closes all connections."""
        if self._store is not None:
            await self._store.aclose()
        await self._transport.aclose()

    async def _exchange(self, refresh_token: str) -> SignedIn:
        return await account.exchange(self._transport, refresh_token)
