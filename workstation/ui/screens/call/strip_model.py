"""A call seen from other screens, without widgets: whose it is, and what can be done with it."""

from collections.abc import Coroutine, Sequence
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from backend_client.models.common import DocumentId, RequestId
from backend_client.models.documents import CALL_PICTURE, Document
from backend_client.models.requests import Representative, RequestRow
from workstation.core.call_media import CallFrame
from workstation.core.card_news import may_lack_files
from workstation.core.live_call import CallEnd, LiveCall
from workstation.core.subscription import Event
from workstation.ui.error_text import UserMessage
from workstation.ui.screens.call.call_problems import CallProblems
from workstation.ui.screens.call.ports import CallControls, Requests
from workstation.ui.task_scope import TaskScope

END_SHOWN_MS = 20_000
"""So long the strip stays to say that the other side has ended the call."""
_OWN_ENDS = (CallEnd.BY_DOCTOR, CallEnd.CANCELLED, CallEnd.NOT_PLACED)


class CallStripModel(QObject):
    """Follows the call, whichever request's it is."""

    changed = Signal()

    def __init__(
        self, calls: CallControls, requests: Requests, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.row: RequestRow | None = None
        self.representative: Representative | None = None
        self.came: Document | None = None
        """A file that has come since the call was folded, not opened yet."""
        self.problem: UserMessage | None = None
        self._known: frozenset[DocumentId] | None = None
        """Files of the request; None: not read yet."""
        self._calls, self._requests = calls, requests
        self._problems = CallProblems(self)
        self._was_on = False
        self._tells_end = False
        self._end = QTimer(self)
        self._end.setSingleShot(True)
        self._end.timeout.connect(self.dismiss)
        self._reads = TaskScope(on_error=lambda error: None)  # a strip without a name is one still
        self._orders = TaskScope(on_error=self._failed)
        self._unsubscribe = (
            calls.changed.subscribe(self._call_changed),
            requests.changed.subscribe(self._row_heard),
        )
        if calls.live is not None:
            self._call_changed(calls.live)

    @property
    def live(self) -> LiveCall | None:
        """The call that is on, or has just been ended by the other side."""
        live = self._calls.live
        return live if live is not None and (live.is_on or self._tells_end) else None

    @property
    def remote_frame(self) -> Event[CallFrame]:
        """The patient's picture."""
        return self._calls.remote_frame

    def toggle_microphone(self) -> None:
        """Sends sound, or silence."""
        if (live := self._running()) is not None:
            self._order(self._calls.set_microphone(not live.microphone_on))

    def toggle_camera(self) -> None:
        """Sends the picture, or none."""
        if (live := self._running()) is not None:
            self._order(self._calls.set_camera(not live.camera_on))

    def extend(self) -> None:
        """Takes more time for the consultation."""
        if self._running() is not None:
            self._order(self._calls.extend())

    def hang_up(self) -> None:
        """Ends the call."""
        if self._running() is not None:
            self._order(self._calls.hang_up())

    def dismiss(self) -> None:
        """The end of the call has been read, and the file that has come was seen."""
        self._tells_end, self.came = False, None
        self._end.stop()
        self.changed.emit()

    async def close(self) -> None:
        """Ends everything for good."""
        self._end.stop()
        for unsubscribe in self._unsubscribe:
            unsubscribe()
        await self._reads.close()
        await self._orders.close()

    def _running(self) -> LiveCall | None:
        live = self._calls.live
        return live if live is not None and live.is_on else None

    def _order(self, work: Coroutine[Any, Any, None]) -> None:
        self.problem = None
        self._orders.start(work, name="strip.order")

    def _call_changed(self, live: LiveCall) -> None:
        if live.is_on and not self._was_on:
            self._tells_end, self.problem = False, None
            self._end.stop()
        elif self._was_on and not live.is_on and live.end not in _OWN_ENDS:
            self._tells_end = True
            self._end.start(END_SHOWN_MS)
        self._was_on = live.is_on
        if live.is_on and (self.row is None or self.row.id != live.request_id):
            self.row = self.representative = self.came = self._known = None
            self._read(live.request_id)
        self.changed.emit()

    def _read(self, request_id: RequestId) -> None:
        self._reads.cancel("strip.card")
        self._reads.start(self._read_card(request_id), name="strip.card")

    async def _read_card(self, request_id: RequestId) -> None:
        card = (await self._requests.card(request_id)).card
        self.row, self.representative = card.row, card.representative
        self._note_files(card.documents)
        self.changed.emit()

    def _note_files(self, documents: Sequence[Document]) -> None:
        sent = {one.id: one for one in documents if one.item_code != CALL_PICTURE}
        if self._known is not None and (new := sent.keys() - self._known):
            self.came = max((sent[name] for name in new), key=lambda one: one.uploaded_at)
        self._known = frozenset(sent)

    def _row_heard(self, row: RequestRow) -> None:
        if self.row is None or row.id != self.row.id:
            return
        before, self.row = self.row, row
        if self._running() is not None and may_lack_files(before, row):
            self._read(row.id)
        self.changed.emit()

    def _failed(self, error: BaseException) -> None:
        self.problem = self._problems.message(error)
        self.changed.emit()
