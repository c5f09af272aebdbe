"""Keeps the measurements of the open case with its request, and brings earlier ones back."""

import asyncio
import uuid
from collections.abc import Awaitable, Callable, Iterator
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from backend_client.errors import BackendError
from backend_client.models.annotations import Annotation, AnnotationId, PutAnnotation
from backend_client.models.common import RequestId
from backend_client.models.documents import Document
from backend_client.models.evidence import FramePlace
from backend_client.models.requests import Action
from workstation.core.subscription import Event
from workstation.studies.imaging import ClipInfo
from workstation.studies.measure.figures import Drawing
from workstation.ui.error_text import UserMessage, user_message
from workstation.ui.screens.review.kept_lines import (
    KeptLine,
    KeptLines,
    ecg_measured,
    figure_name,
    is_redrawn,
)
from workstation.ui.screens.review.pane_model import PaneModel
from workstation.ui.screens.review.view_model import ReviewViewModel
from workstation.ui.task_scope import TaskScope

_REST_MS = 400
"""A caliper that is dragged is kept where it comes to rest."""
Key = tuple[str, str, int]


class Annotations(Protocol):
    """What is asked of the service of annotations."""

    @property
    def refused(self) -> Event[BackendError]:
        """The server did not take one."""

    def read(self, request_id: RequestId) -> Awaitable[tuple[Annotation, ...]]:
        """From the server; raises BackendError."""

    def forget(self, request_id: RequestId) -> None:
        """Nobody looks at it any more."""

    def put(self, request_id: RequestId, given: PutAnnotation) -> Awaitable[None]:
        """Keeps one; raises StoreError."""

    def remove(self, request_id: RequestId, annotation_id: AnnotationId) -> Awaitable[None]:
        """Takes one away; raises StoreError."""


class MeasurementKeeper(QObject):
    """Writes what changed once it has come to rest, and at the latest when the case is left.

    Nothing is written before it is known what the request has, and nothing where the doctor may
    not write the conclusion.
    """

    failed = Signal(UserMessage)
    """Something could not be kept or read."""

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
        self._deaf = service.refused.subscribe(self._failed)
        self._turn = asyncio.Lock()
        self._case: RequestId | None = None
        self._is_read = False
        self._ids: dict[Key, AnnotationId] = {}
        self._sent: dict[AnnotationId, PutAnnotation] = {}
        self._earlier: dict[AnnotationId, Annotation] = {}
        """Kept ones to which no line of this session belongs yet."""
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(rest_ms)
        self._rest.timeout.connect(self.keep)
        model.measurements.changed.connect(self._rest.start)
        model.figures.changed.connect(self._rest.start)
        model.case_changed.connect(self._follow)
        model.leaving.connect(self._leave)
        for pane in model.panes:
            pane.changed.connect(self._opened_some)

    def keep(self) -> None:
        """Writes all that is another than what was written."""
        self._rest.stop()
        case = self._case
        if case is None or not self._may_write:
            return
        if not self._is_read:
            self._read(case)  # the connection may be there again
            return
        lines = {line.key: line for line in self._present()}
        for key, line in lines.items():
            given = line.put(self._ids.setdefault(key, self._id_of(line)))
            if given is not None and self._sent.get(given.id) != given:
                self._sent[given.id] = given
                self._tasks.start(self._put(case, given), name="annotation.put")
        for key in self._ids.keys() - lines.keys():
            gone = self._ids.pop(key)
            if self._sent.pop(gone, None) is not None:
                self._tasks.start(self._remove(case, gone), name="annotation.remove")

    async def close(self) -> None:
        """Writes what is left, and ends everything for good."""
        self._leave()
        self._deaf()
        self._rest.stop()
        self._tasks.cancel("annotations.read")
        await self._tasks.finish()

    @property
    def is_ready(self) -> bool:
        """Whether it is known what the open case has."""
        return self._is_read

    @property
    def _may_write(self) -> bool:
        row = self._model.row
        return row is not None and Action.WRITE_CONCLUSION in row.allowed_actions

    def _present(self) -> Iterator[KeptLine]:
        model = self._model
        for document in model.documents:
            if self._may_keep(document):
                yield from self._lines.of(document, model.measurements, model.figures)

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
        kept = await self._service.read(case)
        if case != self._case:
            return
        self._earlier = {one.id: one for one in kept}
        self._is_read = True
        self._restore_ecgs()
        self._opened_some()
        self.keep()

    def _restore_ecgs(self) -> None:
        for document in self._model.documents:
            own = [one for one in self._earlier.values() if _is_of(one, document)]
            pairs = [(one, made) for one in own if (made := ecg_measured(one)) is not None]
            if not pairs:
                continue
            for one, _ in pairs:
                self._link(one.id)
            made_again = [made for _, made in pairs]
            numbers = self._model.measurements.bring_back(document.id, made_again)
            for (one, _), number in zip(pairs, numbers, strict=True):
                self._ids[document.id, "ecg", number] = one.id

    def _opened_some(self) -> None:
        """Figures come back with their file, by whose scale they are measured."""
        for pane in self._model.panes if self._is_read else ():
            self._redraw(pane)

    def _redraw(self, pane: PaneModel) -> None:
        document, info = pane.document, pane.info
        if document is None or not isinstance(info, ClipInfo):
            return
        shelf = self._model.figures.of(document.id)
        for one in list(self._earlier.values()):
            place = one.place
            if (
                not _is_of(one, document)
                or not is_redrawn(one)
                or not isinstance(place, FramePlace)
            ):
                continue
            figure = shelf.add(info, place.frame, Drawing.of_place(place))
            self._ids[document.id, "figure", figure.id] = one.id
            self._link(one.id)
            shelf.call(figure.id, figure_name(one))
            shelf.choose(None)

    def _leave(self) -> None:
        """The last words of the case; then nothing of it is known."""
        self.keep()
        if self._case is not None:
            self._service.forget(self._case)
        self._case, self._is_read = None, False
        self._ids, self._sent, self._earlier = {}, {}, {}

    def _failed(self, error: BaseException) -> None:
        """A connection that is lost is told elsewhere: what was measured waits, or is read then."""
        if not (isinstance(error, BackendError) and error.is_temporary):
            self.failed.emit(user_message(error))

    async def _put(self, case: RequestId, given: PutAnnotation) -> None:
        async with self._turn:
            await self._service.put(case, given)

    async def _remove(self, case: RequestId, annotation_id: AnnotationId) -> None:
        async with self._turn:
            await self._service.remove(case, annotation_id)


def _is_of(kept: Annotation, document: Document) -> bool:
    """Whether it was measured on these very bytes."""
    return (kept.document_id, kept.sha256) == (document.id, document.sha256)
