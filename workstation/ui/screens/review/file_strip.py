"""All files of the case by checklist item: a tick where opened, a dot and a bold name where not."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from workstation.ui.icons import paint_icon
from workstation.ui.screens.review.file_list_model import (
    ENTRY_ROLE,
    Entry,
    FileListModel,
    FileRow,
    Heading,
    OtherRow,
)
from workstation.ui.theme import Theme
from workstation.ui.widgets.labels import SignLabel

_ROW, _HEADING = 36, 28


class FileDelegate(QStyledItemDelegate):
    """Paints headings and files."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._fonts: dict[tuple[str, bool], tuple[QFont, QFontMetricsF]] = {}
        theme.changed.connect(self._fonts.clear)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        heading = isinstance(index.data(ENTRY_ROLE), Heading)
        return QSize(self._theme.px(120), self._theme.px(_HEADING if heading else _ROW))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        entry = index.data(ENTRY_ROLE)
        box, state = QRectF(option.rect), option.state
        if isinstance(entry, Heading):
            self._paint_heading(painter, box, entry)
        elif isinstance(entry, FileRow):
            focused = bool(state & QStyle.StateFlag.State_HasFocus)
            hovered = bool(state & QStyle.StateFlag.State_MouseOver)
            self._paint_file(painter, box, index.data(), entry, focused=focused, hovered=hovered)
        elif isinstance(entry, OtherRow):
            self._paint_request(painter, option, box, index)

    def _paint_heading(self, painter: QPainter, box: QRectF, entry: Heading) -> None:
        px = self._theme.px
        place = box.adjusted(px(12), px(6), -px(8), 0)
        self._write(painter, "small", "text.secondary", entry.title, place)

    def _paint_file(
        self,
        painter: QPainter,
        box: QRectF,
        title: str,
        entry: FileRow,
        *,
        focused: bool,
        hovered: bool,
    ) -> None:
        px = self._theme.px
        if entry.shown:
            painter.fillRect(box, self._theme.color("bg.selected"))
            bar = QRectF(box.left(), box.top(), px(3), box.height())
            painter.fillRect(bar, self._theme.color("accent.text"))
        elif hovered:
            painter.fillRect(box, self._theme.color("bg.hover"))
        side = px(16)
        icon = QRectF(box.left() + px(12), box.top() + px(6), side, side)
        paint_icon(painter, entry.glyph, icon, self._theme.color("text.secondary"))
        words = box.adjusted(px(36), px(2), -px(30), -px(2))
        self._paint_words(painter, words, title, entry)
        self._paint_mark(painter, box, opened=entry.opened)
        if focused:
            painter.setPen(self._theme.color("focus.ring"))
            painter.drawRect(box.adjusted(1, 1, -2, -2))

    def _paint_request(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        box: QRectF,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        px, row, model = self._theme.px, index.data(ENTRY_ROLE), index.model()
        bold = row.other.unopened_count > 0
        if option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, self._theme.color("bg.hover"))
        icon = QRectF(box.left() + px(12), box.top() + px(6), px(16), px(16))
        paint_icon(painter, row.glyph, icon, self._theme.color("text.secondary"))
        upper = QRectF(box.left() + px(36), box.top() + px(2), box.width() - px(66), px(16))
        self._write(painter, "small", "text.primary", row.title, upper, bold=bold)
        if isinstance(model, FileListModel):
            lower = upper.translated(0, px(16))
            self._write(painter, "small", "text.tertiary", model.below(row), lower)
        self._paint_mark(painter, box, opened=not bold)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(self._theme.color("focus.ring"))
            painter.drawRect(box.adjusted(1, 1, -2, -2))

    def _paint_words(self, painter: QPainter, box: QRectF, title: str, entry: FileRow) -> None:
        upper = QRectF(box.left(), box.top(), box.width(), box.height() / 2)
        lower = upper.translated(0, box.height() / 2)
        bold = not entry.opened
        self._write(painter, "small", "text.primary", title, upper, bold=bold)
        color = "text.secondary" if entry.shown else "text.tertiary"
        self._write(painter, "small", color, entry.second_line, lower)

    def _paint_mark(self, painter: QPainter, box: QRectF, *, opened: bool) -> None:
        px, middle = self._theme.px, box.center().y()
        if opened:
            place = QRectF(box.right() - px(26), middle - px(8), px(16), px(16))
            paint_icon(painter, "check", place, self._theme.color("text.secondary"))
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("accent.text"))
        painter.drawEllipse(QRectF(box.right() - px(22), middle - px(4), px(9), px(9)))
        painter.restore()

    def _write(
        self,
        painter: QPainter,
        role: str,
        color: str,
        text: str,
        box: QRectF,
        *,
        bold: bool = False,
    ) -> None:
        font, metrics = self._font(role, bold=bold)
        painter.setFont(font)
        painter.setPen(self._theme.color(color))
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(box, flags | Qt.TextFlag.TextSingleLine, shown)

    def _font(self, role: str, *, bold: bool) -> tuple[QFont, QFontMetricsF]:
        """Made once: each key paints some twenty rows."""
        known = self._fonts.get((role, bold))
        if known is None:
            font = QFont(self._theme.font(role))
            if bold:
                font.setWeight(QFont.Weight.DemiBold)
            known = self._fonts[role, bold] = (font, QFontMetricsF(font))
        return known


class FileStrip(QFrame):
    """The list under a line with the counts. `chosen` carries a document id."""

    chosen = Signal(str)
    unfolding_wanted = Signal(str)
    """Another request of the patient is to be unfolded, or folded up."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("fileStrip")
        self.setProperty("surface", "viewerPanel")
        self.model = FileListModel(self)
        self.list = QListView(self)
        self.list.setObjectName("fileList")
        self.list.setModel(self.model)
        self.list.setItemDelegate(FileDelegate(theme, self.list))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setMouseTracking(True)
        self.list.setStyleSheet("QListView { background: transparent; }")
        self.list.setAccessibleName(self.tr("Files of the request"))
        self._count = SignLabel(theme, role="small", color="text.secondary")
        self._left = SignLabel(theme, role="smallStrong", color="accent.text")
        self._count.setObjectName("fileCount")
        self._left.setObjectName("unopenedCount")
        self._theme = theme
        self._lay_out()
        self.list.clicked.connect(self._press)
        self.list.activated.connect(self._press)
        self.model.marked.connect(lambda row: self.list.update(self.model.index(row)))
        theme.changed.connect(self.list.doItemsLayout)

    def show_files(self, entries: Sequence[Entry], current: str | None) -> None:
        """Shows the files; `current` is the id of the one in the active pane."""
        self.model.show_entries(entries)
        files = [one for one in entries if isinstance(one, FileRow) and not one.is_others]
        unopened = sum(not entry.opened for entry in files)
        self._count.show_sign(self.tr("Files: {}").format(len(files)))
        self._left.show_sign(self.tr("not opened {}").format(unopened) if unopened else "")
        row = self.model.row_of(current) if current is not None else None
        if row is not None and self.list.currentIndex().row() != row:
            self.list.setCurrentIndex(self.model.index(row))

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(188), self._theme.px(400))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(132), self._theme.px(80))

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setContentsMargins(12, 8, 12, 4)
        line.addWidget(self._count)
        line.addStretch(1)
        line.addWidget(self._left)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(line)
        column.addWidget(self.list, 1)

    def _press(self, index: QModelIndex) -> None:
        entry = self.model.entry(index.row())
        if isinstance(entry, FileRow):
            self.chosen.emit(entry.document.id)
        elif isinstance(entry, OtherRow):
            self.unfolding_wanted.emit(entry.other.id)
