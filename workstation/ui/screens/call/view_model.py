"""A consultation's call without its widgets: one case, its call, its chat (DRC-4, DRC-7, DRC-8)."""

from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime
from enum import Enum
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from backend_client.models.calls import Call, CallState
from backend_client.models.common import RequestId
from backend_client.models.patient import PatientLink
from backend_client.models.requests import Action, Representative, RequestRow, RequestStatus
from workstation.core.call_media import CallFrame
from workstation.core.card_news import may_lack_files
from workstation.core.live_call import CallEnd, CallPhase, LiveCall
from workstation.core.subscription import Event
from workstation.ui.case_steps import CaseStep, possible_steps
from workstation.ui.error_text import UserMessage, user_message
from workstation.ui.screens.call.call_problems import CallProblems
from workstation.ui.screens.call.chat_model import ChatModel
from workstation.ui.screens.call.link_quality import LinkWatch
from workstation.ui.screens.call.phone_model import PhoneLog, PhoneModel
from workstation.ui.screens.call.ports import Calls, Chats, Links, Requests
from workstation.ui.task_scope import TaskScope
from workstation.ui.wording import Wording

Act = Callable[[], Coroutine[Any, Any, None]]


class PlaceRefusal(Enum):
    """Why the patient cannot be called now."""

    NOT_READ = "not_read"
    ON = "on"
    OTHER_CALL = "other_call"
    NOT_ALLOWED = "not_allowed"
    BUSY = "busy"


class CallViewModel(QObject):
    """One case at a time. Leaving the screen does not end the call."""

    changed = Signal()
    conclusion_wanted = Signal(str)
    file_wanted = Signal(str, str)
    """A file is to be seen while the call goes on: the request's id and the document's (DRC-6)."""
    link_ready = Signal(str)
    """A link to be put where the doctor can paste it from. A secret: never shown or logged."""
    failed_away = Signal(UserMessage)
    """An order was refused after its case was left."""
    closed = Signal()
    """The doctor went back, or folded the call."""

    def __init__(
        self,
        requests: Requests,
        calls: Calls,
        chat: Chats,
        links: Links,
        wording: Wording,
        parent: QObject | None = None,
        *,
        phone_log: PhoneLog | None = None,
        next_appointment: Callable[[RequestId], datetime | None] = lambda _: None,
    ) -> None:
        """`next_appointment`: when another patient of the doctor is expected next."""
        super().__init__(parent)
        self.phone = PhoneModel(phone_log, self)
        self.phone.changed.connect(self.changed)
        self.phone.logged.connect(self._read_card)
        self._next_appointment = next_appointment
        self.chat = ChatModel(chat, wording, self)
        self.request_id: RequestId | None = None
        self.row: RequestRow | None = None
        self.representative: Representative | None = None
        """Who acts for the patient, as the card says (SPB-1)."""
        self.error: UserMessage | None = None
        """Why the case cannot be shown."""
        self.problem: UserMessage | None = None
        """Why the last order was not carried out."""
        self.attempts: tuple[Call, ...] = ()
        self.attempts_unread = False
        self.link_given: PatientLink | None = None
        self.link_problem: UserMessage | None = None
        self.links = LinkWatch()
        self._wording = wording
        self._requests, self._calls, self._links = requests, calls, links
        self._problems = CallProblems(self)
        self._is_placing = self._is_linking = False
        self._was_over = False
        self._reads = TaskScope(on_error=self._read_failed)
        self._tries = TaskScope(on_error=self._attempts_failed)
        self._link_making = TaskScope(on_error=self._link_failed)
        self._orders = TaskScope(on_error=lambda error: None)  # `_ordered` tells of its own
        self._unsubscribe = (
            requests.changed.subscribe(self._row_heard),
            calls.changed.subscribe(self._call_changed),
            calls.attempt_changed.subscribe(self._attempt_heard),
        )

    @property
    def live(self) -> LiveCall | None:
        """The call of this case: that is on, or the last one; None: none since the start."""
        live = self._calls.live
        return live if live is not None and live.request_id == self.request_id else None

    @property
    def phase(self) -> CallPhase | None:
        """Where the call stands; None before a call, or where none came about."""
        live = self.live
        if live is None or live.end is CallEnd.NOT_PLACED:
            return CallPhase.PLACING if self._is_placing else None
        return live.phase

    @property
    def is_on(self) -> bool:
        """Whether it rings or runs."""
        return self.phase not in (None, CallPhase.OVER)

    @property
    def trouble(self) -> UserMessage | None:
        """What went wrong last, to be said in place."""
        live = self.live
        if self.problem is None and live is not None and live.end is CallEnd.NOT_PLACED:
            return self._problems.message(live.problem) if live.problem is not None else None
        return self.problem

    @property
    def refusal(self) -> PlaceRefusal | None:
        """Why Enter does not call; None where it does."""
        live = self._calls.live
        if self.row is None:
            return PlaceRefusal.NOT_READ
        if live is not None and live.is_on:
            mine = live.request_id == self.request_id
            return PlaceRefusal.ON if mine else PlaceRefusal.OTHER_CALL
        if self._is_placing:
            return PlaceRefusal.BUSY
        if self.can_rejoin:
            return None
        return None if Action.CALL in self.row.allowed_actions else PlaceRefusal.NOT_ALLOWED

    @property
    def can_rejoin(self) -> bool:
        """Whether a talk with the patient goes on without this program, as after a restart."""
        mine = self.row is not None and self.row.owner is not None and self.row.owner.is_me
        live = self.live
        ended = live.call_id if live is not None else None  # the list may not know of it yet
        active = any(call.state is CallState.ACTIVE and call.id != ended for call in self.attempts)
        return mine and active and (live is None or not live.is_on)

    @property
    def is_patient_there(self) -> bool:
        """Whether the patient's page is open, as far as the request says."""
        return self.row is not None and self.row.status is RequestStatus.WAITING

    @property
    def next_appointment_at(self) -> datetime | None:
        """When the next patient is expected; None: nobody is."""
        case = self.request_id
        return self._next_appointment(case) if case is not None else None

    @property
    def can_write_conclusion(self) -> bool:
        """Whether F6 leads on."""
        return self.row is not None and CaseStep.CONCLUSION in possible_steps(self.row)

    @property
    def was_answered(self) -> bool:
        """Whether the call that is over was a talk."""
        live = self.live
        return live is not None and live.answered_at is not None

    @property
    def is_linking(self) -> bool:
        """Whether a link is on its way."""
        return self._is_linking

    @property
    def local_frame(self) -> Event[CallFrame]:
        """Our own picture."""
        return self._calls.local_frame

    @property
    def remote_frame(self) -> Event[CallFrame]:
        """The patient's picture."""
        return self._calls.remote_frame

    def open(self, request_id: RequestId) -> None:
        """Opens a case: reads its card, its earlier calls and its chat."""
        self._forget()
        self.request_id = request_id
        self.chat.open(request_id)
        self._feed()
        self.changed.emit()
        self._read_card()
        self._read_attempts()

    def retry(self) -> None:
        """Reads again what could not be read."""
        self.error = None
        self._read_card()
        self._read_attempts()
        self.chat.read()
        self.changed.emit()

    def place(self) -> None:
        """Rings at the patient's page, or goes on with the talk that was left."""
        if self.refusal is None and self.request_id is not None:
            self._is_placing = True
            act = self._rejoin if self.can_rejoin else self._place
            self._order(partial(act, self.request_id), "call.place")

    def hang_up(self) -> None:
        """Ends the call, or its ringing."""
        if self.is_on:
            self._order(self._calls.hang_up, "call.hang_up")

    def extend(self) -> None:
        """Takes more time for the consultation (DRC-8)."""
        if self.live is not None and self.live.clock is not None and self.is_on:
            self._order(self._calls.extend, "call.extend")

    def toggle_microphone(self) -> None:
        """Sends sound, or silence."""
        live = self.live
        if live is not None and live.is_on:
            act = partial(self._calls.set_microphone, not live.microphone_on)
            self._order(act, "call.microphone")

    def toggle_camera(self) -> None:
        """Sends the picture, or none."""
        live = self.live
        if live is not None and live.is_on:
            self._order(partial(self._calls.set_camera, not live.camera_on), "call.camera")

    def give_link(self) -> None:
        """A fresh link to the patient's page; `link_ready` has it."""
        if self.row is not None and self.request_id is not None and not self._is_linking:
            self._is_linking, self.link_given, self.link_problem = True, None, None
            self.changed.emit()
            self._link_making.start(self._give_link(self.request_id), name="call.link")

    def write_conclusion(self) -> None:
        """On to the conclusion; the call goes on."""
        if self.request_id is not None and self.can_write_conclusion:
            self.conclusion_wanted.emit(self.request_id)

    def show_file(self, document_id: str) -> None:
        """Shows a file of the case; the call goes on."""
        if self.request_id is not None:
            self.file_wanted.emit(self.request_id, document_id)

    def show_newest_file(self) -> None:
        """The last one that came with the talk."""
        if (newest := self.chat.newest_file) is not None:
            self.show_file(newest.lead.id)

    def fold(self) -> None:
        """The call goes on as a strip over other screens."""
        if self.is_on:
            self.leave()

    def leave(self) -> None:
        """Goes back. A call that is on goes on."""
        self.abandon()
        self.closed.emit()

    def abandon(self) -> None:
        """The case was left by another road."""
        self._forget()
        self.changed.emit()

    async def close(self) -> None:
        """Ends everything for good; the service ends the call."""
        for unsubscribe in self._unsubscribe:
            unsubscribe()
        for scope in (self._reads, self._tries, self._link_making, self._orders):
            await scope.close()
        await self.phone.close()
        await self.chat.close()

    def _order(self, act: Act, name: str) -> None:
        self.problem = None
        self.changed.emit()
        self._orders.start(self._ordered(act, self.request_id), name=name)

    async def _ordered(self, act: Act, request_id: RequestId | None) -> None:
        try:
            await act()
        except Exception as error:
            # Any failure of an order is told in place, or to the window once its case was left.
            told = self._problems.message(error)
            if request_id == self.request_id:
                self.problem = told
            else:
                self.failed_away.emit(told)
            raise
        finally:
            self.changed.emit()

    async def _place(self, request_id: RequestId) -> None:
        try:
            await self._calls.place(request_id)
        finally:
            self._is_placing = False

    async def _rejoin(self, request_id: RequestId) -> None:
        try:
            is_on = await self._calls.rejoin(request_id)
        finally:
            self._is_placing = False
        if not is_on:
            self._read_attempts()

    async def _give_link(self, request_id: RequestId) -> None:
        link = await self._links.give_patient_link(request_id)
        self._is_linking, self.link_given = False, link
        self.link_ready.emit(link.url)
        self.changed.emit()

    def _read_card(self) -> None:
        if self.request_id is not None:
            self._reads.cancel("call.card")
            self._reads.start(self._show(self.request_id), name="call.card")

    async def _show(self, request_id: RequestId) -> None:
        card = (await self._requests.card(request_id)).card
        row, self.representative = card.row, card.representative
        self.chat.show_files(card.documents)
        if self.row is None or row.age >= self.row.age:
            self.row = row
        self.error = None
        self.phone.show_card(card)
        self.changed.emit()

    def _read_attempts(self) -> None:
        if self.request_id is not None:
            self._tries.cancel("call.attempts")
            self._tries.start(self._show_attempts(self.request_id), name="call.attempts")

    async def _show_attempts(self, request_id: RequestId) -> None:
        self._take_attempts(await self._calls.attempts(request_id))

    def _row_heard(self, row: RequestRow) -> None:
        if row.id != self.request_id:
            return
        before, self.row = self.row, row
        if before is not None and before.status is not row.status:
            self.chat.read()  # whether it may be written goes with the status
        if before is not None and (may_lack_files(before, row) or before.version != row.version):
            self._read_card()  # files, and what was tried, stand on the card alone
        self.changed.emit()

    def _call_changed(self, live: LiveCall) -> None:
        self._feed()
        if live.request_id == self.request_id:
            is_over = live.phase is CallPhase.OVER
            if is_over and not self._was_over:
                self._read_attempts()
            self._was_over = is_over
        self.changed.emit()

    def _attempt_heard(self, call: Call) -> None:
        if call.request_id == self.request_id:
            others = [one for one in self.attempts if one.id != call.id]
            newest_first = sorted([call, *others], key=lambda one: one.attempt, reverse=True)
            self._take_attempts(newest_first)

    def _take_attempts(self, calls: Sequence[Call]) -> None:
        self.attempts, self.attempts_unread = tuple(calls), False
        self.chat.show_calls(self.attempts)
        self.changed.emit()

    def _feed(self) -> None:
        settings = self._calls.settings
        self.links.feed(self.live, (settings.width, settings.height))

    def _read_failed(self, error: BaseException) -> None:
        if self.row is None:
            self.error = user_message(error)
            self.changed.emit()

    def _link_failed(self, error: BaseException) -> None:
        self._is_linking, self.link_problem = False, user_message(error)
        self.changed.emit()

    def _attempts_failed(self, error: BaseException) -> None:
        self.attempts_unread = True
        self.changed.emit()

    def _forget(self) -> None:
        self._reads.cancel("call.card")
        self._link_making.cancel("call.link")
        self._tries.cancel("call.attempts")
        self.phone.show_card(None)
        self.request_id, self.row, self.error, self.problem = None, None, None, None
        self.representative = None
        self.attempts, self.attempts_unread, self._was_over = (), False, False
        self.link_given, self.link_problem, self._is_linking = None, None, False
        self.chat.leave()
