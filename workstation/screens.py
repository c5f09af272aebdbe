"""The rooms of one signed-in account: built when it enters, taken away when it leaves."""

import msgspec
from PySide6.QtCore import QCoreApplication

from backend_client.models.common import RequestId
from workstation.services.desk import Desk
from workstation.ui.choices import LookChoices, QueueChoices
from workstation.ui.error_text import user_message
from workstation.ui.main_window import MainWindow, Room
from workstation.ui.request_words import RequestWords
from workstation.ui.screens.queue.view import QueueView
from workstation.ui.screens.queue.view_model import QueueViewModel
from workstation.ui.screens.request_card.view import RequestCardView
from workstation.ui.screens.request_card.view_model import RequestCardViewModel
from workstation.ui.screens.review.view import ReviewView
from workstation.ui.screens.review.view_model import ReviewViewModel
from workstation.ui.screens.settings.view import SettingsView
from workstation.ui.shortcuts import ShortcutRouter
from workstation.ui.task_scope import TaskScope
from workstation.ui.theme import Theme


class Screens:
    """Queue, card, review and settings of one desk, in the window."""

    def __init__(
        self,
        desk: Desk,
        window: MainWindow,
        theme: Theme,
        words: RequestWords,
        shortcuts: ShortcutRouter,
        look: LookChoices,
        queue_choices: QueueChoices,
    ) -> None:
        self._window = window
        self.queue_model = QueueViewModel(desk.requests, words, queue_choices)
        self.card_model = RequestCardViewModel(desk.requests, words)
        self.review_model = ReviewViewModel(desk.requests, desk.studies)
        card = RequestCardView(self.card_model, theme, words, shortcuts)
        self.queue = QueueView(self.queue_model, card, theme, words, shortcuts, look)
        self.review = ReviewView(self.review_model, theme, shortcuts, words)
        self.settings = SettingsView(look, theme)
        self._requests = desk.requests
        self._case: RequestId | None = None
        self._leaving = TaskScope(on_error=self._release_failed)
        self._put_in_window()

    def start(self) -> None:
        """Reads the queue and listens to changes."""
        self.queue_model.start()

    def state(self) -> dict[str, str]:
        """What the screens want to find again."""
        review = msgspec.json.encode(self.review.layout_state()).decode()
        return {"queue": self.queue.state().decode(), "review": review}

    def restore(self, state: dict[str, str]) -> None:
        """Takes what `state` gave in an earlier session."""
        self.queue.restore(state.get("queue", "").encode())
        try:
            layout = msgspec.json.decode(state.get("review", "{}"), type=dict[str, list[int]])
        except msgspec.DecodeError:
            return
        self.review.restore_layout(layout)

    async def close(self) -> None:
        """Ends what runs for the screens and takes them out of the window."""
        await self._give_back()
        await self._leaving.close()
        await self.review_model.close()
        await self.card_model.close()
        await self.queue_model.close()
        self._window.remove_rooms()
        self.review.deleteLater()
        for model in (self.queue_model, self.card_model, self.review_model):
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
        self.review_model.closed.connect(self._leave_case)
        self._window.room_shown.connect(self._room_shown)

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
            await self._requests.release(case)

    def _release_failed(self, error: BaseException) -> None:
        self._window.notify(user_message(error).title, "warning")
