"""The unread notices as a list: who, what has happened, when."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from backend_client.models.common import RequestId
from workstation.services.case_news import Notice
from workstation.ui.notifications.words import NoticeWords, name
from workstation.ui.theme import Theme
from workstation.ui.widgets.painting import paint_glyph_and_text

Index = QModelIndex | QPersistentModelIndex
NOTICE_ROLE = int(Qt.ItemDataRole.UserRole)


class NoticeRows(QAbstractListModel):
    """One row a case, in the order of what waits."""

    def __init__(self, words: NoticeWords, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.notices: tuple[Notice, ...] = ()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.notices)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        if not index.isValid():
            return None
        notice = self.notices[index.row()]
        spoken = (int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole))
        if role in spoken:
            return self._words.spoken(notice)
        return notice if role == NOTICE_ROLE else None

    def show_notices(self, notices: Sequence[Notice]) -> None:
        """Shows these."""
        self.beginResetModel()
        self.notices = tuple(notices)
        self.endResetModel()


class NoticeDelegate(QStyledItemDelegate):
    """Two lines: what has happened and when; whose case it is."""

    def __init__(self, words: NoticeWords, theme: Theme, parent: QListView) -> None:
        super().__init__(parent)
        self._words, self._theme, self._list = words, theme, parent

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._theme.px(200), self._theme.px(51))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        notice = index.data(NOTICE_ROLE)
        if not isinstance(notice, Notice):
            return
        px, theme = self._theme.px, self._theme
        self._paint_ground(painter, option)
        box = QRectF(option.rect.adjusted(px(16), px(6), -px(16), 0))
        when = self._words.time.day_and_time(notice.at)
        width = QFontMetricsF(theme.font("small")).horizontalAdvance(when) + 2
        time = QRectF(box.right() - width, box.top(), width + 1, px(20))
        paint_glyph_and_text(painter, theme, time, None, when, color="text.tertiary")
        sign = self._words.sign(notice)
        first = QRectF(box.left(), box.top(), box.width() - width - px(12), px(20))
        paint_glyph_and_text(
            painter, theme, first, sign.glyph, sign.word, role="bodyStrong", color=sign.color
        )
        second = QRectF(box.left() + px(22), box.top() + px(21), box.width() - px(22), px(16))
        whose = f"{name(notice)}, {self._words.born(notice)}"
        paint_glyph_and_text(painter, theme, second, None, whose)

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        theme, rect = self._theme, option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, theme.color("bg.selected" if selected else "bg.panel"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.color("line.subtle"))
        if selected:
            bar = (rect.left(), rect.top(), theme.px(3), rect.height() - 1)
            painter.fillRect(*bar, theme.color("accent.fill"))
        if selected and self._list.hasFocus():
            painter.setPen(theme.color("focus.ring"))
            painter.drawRect(rect.adjusted(0, 0, -1, -2))
            painter.drawRect(rect.adjusted(1, 1, -2, -3))


class NoticeList(QListView):
    """The chosen case stays chosen while others come and go."""

    def __init__(self, words: NoticeWords, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("notices.list")
        self._rows = NoticeRows(words, self)
        self.setModel(self._rows)
        self.setItemDelegate(NoticeDelegate(words, theme, self))
        self.setUniformItemSizes(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        theme.changed.connect(self.doItemsLayout)

    @property
    def chosen(self) -> RequestId | None:
        """The case of the chosen row."""
        row = self.currentIndex().row()
        return self._rows.notices[row].request_id if row >= 0 else None

    def show_notices(self, notices: Sequence[Notice]) -> None:
        """Shows these; the same case is chosen, else the one that has its place now."""
        chosen, place = self.chosen, max(0, self.currentIndex().row())
        self._rows.show_notices(notices)
        ids = [one.request_id for one in notices]
        row = ids.index(chosen) if chosen in ids else min(place, len(ids) - 1)
        self.setCurrentIndex(self._rows.index(row, 0))

    def choose_first(self) -> None:
        """The gravest, or the newest, is chosen."""
        self.setCurrentIndex(self._rows.index(0, 0))

    def keyboardSearch(self, search: str) -> None:
        """Letters are shortcuts elsewhere; here they choose nothing."""
