"""The rooms of one signed-in account: built when it enters, taken away when it leaves."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from backend_client.models.common import RequestId
from workstation.ui.choices import LookChoices, QueueChoices
from workstation.ui.error_text import user_message
from workstation.ui.main_window import MainWindow, Room
from workstation.ui.request_words import RequestWords
from workstation.ui.screens.queue.view import QueueView
from workstation.ui.screens.queue.view_model import QueueViewModel
from workstation.ui.screens.request_card.view import RequestCardView
from workstation.ui.screens.request_card.view_model import RequestCardViewModel
from workstation.ui.screens.settings.view import SettingsView
from workstation.ui.shortcuts import ShortcutRouter
from workstation.ui.task_scope import TaskScope
from workstation.ui.theme import Theme

if TYPE_CHECKING:
    from workstation.services.desk import Desk
    from workstation.ui.screens.review.view import ReviewView
    from workstation.ui.screens.review.view_model import ReviewViewModel


class Screens:
    """Queue, card, review and settings of one desk, in the window.

    The review, which brings the viewers and numpy, is built once the queue stands there.
    """

    def __init__(
        self,
        desk: "Desk",
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
        self._review: ReviewView | None = None
        self._review_model: ReviewViewModel | None = None
        self._case: RequestId | None = None
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
        await self.card_model.close()
        await self.queue_model.close()
        self._window.room_shown.disconnect(self._room_shown)
        self._window.remove_rooms()
        if self._review is not None:
            self._review.deleteLater()
        for model in (self.queue_model, self.card_model, self._review_model):
            if model is not None:
                model.deleteLater()

    def _put_in_window(self) -> None:
        translate = QCoreApplication.translate
        self._window.add_room(
            Room("queue", lambda: translate("Rooms", "Queue"), "tray"), self.queue
        )
        self._window.add_room(
            Room("settings", lambda: translate("Rooms", "Settings"), "gear", at_bottom=True),
            self.settings,
        )
        self.queue_model.opened.connect(self._open_case)
        self._window.room_shown.connect(self._room_shown)

    def _build_review(self) -> None:
        from workstation.ui.screens.review.view import ReviewView
        from workstation.ui.screens.review.view_model import ReviewViewModel

        self._review_model = ReviewViewModel(self._desk.requests, self._desk.studies)
        self._review = ReviewView(self._review_model, self._theme, self._shortcuts, self._words)
        self._review.restore(self._kept.get("review", "").encode())
        self._review_model.closed.connect(self._leave_case)

    def _open_case(self, request_id: str, item_code: str) -> None:
        self._case = RequestId(request_id)
        self._window.show_case(self.review)
        self.review_model.open(self._case, item_code or None)

    def _leave_case(self) -> None:
        self._window.leave_case()
        self._leaving.start(self._give_back(), name="case.release")

    def _room_shown(self, key: str) -> None:
        """Another room was chosen in the rail while a case was open: the case is left."""
        if self._case is not None:
            self.review_model.leave()

    async def _give_back(self) -> None:
        """Leaving a case gives it back, so that a colleague can take it at once."""
        case, self._case = self._case, None
        if case is not None:
            await self._desk.requests.release(case)

    def _release_failed(self, error: BaseException) -> None:
        self._window.notify(user_message(error).title, "warning")
