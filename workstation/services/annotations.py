"""Measurements that are kept with their request: written through the outbox, heard by events."""

import logging
from typing import TYPE_CHECKING, Protocol

import msgspec

from backend_client.errors import BackendError
from backend_client.models.annotations import Annotation, AnnotationId, PutAnnotation
from backend_client.models.common import RequestId
from backend_client.models.events import AnnotationChanged, CentreEvent
from workstation.core.pending_action import PendingAction, PendingKind
from workstation.core.subscription import Event
from workstation.services.background import BackgroundTasks

if TYPE_CHECKING:
    from workstation.services.outgoing import OutgoingActions

logger = logging.getLogger(__name__)


class AnnotationsBackend(Protocol):
    """What is asked of the server."""

    async def every(self, request_id: RequestId) -> list[Annotation]:
        """All that stand; raises BackendError."""

    async def put(
        self, request_id: RequestId, given: PutAnnotation, *, key: str | None = None
    ) -> Annotation:
        """A new one, or what it is from now on; raises BackendError."""

    async def remove(
        self, request_id: RequestId, annotation_id: AnnotationId, *, key: str | None = None
    ) -> Annotation:
        """It stands no more; raises BackendError."""


class _Order(msgspec.Struct, frozen=True):
    """The body of an order in the outbox: one of both."""

    put: PutAnnotation | None = None
    remove: AnnotationId | None = None


class AnnotationService:
    """Of the centre of the signed-in account.

    `changed` tells of a request with other measurements than before, one's own included;
    `refused` of one that the server did not take.
    """

    def __init__(self, backend: AnnotationsBackend, outgoing: "OutgoingActions") -> None:
        self.changed: Event[RequestId] = Event()
        self.refused: Event[BackendError] = Event()
        self._backend = backend
        self._outgoing = outgoing
        self._known: dict[RequestId, dict[AnnotationId, Annotation]] = {}
        """Of the requests that are looked at."""
        self._background = BackgroundTasks()
        outgoing.carry_words(PendingKind.ANNOTATION, self._send, self._was_refused)

    def of(self, request_id: RequestId) -> tuple[Annotation, ...]:
        """Those that stand, as far as they were read and heard, in the order of making."""
        return tuple(one for one in self._known.get(request_id, {}).values() if not one.removed)

    async def read(self, request_id: RequestId) -> tuple[Annotation, ...]:
        """From the server; from now on what is heard is laid over it. Raises BackendError."""
        heard = self._known.setdefault(request_id, {})
        read = {one.id: one for one in await self._backend.every(request_id)}
        for name, one in heard.items():  # what came meanwhile may be newer
            if name not in read or one.version > read[name].version:
                read[name] = one
        self._known[request_id] = read
        self.changed.emit(request_id)
        return self.of(request_id)

    def forget(self, request_id: RequestId) -> None:
        """Nobody looks at it any more."""
        self._known.pop(request_id, None)

    async def put(self, request_id: RequestId, given: PutAnnotation) -> None:
        """Keeps a measurement; once this returns this computer has it. Raises StoreError."""
        await self._write(request_id, _Order(put=given))

    async def remove(self, request_id: RequestId, annotation_id: AnnotationId) -> None:
        """Takes one away; as `put`."""
        await self._write(request_id, _Order(remove=annotation_id))

    def hear_event(self, event: CentreEvent) -> None:
        """The road in, from the event stream."""
        if isinstance(event, AnnotationChanged):
            self._hear(event.annotation)

    def missed_something(self) -> None:
        """What was read may lack changes: it is read again."""
        for request_id in self._known:
            self._background.start(self._read_again(request_id), "annotations.read")

    async def finish(self) -> None:
        """Ends what runs."""
        await self._background.finish()

    async def _write(self, request_id: RequestId, order: _Order) -> None:
        body = msgspec.json.encode(order)
        await self._outgoing.put(PendingKind.ANNOTATION, request_id, body)

    async def _read_again(self, request_id: RequestId) -> None:
        self._known[request_id] = {}  # one that was removed meanwhile is told by nobody
        try:
            await self.read(request_id)
        except BackendError as error:
            logger.info("measurements of %s not read: %s", request_id, type(error).__name__)

    def _hear(self, annotation: Annotation) -> None:
        known = self._known.get(annotation.request_id)
        if known is None:
            return
        before = known.get(annotation.id)
        if before is None or annotation.version > before.version:
            known[annotation.id] = annotation
            self.changed.emit(annotation.request_id)

    async def _send(self, action: PendingAction) -> None:
        order, request_id = _read(action), RequestId(action.target)
        if order.put is not None:
            self._hear(await self._backend.put(request_id, order.put, key=action.key))
        elif order.remove is not None:
            removed = await self._backend.remove(request_id, order.remove, key=action.key)
            self._hear(removed)

    def _was_refused(self, action: PendingAction, error: BackendError) -> None:
        self._background.start(self._outgoing.forget_refused(action.key), "annotations.forget")
        self.refused.emit(error)


def _read(action: PendingAction) -> _Order:
    try:
        return msgspec.json.decode(action.body, type=_Order)
    except msgspec.MsgspecError:
        logger.warning("order %s is of another version of the program", action.key)
        return _Order()
