"""Still pictures of the patient's camera: kept here first, then among the request's documents."""

import asyncio
import logging
from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

import msgspec

from backend_client.errors import BackendError, NotFound
from backend_client.models.common import RequestId
from backend_client.models.documents import CALL_PICTURE, Document
from workstation.core.call_picture import CallPicture, PictureState, SeenFrame
from workstation.core.pending_action import PendingAction, PendingKind
from workstation.core.subscription import Event
from workstation.services.background import BackgroundTasks
from workstation.services.conclusion_content import PaperTime

if TYPE_CHECKING:
    from workstation.services.outgoing import OutgoingActions

logger = logging.getLogger(__name__)


class PicturesBackend(Protocol):
    """What is asked of the server."""

    async def send_kept(
        self,
        request_id: RequestId,
        item_code: str,
        content: bytes,
        title: str,
        key: str,
        *,
        taken_on: date | None = None,
    ) -> Document:
        """A document of the request, once for each key; raises BackendError."""


class _Kept(msgspec.Struct, frozen=True):
    """The body of an order in the outbox."""

    taken_at: datetime
    jpeg: bytes


class CallPictures:
    """`changed` tells of each picture's states. Without a connection it waits in the outbox."""

    def __init__(
        self,
        backend: PicturesBackend,
        outgoing: "OutgoingActions",
        now: Callable[[], datetime],
        paper_time: PaperTime | None = None,
    ) -> None:
        """`now`: by the server's clock, aware; `paper_time`: in which the picture's name is."""
        self.changed: Event[CallPicture] = Event()
        self._backend, self._outgoing, self._now = backend, outgoing, now
        self._paper_time = paper_time or PaperTime()
        self._background = BackgroundTasks()
        outgoing.carry_words(PendingKind.CALL_PICTURE, self._send, self._was_refused)

    async def take(self, request_id: RequestId, frame: SeenFrame) -> None:
        """Keeps what the doctor sees of that request's patient; once this returns this computer has
        it. Raises StoreError."""
        taken_at = self._now()
        body = await asyncio.to_thread(_written, taken_at, frame)
        await self._outgoing.put(PendingKind.CALL_PICTURE, request_id, body)
        self._tell(request_id, taken_at, PictureState.KEPT)

    async def finish(self) -> None:
        """Ends what runs."""
        await self._background.finish()

    async def _send(self, action: PendingAction) -> None:
        kept, request_id = _read(action), RequestId(action.target)
        if kept is None:
            return
        try:
            await self._upload(request_id, kept, action.key)
        except NotFound:  # a part of it that was sent days ago is forgotten by the server
            await self._upload(request_id, kept, f"{action.key}-again")
        self._tell(request_id, kept.taken_at, PictureState.SENT)

    async def _upload(self, request_id: RequestId, kept: _Kept, key: str) -> None:
        at = kept.taken_at.astimezone(self._paper_time.zone)
        title = f"Снимок из видеоконсультации {at:%d.%m.%Y %H:%M:%S} {self._paper_time.name}.jpg"
        await self._backend.send_kept(
            request_id, CALL_PICTURE, kept.jpeg, title, key, taken_on=at.date()
        )

    def _was_refused(self, action: PendingAction, error: BackendError) -> None:
        kept = _read(action)
        self._background.start(self._outgoing.forget_refused(action.key), "call_pictures.forget")
        if kept is not None:
            self._tell(RequestId(action.target), kept.taken_at, PictureState.REFUSED)

    def _tell(self, request_id: RequestId, taken_at: datetime, state: PictureState) -> None:
        self.changed.emit(CallPicture(request_id, taken_at, state))


def _written(taken_at: datetime, frame: SeenFrame) -> bytes:
    from workstation.studies.call_picture import jpeg_of

    return msgspec.msgpack.encode(_Kept(taken_at, jpeg_of(frame)))


def _read(action: PendingAction) -> _Kept | None:
    try:
        return msgspec.msgpack.decode(action.body, type=_Kept)
    except msgspec.MsgspecError:
        logger.warning("order %s is of another version of the program", action.key)
        return None
