"""Measurements that are kept with their request: written through the outbox, heard by events."""

import logging
from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol

import msgspec

from backend_client.errors import BackendError, Conflict, NotFound
from backend_client.models.annotations import Annotation, AnnotationId, PutAnnotation
from backend_client.models.common import RequestId, UserId
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


class KeptHere(Protocol):
    """What is asked of the local encrypted copy. Raises nothing: what cannot be kept is asked for
    again."""

    async def keep(self, request_id: RequestId, kept: Iterable[Annotation]) -> None:
        """All that stand now."""

    async def read(self, request_id: RequestId) -> tuple[Annotation, ...] | None:
        """As they were kept; None where nothing was."""

    async def forget(self, request_id: RequestId) -> None:
        """They may not be here any more."""


class _Order(msgspec.Struct, frozen=True):
    """The body of an order in the outbox: one of both."""

    put: PutAnnotation | None = None
    remove: AnnotationId | None = None
    is_blind: bool = False
    """Measured without knowing what the request has: what stands already is not put twice."""


class AnnotationService:
    """Of the centre of the signed-in account.

    `changed` tells of a request with other measurements than before, one's own included;
    `refused` of one that the server did not take.
    """

    def __init__(
        self,
        backend: AnnotationsBackend,
        outgoing: "OutgoingActions",
        here: KeptHere | None = None,
    ) -> None:
        """`here`: where they are kept for the time without a connection."""
        self.changed: Event[RequestId] = Event()
        self.refused: Event[BackendError] = Event()
        self._backend = backend
        self._outgoing = outgoing
        self._here = here
        self._known: dict[RequestId, dict[AnnotationId, Annotation]] = {}
        """Of the requests that are looked at."""
        self._background = BackgroundTasks()
        outgoing.carry_words(PendingKind.ANNOTATION, self._send, self._was_refused)

    def of(self, request_id: RequestId) -> tuple[Annotation, ...]:
        """Those that stand, as far as they were read and heard, in the order of making."""
        return tuple(one for one in self._known.get(request_id, {}).values() if not one.removed)

    async def read(self, request_id: RequestId) -> tuple[Annotation, ...]:
        """From the server, else as they were kept here, with the orders that wait laid over them;
        from now on what is heard is laid over it. Raises BackendError where neither is there.
        """
        heard = self._known.setdefault(request_id, {})
        read = {one.id: one for one in await self._fresh_or_kept(request_id)}
        for name, one in heard.items():  # what came meanwhile may be newer
            if name not in read or one.version > read[name].version:
                read[name] = one
        self._known[request_id] = read
        self.changed.emit(request_id)
        standing = (one for one in read.values() if not one.removed)
        return _with_orders(request_id, standing, await self._outgoing.waiting())

    async def keep_ahead(self, request_id: RequestId) -> None:
        """Fetches them for the time without a connection. Raises BackendError."""
        await self._fresh(request_id)

    def forget(self, request_id: RequestId) -> None:
        """Nobody looks at it any more."""
        self._known.pop(request_id, None)

    async def put(
        self, request_id: RequestId, given: PutAnnotation, *, is_blind: bool = False
    ) -> None:
        """Keeps a measurement; once this returns this computer has it. `is_blind`: it is not known
        what the request has. Raises StoreError."""
        await self._write(request_id, _Order(put=given, is_blind=is_blind))

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

    async def _fresh(self, request_id: RequestId) -> list[Annotation]:
        fresh = await self._backend.every(request_id)
        if self._here is not None:
            await self._here.keep(request_id, fresh)
        return fresh

    async def _fresh_or_kept(self, request_id: RequestId) -> Iterable[Annotation]:
        try:
            return await self._fresh(request_id)
        except (Conflict, NotFound):  # the consent was withdrawn, or the request is gone
            if self._here is not None:
                await self._here.forget(request_id)
            raise
        except BackendError as error:
            kept = await self._here.read(request_id) if self._here is not None else None
            if kept is None or not error.is_temporary:
                raise
            return kept

    async def _read_again(self, request_id: RequestId) -> None:
        try:
            fresh = await self._fresh(request_id)
        except BackendError as error:
            logger.info("measurements of %s not read: %s", request_id, type(error).__name__)
            return
        if request_id in self._known:  # one that was removed meanwhile is told by nobody
            self._known[request_id] = {one.id: one for one in fresh}
            self.changed.emit(request_id)

    def _hear(self, annotation: Annotation) -> None:
        known = self._known.get(annotation.request_id)
        if known is None:
            return
        before = known.get(annotation.id)
        if before is None or annotation.version > before.version:
            known[annotation.id] = annotation
            self._background.start(self._keep(annotation.request_id), "annotations.keep")
            self.changed.emit(annotation.request_id)

    async def _keep(self, request_id: RequestId) -> None:
        """What was heard is there without a connection, too."""
        if self._here is not None and request_id in self._known:
            await self._here.keep(request_id, self.of(request_id))

    async def _send(self, action: PendingAction) -> None:
        order, request_id = _read(action), RequestId(action.target)
        if order.put is not None and not await self._stands(request_id, order):
            self._hear(await self._backend.put(request_id, order.put, key=action.key))
        elif order.remove is not None:
            removed = await self._backend.remove(request_id, order.remove, key=action.key)
            self._hear(removed)

    async def _stands(self, request_id: RequestId, order: _Order) -> bool:
        """Whether the request has that very measurement already, of which nothing was known."""
        put = order.put
        if put is None or not order.is_blind:
            return False
        every = await self._backend.every(request_id)
        ids = {one.id for one in every}
        return put.id not in ids and any(_is_same(one, put) for one in every)

    def _was_refused(self, action: PendingAction, error: BackendError) -> None:
        self._background.start(self._outgoing.forget_refused(action.key), "annotations.forget")
        self.refused.emit(error)


def _read(action: PendingAction) -> _Order:
    try:
        return msgspec.json.decode(action.body, type=_Order)
    except msgspec.MsgspecError:
        logger.warning("order %s is of another version of the program", action.key)
        return _Order()


def _is_same(one: Annotation, put: PutAnnotation) -> bool:
    """The same quantity at the same place of the same bytes."""
    names = ("document_id", "sha256", "quantity", "place")
    return all(getattr(one, name) == getattr(put, name) for name in names)


def _with_orders(
    request_id: RequestId, standing: Iterable[Annotation], waiting: Iterable[PendingAction]
) -> tuple[Annotation, ...]:
    """As they will stand once the server has taken what waits."""
    found = {one.id: one for one in standing}
    for action in waiting:
        if action.kind is not PendingKind.ANNOTATION or action.target != request_id:
            continue
        order = _read(action)
        if order.remove is not None:
            found.pop(order.remove, None)
        elif order.put is not None:
            before = found.get(order.put.id)
            said = {name: getattr(order.put, name) for name in order.put.__struct_fields__}
            found[order.put.id] = Annotation(
                **said,
                request_id=request_id,
                made_by=before.made_by if before is not None else UserId(""),
                made_by_name=before.made_by_name if before is not None else "",
                made_at=action.created_at,
                version=before.version if before is not None else 0,
            )
    return tuple(found.values())
