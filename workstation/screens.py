"""The rooms of one signed-in account: built when it enters, taken away when it leaves."""

from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication, QObject

from backend_client.models.common import RequestId
from backend_client.models.requests import Action, RequestRow
from workstation.ui.choices import LookChoices, QueueChoices
from workstation.ui.error_text import user_message
from workstation.ui.main_window import MainWindow, Room
from workstation.ui.request_words import RequestWords
from workstation.ui.screens.queue.view import QueueView
from workstation.ui.screens.queue.view_model import QueueViewModel
from workstation.ui.screens.request_card.view import RequestCardView
from workstation.ui.screens.request_card.view_model import RequestCardViewModel
from workstation.ui.screens.settings.view import SettingsView
from workstation.ui.screens.slot.week_model import WeekModel
from workstation.ui.screens.slot.week_view import WeekView
from workstation.ui.shortcuts import ShortcutRouter
from workstation.ui.task_scope import TaskScope
from workstation.ui.theme import Theme

if TYPE_CHECKING:
    from workstation.services.requests import RequestService
    from workstation.services.schedule import ScheduleService
    from workstation.services.studies import StudyService
    from workstation.ui.screens.review.view import ReviewView
    from workstation.ui.screens.review.view_model import ReviewViewModel
    from workstation.ui.screens.slot.view import SlotView
    from workstation.ui.screens.slot.view_model import SlotViewModel


class DeskServices(Protocol):
    """What the screens work with of one account's desk."""

    @property
    def requests(self) -> "RequestService":
        """The queue and its requests."""

    @property
    def studies(self) -> "StudyService":
        """Files of requests, opened."""

    @property
    def schedule(self) -> "ScheduleService":
        """The doctor's time."""


class Screens:
    """Queue, card, week, review, slot and settings of one desk, in the window.

    The review, which brings the viewers and numpy, is built once the queue stands there; the slot
    screen at its first use.
    """

    def __init__(
        self,
        desk: DeskServices,
        window: MainWindow,
        theme: Theme,
        words: RequestWords,
        shortcuts: ShortcutRouter,
        look: LookChoices,
        queue_choices: QueueChoices,
        kept: dict[str, str],
    ) -> None:
        self._desk, self._window, self._theme = desk, window, theme
        self._words, self._shortcuts = words, shortcuts
        self._kept = kept
        self.queue_model = QueueViewModel(desk.requests, words, queue_choices)
        self.card_model = RequestCardViewModel(desk.requests, words)
        card = RequestCardView(self.card_model, theme, words, shortcuts)
        self.queue = QueueView(self.queue_model, card, theme, words, shortcuts, look)
        self.queue.restore(kept.get("queue", "").encode())
        self.settings = SettingsView(look, theme)
        self.week_model = WeekModel(desk.schedule, desk.requests, words.time)
        self.week = WeekView(self.week_model, theme, shortcuts, words.time)
        self._review: ReviewView | None = None
        self._review_model: ReviewViewModel | None = None
        self._slot: SlotView | None = None
        self._slot_model: SlotViewModel | None = None
        self._case: RequestId | None = None
        self._case_row: RequestRow | None = None
        self._leaving = TaskScope(on_error=self._release_failed)
        self._put_in_window()

    def start(self) -> None:
        """Reads the queue and listens to changes."""
        self.queue_model.start()

    @property
    def review(self) -> "ReviewView":
        """The review screen, built at the first look at it."""
        if self._review is None:
            self._build_review()
        assert self._review is not None
        return self._review

    @property
    def review_model(self) -> "ReviewViewModel":
        """What the review screen shows."""
        if self._review_model is None:
            self._build_review()
        assert self._review_model is not None
        return self._review_model

    def state(self) -> dict[str, str]:
        """What the screens want to find again; `kept` of the next session."""
        state = {**self._kept, "queue": self.queue.state().decode()}
        if self._review is not None:
            state["review"] = self._review.state().decode()
        return state

    async def close(self) -> None:
        """Ends what runs for the screens and takes them out of the window."""
        await self._give_back()
        await self._leaving.close()
        if self._review_model is not None:
            await self._review_model.close()
        if self._slot_model is not None:
            await self._slot_model.close()
        await self.week_model.close()
        await self.card_model.close()
        await self.queue_model.close()
        self._window.room_shown.disconnect(self._room_shown)
        self._window.remove_rooms()
        for screen in (self._review, self._slot):
            if screen is not None:
                screen.deleteLater()
        for model in self._models():
            if model is not None:
                model.deleteLater()

    def _models(self) -> tuple[QObject | None, ...]:
        always = (self.queue_model, self.card_model, self.week_model)
        return (*always, self._review_model, self._slot_model)

    def _put_in_window(self) -> None:
        translate = QCoreApplication.translate
        self._window.add_room(
            Room("queue", lambda: translate("Rooms", "Queue"), "tray"), self.queue
        )
        self._window.add_room(
            Room("week", lambda: translate("Rooms", "Schedule"), "calendar-blank"), self.week
        )
        self._window.add_room(
            Room("settings", lambda: translate("Rooms", "Settings"), "gear", at_bottom=True),
            self.settings,
        )
        self.queue_model.opened.connect(self._open_case)
        self.card_model.time_wanted.connect(self._open_slot)
        self.week.opened.connect(lambda request_id: self._open_case(request_id, ""))
        self._window.room_shown.connect(self._room_shown)

    def _build_review(self) -> None:
        from workstation.ui.screens.review.view import ReviewView
        from workstation.ui.screens.review.view_model import ReviewViewModel

        self._review_model = ReviewViewModel(self._desk.requests, self._desk.studies)
        self._review = ReviewView(self._review_model, self._theme, self._shortcuts, self._words)
        self._review.restore(self._kept.get("review", "").encode())
        self._review_model.closed.connect(self._leave_case)
        self._review_model.case_changed.connect(self._note_row)
        self._review_model.row_changed.connect(self._note_row)
        self._review_model.time_wanted.connect(self._open_slot)

    @property
    def slot_model(self) -> "SlotViewModel":
        """What the slot screen shows; built at the first look at it."""
        return self._slot_model or self._build_slot()[1]

    def _build_slot(self) -> tuple["SlotView", "SlotViewModel"]:
        from workstation.ui.screens.slot.view import SlotView
        from workstation.ui.screens.slot.view_model import SlotViewModel

        model = SlotViewModel(self._desk.requests, self._desk.schedule, self._words.time)
        self._slot_model = model
        self._slot = SlotView(model, self._theme, self._shortcuts, self._words)
        model.closed.connect(self._leave_slot)
        model.proposed.connect(self._proposed)
        model.failed_away.connect(lambda told: self._window.notify(told.title, "warning"))
        return self._slot, model

    def _open_slot(self, request_id: str) -> None:
        """Over the review, or from the queue's card: `_case` says which."""
        view, model = (
            (self._slot, self._slot_model)
            if self._slot is not None and self._slot_model is not None
            else self._build_slot()
        )
        self._window.show_case(view)
        model.open(RequestId(request_id))

    def _leave_slot(self) -> None:
        """Back to where the doctor came from."""
        if self._case is not None:
            self._window.show_case(self.review)
        else:
            self._window.leave_case()

    def _proposed(self, request_id: str, start: datetime) -> None:
        """The work on the request rests until the patient answers: back to the queue."""
        translate = QCoreApplication.translate
        when = self._words.time.short_moment(start)
        told = translate("Rooms", "Time proposed: {}. The patient's answer will come here.")
        self._window.notify(told.format(when), "calendar-check")
        if self._slot is None or not self._slot.isVisible():
            return
        if self._case == request_id:
            self.review_model.leave()
        else:
            self._window.leave_case()

    def _open_case(self, request_id: str, item_code: str) -> None:
        self._case = RequestId(request_id)
        self._window.show_case(self.review)
        self.review_model.open(self._case, item_code or None)

    def _leave_case(self) -> None:
        self._window.leave_case()
        self._leaving.start(self._give_back(), name="case.release")

    def _room_shown(self, key: str) -> None:
        """Another room was chosen in the rail while a case was open: the case is left."""
        if self._slot_model is not None and self._slot_model.request_id is not None:
            self._slot_model.abandon()
        if self._case is not None:
            self.review_model.leave()

    async def _give_back(self) -> None:
        """Leaving a case gives it back, so that a colleague can take it at once."""
        case, self._case = self._case, None
        if case is not None and self._may_give_back(case):
            await self._desk.requests.release(case)

    def _may_give_back(self, case: RequestId) -> bool:
        """Not once a time is proposed or more has come of it: then the case stays the doctor's."""
        row = self._case_row
        return row is None or row.id != case or Action.RELEASE in row.allowed_actions

    def _note_row(self) -> None:
        """Keeps the open case's last state beyond its leaving."""
        row = self.review_model.row
        if row is not None:
            self._case_row = row

    def _release_failed(self, error: BaseException) -> None:
        self._window.notify(user_message(error).title, "warning")
