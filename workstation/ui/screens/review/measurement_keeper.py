"""Keeps the measurements of the open case with its request, and brings earlier ones back."""

import asyncio
import uuid
from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from backend_client.errors import BackendError
from backend_client.models.annotations import Annotation, AnnotationId, PutAnnotation
from backend_client.models.common import DocumentId, RequestId
from backend_client.models.documents import Document
from backend_client.models.requests import Action
from workstation.core.subscription import Event
from workstation.ui.error_text import UserMessage, user_message
from workstation.ui.screens.review.kept_lines import KINDS, KeptLine, KeptLines
from workstation.ui.screens.review.kept_return import KeptReturn, Key
from workstation.ui.screens.review.view_model import ReviewViewModel
from workstation.ui.task_scope import TaskScope

_REST_MS = 400
"""A caliper that is dragged is kept where it comes to rest."""


class Annotations(Protocol):
    """What is asked of the service of annotations."""

    @property
    def refused(self) -> Event[BackendError]:
        """The server did not take one."""

    @property
    def changed(self) -> Event[RequestId]:
        """That request has others."""

    def of(self, request_id: RequestId) -> tuple[Annotation, ...]:
        """Those that stand, as far as they were read and heard."""

    def read(self, request_id: RequestId) -> Awaitable[tuple[Annotation, ...]]:
        """From the server, or as they were kept here; raises BackendError."""

    def forget(self, request_id: RequestId) -> None:
        """Nobody looks at it any more."""

    def put(
        self, request_id: RequestId, given: PutAnnotation, *, is_blind: bool = False
    ) -> Awaitable[None]:
        """Keeps one; raises StoreError. `is_blind`: it is not known what the request has, so that
        one that stands there already is not put twice."""

    def remove(self, request_id: RequestId, annotation_id: AnnotationId) -> Awaitable[None]:
        """Takes one away; raises StoreError."""


class MeasurementKeeper(QObject):
    """Writes what changed once it has come to rest, and at the latest when the case is left.

    Nothing is written before the server was asked what the request has, or did not answer, and
    nothing where the doctor may not write the conclusion.
    """

    failed = Signal(UserMessage)
    """Something could not be kept or read."""
    earlier_changed = Signal()
    """See `earlier`."""

    def __init__(
        self,
        service: Annotations,
        model: ReviewViewModel,
        may_keep: Callable[[Document], bool],
        parent: QObject | None = None,
        *,
        rest_ms: int = _REST_MS,
    ) -> None:
        """`may_keep`: whether the patient in that file is the request's."""
        super().__init__(parent)
        self._service, self._model, self._may_keep = service, model, may_keep
        self._lines = KeptLines(self)
        self._tasks = TaskScope(on_error=self._failed)
        self._return = KeptReturn(model, self._earlier_of, self._came_back, self._may_change)
        self._made: dict[AnnotationId, Annotation] = {}
        """All that the request has, as it was read or heard last."""
        self._deaf = (
            service.refused.subscribe(self._failed),
            service.changed.subscribe(self._heard),
        )
        self._turn = asyncio.Lock()
        self._case: RequestId | None = None
        self._is_read = self._is_blind = self._is_told = False
        self._ids: dict[Key, AnnotationId] = {}
        self._sent: dict[AnnotationId, PutAnnotation] = {}
        self._gone: set[AnnotationId] = set()
        """Taken away in this session."""
        self._earlier: dict[AnnotationId, Annotation] = {}
        """Kept ones to which no line of this session belongs yet."""
        self._tell = QTimer(self)  # at once, and behind all that is done now
        self._tell.setSingleShot(True)
        self._tell.timeout.connect(self.earlier_changed)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(rest_ms)
        self._rest.timeout.connect(self.keep)
        for measured in (model.measurements, model.figures, model.papers, model.slices):
            measured.changed.connect(self._rest.start)
        model.case_changed.connect(self._follow)
        model.leaving.connect(self._leave)
        for pane in model.panes:
            pane.changed.connect(self._opened_some)

    @property
    def earlier(self) -> tuple[Annotation, ...]:
        """Kept ones that are in no viewer's list: their file is not open yet, or they cannot be
        measured anew here."""
        return tuple(self._earlier.values())

    def line_of(self, annotation_id: AnnotationId) -> Key | None:
        """The viewer's line that a kept one is; None where it is none."""
        return next((key for key, one in self._ids.items() if one == annotation_id), None)

    def made(self, document_id: str, number: int) -> Annotation | None:
        """What is kept of a viewer's line of that file; None while nothing of it is."""
        ids = (self._ids.get((document_id, kind, number)) for kind in KINDS)
        return next((self._made[one] for one in ids if one is not None and one in self._made), None)

    def can_remove(self, annotation_id: AnnotationId) -> bool:
        """Whether an earlier one can be taken away, also one that cannot be measured anew."""
        return self._case is not None and self._may_write and annotation_id in self._earlier

    def remove(self, annotation_id: AnnotationId) -> None:
        """Takes an earlier one away from the request."""
        if self._case is None or not self.can_remove(annotation_id):
            return
        del self._earlier[annotation_id]
        self._gone.add(annotation_id)
        self._tasks.start(self._remove(self._case, annotation_id), name="annotation.remove")
        self._tell.start()

    def keep(self) -> None:
        """Writes all that is another than what was written."""
        self._rest.stop()
        case = self._case
        if case is None or not self._may_write:
            return
        if not self._is_read:
            self._read(case)  # the connection may be there again
            if not self._is_blind:
                return
        self._write(case)

    async def close(self) -> None:
        """Writes what is left, and ends everything for good."""
        self._leave()
        for deafen in self._deaf:
            deafen()
        self._rest.stop()
        self._tell.stop()
        self._tasks.cancel("annotations.read")
        await self._return.close()
        await self._tasks.finish()

    @property
    def is_ready(self) -> bool:
        """Whether it is known what the open case has."""
        return self._is_read

    @property
    def _may_write(self) -> bool:
        row = self._model.row
        return row is not None and Action.WRITE_CONCLUSION in row.allowed_actions

    def _may_change(self) -> bool:
        return self._may_write

    def _write(self, case: RequestId) -> None:
        lines = {line.key: line for line in self._present()}
        for key, line in lines.items():
            given = line.put(self._ids.setdefault(key, self._id_of(line)))
            if given is not None and self._sent.get(given.id) != given:
                self._sent[given.id] = given
                self._tasks.start(self._put(case, given), name="annotation.put")
        for key in self._ids.keys() - lines.keys():
            if self._is_aside(key):
                continue
            gone = self._ids.pop(key)
            if self._sent.pop(gone, None) is not None:
                self._gone.add(gone)
                self._tasks.start(self._remove(case, gone), name="annotation.remove")

    def _present(self) -> Iterator[KeptLine]:
        for line in self._lines.of(self._model):
            if self._may_keep(line.document):
                yield line

    def _is_aside(self, key: Key) -> bool:
        """A figure whose picture is not there now was not taken away by the doctor."""
        document_id, kind, number = key
        return kind == "slice" and number in self._model.slices.of(DocumentId(document_id)).aside

    def _id_of(self, line: KeptLine) -> AnnotationId:
        """Of an earlier one where it is the same measurement; else a new one."""
        same = next((one.id for one in self._earlier.values() if line.is_same(one)), None)
        if same is None:
            return AnnotationId(str(uuid.uuid4()))
        self._link(same)
        return same

    def _link(self, annotation_id: AnnotationId) -> None:
        known = self._earlier.pop(annotation_id)
        said = {name: getattr(known, name) for name in PutAnnotation.__struct_fields__}
        self._sent[annotation_id] = PutAnnotation(**said)
        self._tell.start()

    def _follow(self) -> None:
        """Another case with its card: what was kept of it comes back."""
        model = self._model
        if model.request_id is None or model.card is None or model.request_id == self._case:
            return
        self._case = model.request_id
        self._read(model.request_id)

    def _read(self, case: RequestId) -> None:
        self._tasks.cancel("annotations.read")
        self._tasks.start(self._bring_back(case), name="annotations.read")

    async def _bring_back(self, case: RequestId) -> None:
        try:
            kept = await self._service.read(case)
        except BackendError as error:
            if case == self._case and error.is_temporary and not self._is_blind:
                self._is_blind = True
                self._write_blind(case)
            was_told, self._is_told = self._is_told, True
            if was_told or case != self._case:
                return  # it is asked for again with each measurement, and said once
            raise
        if case == self._case:
            self._is_read, self._is_blind = True, False
            self._take(kept)
            self.keep()

    def _write_blind(self, case: RequestId) -> None:
        """Nobody answers what the request has: what is measured is kept all the same."""
        if self._may_write:
            self._write(case)

    def _heard(self, case: RequestId) -> None:
        """Of one's own, and of what the same doctor measured at another computer."""
        if case == self._case and self._is_read:
            waiting = [one for one in self._earlier.values() if not one.version]
            there = {one.id: one for one in (*waiting, *self._service.of(case))}
            self._take(list(there.values()))

    def _take(self, kept: Sequence[Annotation]) -> None:
        """What the request has is brought together with what is here."""
        there = self._made = {one.id: one for one in kept}
        known = self._sent.keys() | self._gone
        self._earlier = {name: one for name, one in there.items() if name not in known}
        for line in self._present() if self._ids else ():
            mine = self._ids.get(line.key)
            if mine is not None and mine not in there:
                self._join(line, mine)
        self._return.without_file()
        self._opened_some()
        self._tell.start()

    def _join(self, line: KeptLine, mine: AnnotationId) -> None:
        """One that was measured without knowing that it stands there already is that one."""
        same = next((one.id for one in self._earlier.values() if line.is_same(one)), None)
        if same is not None:
            self._sent.pop(mine, None)
            self._ids[line.key] = same
            self._link(same)

    def _earlier_of(self, document: Document) -> list[Annotation]:
        parts = self._model.parts_of(document)
        known = {part.id: part for part in parts}
        earlier = self._earlier.values()
        return [x for x in earlier if x.document_id in known and _is_of(x, known[x.document_id])]

    def _came_back(self, one: Annotation, key: Key) -> None:
        self._ids[key] = one.id
        self._link(one.id)

    def _opened_some(self) -> None:
        """Figures come back with their file, by which they are measured anew."""
        for pane in self._model.panes if self._is_read else ():
            self._return.with_file(pane)

    def _leave(self) -> None:
        """The last words of the case; then nothing of it is known."""
        self.keep()
        if self._case is not None:
            self._service.forget(self._case)
        self._case = None
        self._is_read = self._is_blind = self._is_told = False
        self._ids, self._sent, self._earlier, self._gone = {}, {}, {}, set()
        self._made = {}

    def _failed(self, error: BaseException) -> None:
        """A connection that is lost is told elsewhere: what was measured waits, or is read then."""
        if not (isinstance(error, BackendError) and error.is_temporary):
            self.failed.emit(user_message(error))

    async def _put(self, case: RequestId, given: PutAnnotation) -> None:
        is_blind = self._is_blind
        async with self._turn:
            await self._service.put(case, given, is_blind=is_blind)

    async def _remove(self, case: RequestId, annotation_id: AnnotationId) -> None:
        async with self._turn:
            await self._service.remove(case, annotation_id)


def _is_of(kept: Annotation, document: Document) -> bool:
    """Whether it was measured on these very bytes."""
    return (kept.document_id, kept.sha256) == (document.id, document.sha256)
