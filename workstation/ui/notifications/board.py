"""Brings notices to the doctor: tray, line, counts in title and rail; and leads to the case."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject

from backend_client.models.common import RequestId
from workstation.services.case_news import Notice, NoticeKind
from workstation.ui.choices import NoticeChoices
from workstation.ui.main_window import MainWindow
from workstation.ui.notifications.line import NoticeBar
from workstation.ui.notifications.tray import Tray
from workstation.ui.notifications.words import NoticeWords
from workstation.ui.shortcuts import ShortcutRouter
from workstation.ui.theme import Theme

if TYPE_CHECKING:
    from workstation.services.notices import NoticeService

ROOM = "notices"
Seen = Callable[[], tuple[RequestId | None, bool]]
"""The case on the screen, and whether it is its call."""


class NoticeBoard(QObject):
    """One for an account. Everything that the system shows of it is without patients' data."""

    def __init__(
        self,
        notices: "NoticeService",
        window: MainWindow,
        theme: Theme,
        words: NoticeWords,
        shortcuts: ShortcutRouter,
        choices: NoticeChoices,
        tray: Tray,
        *,
        go: Callable[[Notice], None],
        seen: Seen,
    ) -> None:
        """`go` leads to the case of a notice."""
        super().__init__()
        self._notices, self._window, self._theme = notices, window, theme
        self._words, self._choices, self._tray = words, choices, tray
        self._go, self._seen = go, seen
        self._on_line: list[RequestId] = []
        self._on_balloon: RequestId | None = None
        self.bar = NoticeBar(theme)
        window.add_bar(self.bar)
        shortcuts.bind(
            self.bar, "app.newest_notice", self.open_newest, lambda: bool(notices.unread)
        )
        self.bar.opened.connect(self._open_line)
        self.bar.closed.connect(self._line_closed)
        tray.pressed.connect(self._tray_pressed)
        tray.balloon_pressed.connect(self._balloon_pressed)
        theme.changed.connect(self._show_counts)
        window.installEventFilter(self)
        self._deaf = (notices.told.subscribe(self._tell), notices.changed.subscribe(self._changed))
        self._show_counts()

    def open_newest(self) -> None:
        """Goes to the case of the newest notice; a threat to life comes first."""
        self._open(self._notices.unread[:1])

    def open(self, request_id: RequestId) -> None:
        """Goes to the case of that notice."""
        self._open(self._still([request_id]))

    def look_again(self) -> None:
        """Another screen or another window is looked at now."""
        case, is_call = self._seen()
        is_here = self._window.isActiveWindow()
        self._notices.look_at(case if is_here else None, is_call=is_call)

    def close(self) -> None:
        """Shows and hears nothing any more."""
        for deaf in self._deaf:
            deaf()
        self._theme.changed.disconnect(self._show_counts)
        self._window.removeEventFilter(self)
        self._window.remove_bar(self.bar)
        self._window.show_unread(0)
        self._tray.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ActivationChange:
            self.look_again()
        return False

    def _tell(self, notices: tuple[Notice, ...]) -> None:
        grave = [one for one in notices if one.kind is NoticeKind.LIFE_THREAT]
        shown = notices if self._choices.are_on else tuple(grave)
        if not shown:
            return
        new = [one.request_id for one in shown]
        self._on_line = [*new, *(one for one in self._on_line if one not in new)]
        self._show_line(is_new=True)
        if not self._window.isActiveWindow():
            self._on_balloon = shown[0].request_id
            self._tray.tell(self._window.title, self._words.for_system(shown))

    def _changed(self, _: None) -> None:
        self._show_counts()
        if self._on_line:
            self._show_line(is_new=False)

    def _show_line(self, *, is_new: bool) -> None:
        """What of it still waits; in the order of what waits."""
        notices = self._still(self._on_line)
        self._on_line = [one.request_id for one in notices]
        if notices:
            is_grave = notices[0].kind is NoticeKind.LIFE_THREAT
            self.bar.show_sign(self._words.line(notices), is_grave=is_grave, is_new=is_new)
        else:
            self.bar.take_away()

    def _line_closed(self) -> None:
        self._on_line = []

    def _show_counts(self) -> None:
        unread = self._notices.unread
        count = len(unread)
        is_grave = any(one.kind is NoticeKind.LIFE_THREAT for one in unread)
        self._window.show_unread(count)
        self._window.set_badge(ROOM, count)
        title = self._window.title
        words = f"{title}: {self._words.several(count)}" if count else title
        self._tray.show_count(count, words, is_grave=is_grave)

    def _tray_pressed(self) -> None:
        self._window.bring_to_front()
        self._open(self._notices.unread[:1])

    def _balloon_pressed(self) -> None:
        self._window.bring_to_front()
        told = [self._on_balloon] if self._on_balloon is not None else []
        self._open(self._still(told) or self._notices.unread[:1])

    def _open_line(self) -> None:
        self._open(self._still(self._on_line))

    def _open(self, notices: Sequence[Notice]) -> None:
        if not notices:
            return
        first = notices[0]
        self._notices.read(first.request_id)
        self._go(first)

    def _still(self, request_ids: Sequence[RequestId]) -> list[Notice]:
        return [one for one in self._notices.unread if one.request_id in request_ids]
