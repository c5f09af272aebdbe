"""The list of a patient's disc: exam by exam what can be opened, with small pictures."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QImage, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QVBoxLayout, QWidget

from workstation.studies.disc import DiscInfo, DiscSeries
from workstation.studies.errors import StudyError
from workstation.ui.shortcuts import ShortcutRouter
from workstation.ui.task_scope import TaskScope
from workstation.ui.theme import Theme
from workstation.ui.viewers.disc.delegate import PICTURE, DiscDelegate
from workstation.ui.viewers.disc.rows import DiscRows, ItemRow, rows_of
from workstation.ui.viewers.disc.source import DiscSource
from workstation.ui.viewers.disc.words import DiscWords
from workstation.ui.widgets.labels import SignLabel, TextBlock


class DiscView(QWidget):
    """Shows one disc. `wanted` carries the number of the item that is to be opened."""

    wanted = Signal(int)
    activated = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = DiscWords(self)
        self._theme = theme
        self._source: DiscSource | None = None
        self._named: Callable[[DiscSeries], str] = lambda _: ""
        self._tasks: TaskScope | None = None
        self._opened: set[int] = set()
        self._failed: dict[int, str] = {}
        self._asked: set[int] = set()
        self._is_bringing = False
        self.rows = DiscRows(self)
        self.list = QListView(self)
        self.list.setObjectName("discList")
        self.list.setModel(self.rows)
        self.list.setItemDelegate(DiscDelegate(theme, self.rows, self.list))
        self._head = SignLabel(theme, role="bodyStrong", color="viewer.overlay", parent=self)
        self._head.setObjectName("discHead")
        self.notes = TextBlock(theme, role="small", color="viewer.warn", max_lines=6)
        self.notes.setObjectName("discNotes")
        self._lay_out()
        self.setFocusProxy(self.list)
        self.list.clicked.connect(self._press)
        self.list.verticalScrollBar().valueChanged.connect(self._bring_pictures)
        theme.changed.connect(self.list.doItemsLayout)

    @property
    def current(self) -> int | None:
        """The item on which the keys act."""
        row = self.rows.row(self.list.currentIndex().row())
        return row.number if isinstance(row, ItemRow) else None

    def show_disc(
        self,
        source: DiscSource,
        tasks: TaskScope,
        named: Callable[[DiscSeries], str] = lambda _: "",
        error: tuple[int, str] | None = None,
    ) -> None:
        """Opens a list, or shows it again; `error`: an item that could not be opened, and why."""
        if source is not self._source:
            self.forget()
            self._source = source
        self._named, self._tasks = named, tasks
        if error is not None:
            self._failed[error[0]] = error[1]
        self._show_rows(source.info)
        if self.current is None:
            self.step(1)
        self._bring_pictures()

    def name_again(self, named: Callable[[DiscSeries], str]) -> None:
        """Another patient of the request is known."""
        self._named = named
        if self._source is not None:
            self._show_rows(self._source.info)

    def mark_opened(self, number: int) -> None:
        """An item is seen now; it is the current one when the list comes back."""
        self._opened.add(number)
        self._failed.pop(number, None)
        self.choose(number)

    def clear(self) -> None:
        """The list is out of sight: nothing more is asked for. It can be shown again."""
        self._tasks = None
        self._asked -= {one for one in self._asked if self.rows.picture(one) is None}

    def forget(self) -> None:
        """The disc is closed."""
        self.clear()
        self._source = None
        self._opened, self._failed, self._asked = set(), {}, set()
        self.rows.forget()
        self._head.show_sign("")
        self.notes.set_text("")

    def choose(self, number: int) -> None:
        """Keys act on that item from now on."""
        place = self.rows.row_of(number)
        if place is not None:
            self.list.setCurrentIndex(self.rows.index(place))
            self.list.scrollTo(self.rows.index(place))

    def step(self, by: int) -> None:
        """The next item, or the one before."""
        place = self.list.currentIndex().row()
        while 0 <= (place := place + by) < self.rows.rowCount():
            if isinstance(self.rows.row(place), ItemRow):
                self.list.setCurrentIndex(self.rows.index(place))
                return
        self._scroll_to_edge(by)

    def to_end(self, by: int) -> None:
        """The first item (`by` < 0) or the last one."""
        places = range(self.rows.rowCount())
        for place in places if by < 0 else reversed(places):
            if isinstance(self.rows.row(place), ItemRow):
                self.list.setCurrentIndex(self.rows.index(place))
                break
        self._scroll_to_edge(by)

    def key_actions(self) -> dict[str, Callable[[], None]]:
        """What keys do here beside those of the list itself."""
        return {}

    def bind(self, shortcuts: ShortcutRouter) -> None:
        """The keys of the table that act in the list."""
        for action, act in (
            ("disc.next", lambda: self.step(1)),
            ("disc.previous", lambda: self.step(-1)),
            ("disc.first", lambda: self.to_end(-1)),
            ("disc.last", lambda: self.to_end(1)),
            ("disc.open", self._open_current),
        ):
            shortcuts.bind(self.list, action, act, focused=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.list.doItemsLayout()
        self._bring_pictures()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._bring_pictures()

    def _lay_out(self) -> None:
        view = self.list
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setMouseTracking(True)
        view.setStyleSheet("QListView { background: transparent; }")
        view.setAccessibleName(self.tr("Contents of the disc"))
        head = QVBoxLayout()
        head.setContentsMargins(14, 10, 14, 4)
        head.setSpacing(4)
        head.addWidget(self._head)
        head.addWidget(self.notes)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(view, 1)

    def _show_rows(self, info: DiscInfo) -> None:
        self._head.show_sign(self.words.head(info))
        notes = self.words.notes(info)
        self.notes.set_text("\n".join(notes))
        self.notes.setVisible(bool(notes))
        opened = frozenset(self._opened)
        rows = rows_of(info, self.words, self._named, opened, self._failed)
        self.rows.show_rows(rows)

    def _scroll_to_edge(self, by: int) -> None:
        """Headings and what is not opened come into sight, though nothing of it can be chosen."""
        if by < 0:
            self.list.scrollToTop()
        else:
            self.list.scrollToBottom()

    def _press(self, index: QModelIndex) -> None:
        self.activated.emit()
        row = self.rows.row(index.row())
        if isinstance(row, ItemRow):
            self.wanted.emit(row.number)

    def _open_current(self) -> None:
        if self.current is not None:
            self.wanted.emit(self.current)

    def _bring_pictures(self) -> None:
        """Small pictures of what is seen, one after another."""
        if self._tasks is None or self._source is None or self._is_bringing:
            return
        number = self._next_wanted()
        if number is None or not self.isVisible():
            return
        self._is_bringing = True
        self._asked.add(number)
        self._tasks.start(self._bring(self._source, number), name="disc.thumbnail")

    def _next_wanted(self) -> int | None:
        seen = self.list.viewport().rect()
        for place in range(self.rows.rowCount()):
            row = self.rows.row(place)
            if isinstance(row, ItemRow) and row.number not in self._asked:
                box = self.list.visualRect(self.rows.index(place))
                if box.intersects(seen):
                    return row.number
        return None

    async def _bring(self, source: DiscSource, number: int) -> None:
        side = round(self._theme.px(PICTURE) * self.devicePixelRatioF())
        try:
            pixels = await source.thumbnail(number, side, side)
            if source is self._source:
                image = QImage(pixels.data, side, side, 4 * side, QImage.Format.Format_ARGB32)
                self.rows.show_picture(number, image.copy())
        except StudyError:
            pass  # its sign stands for it; what is wrong with it is said when it is opened
        finally:
            self._is_bringing = False
        self._bring_pictures()
