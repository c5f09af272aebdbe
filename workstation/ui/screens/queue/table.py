"""The table of the queue: keyboard, mouse, and a reading place that survives live changes."""

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyleOptionHeader, QTableView

from backend_client.models.requests import RequestRow
from workstation.ui.icons import paint_icon
from workstation.ui.record_table_model import Index, RecordTableModel
from workstation.ui.request_words import RequestWords
from workstation.ui.screens.queue.column_choices import Breadth, ColumnChoices, ColumnPlan
from workstation.ui.screens.queue.columns import (
    STATE,
    TERM,
)
from workstation.ui.screens.queue.delegates import (
    ClockDelegate,
    DiagnosisDelegate,
    PatientDelegate,
    RouteDelegate,
    RowLook,
    StateDelegate,
)
from workstation.ui.screens.queue.document_chips import DocumentChipsDelegate
from workstation.ui.screens.queue.flashes import Flashes
from workstation.ui.theme import Theme

_BY_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class QueueHeader(QHeaderView):
    """Titles of the columns; a column as narrow as a glyph has none."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._theme = theme
        self.setHighlightSections(False)
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._sorted = (TERM, False)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def initStyleOptionForIndex(self, option: QStyleOptionHeader, logicalIndex: int) -> None:
        super().initStyleOptionForIndex(option, logicalIndex)
        if self.sectionSize(logicalIndex) < self._theme.px(48):
            option.text = ""

    def show_sort(self, column: int, *, descending: bool) -> None:
        """Marks the column by which the list is ordered."""
        self._sorted = (column, descending)
        self.viewport().update()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Titles look the same whichever row is chosen: nothing is painted anew."""

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        painter.save()
        super().paintSection(painter, rect, logicalIndex)
        painter.restore()
        column, descending = self._sorted
        px = self._theme.px
        if logicalIndex != column or rect.width() < px(48):
            return
        title = str(self.model().headerData(column, Qt.Orientation.Horizontal))
        left = px(16 if self.sectionPosition(column) == 0 else 8) + px(4)
        left += QFontMetrics(self.font()).horizontalAdvance(title)
        size = px(12)
        place = QRectF(rect.left() + left, rect.center().y() - size / 2, size, size)
        glyph = "caret-down" if descending else "caret-up"
        paint_icon(painter, glyph, place, self._theme.color("text.secondary"))


class QueueTable(QTableView):
    """Rows of requests. `row_chosen`: the current row, -1 for none; `activated_row`: open it."""

    row_chosen = Signal(int)
    activated_row = Signal(int)
    sort_wanted = Signal(int)
    """By which column."""
    ordered = Signal(list)
    """The columns were dragged: all of them from left to right."""
    widened = Signal(int, int)
    """A column's edge was dragged: its width in logical pixels."""

    def __init__(
        self, theme: Theme, words: RequestWords, rows: RecordTableModel[RequestRow]
    ) -> None:
        super().__init__()
        self.setObjectName("queue.table")
        self.setAccessibleName(self.tr("Requests"))
        self.flashes = Flashes(theme.duration("rowFlash"), self)
        self._theme, self._rows = theme, rows
        self._look = RowLook(theme, words, self.flashes)
        self._top: tuple[QPersistentModelIndex, int] | None = None
        self._quiet = False
        self._is_own = False
        self._plan = ColumnChoices().plan(Breadth.NARROW)
        self._set_up()
        self._set_delegates()
        self._watch_model()
        self.setModel(rows)
        self.verticalScrollBar().valueChanged.connect(self._look_around)
        self.verticalScrollBar().rangeChanged.connect(self._look_around)
        self.flashes.changed.connect(self._repaint_records)
        theme.changed.connect(self._measure)
        self.show_plan(ColumnChoices().plan(Breadth.NARROW))

    def show_plan(self, plan: ColumnPlan) -> None:
        """Shows these columns; without one of state the documents' says whose it is,
        the route's where it stands."""
        self._plan = plan
        shown = [column for column in plan.order if column in plan.widths]
        self._look.first_column, self._look.last_column = shown[0], shown[-1]
        self._documents.shows_owner = self._look.says_state = STATE not in shown
        self._measure()

    def show_sort(self, column: int, *, descending: bool) -> None:
        """Marks the column by which the list is ordered."""
        self._header.show_sort(column, descending=descending)

    def set_compact(self, compact: bool) -> None:
        """One line a row instead of two."""
        self._look.compact = compact
        self._measure()

    def choose(self, row: int | None) -> None:
        """Makes the row current without telling of it; None: no row."""
        index = self._rows.index(row, 0) if row is not None else QModelIndex()
        self._quiet = True
        self.setCurrentIndex(index)
        if row is None:
            self.clearSelection()
        self._quiet = False

    def step(self, rows: int) -> None:
        """Moves the choice down (or, negative, up) and keeps it in sight."""
        last = self._rows.rowCount() - 1
        if last >= 0:
            self._show_ring(True)
            row = min(last, max(0, self.currentIndex().row() + rows))
            self.setCurrentIndex(self._rows.index(row, 0))

    def activate_current(self) -> None:
        """As a double click on the current row."""
        if self.currentIndex().isValid():
            self.activated_row.emit(self.currentIndex().row())

    def keyboardSearch(self, search: str) -> None:
        """Letters are shortcuts here; a search has its field."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._show_ring(True)
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._theme.color("bg.panel"))
        painter.end()
        super().paintEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._show_ring(False)
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() is Qt.MouseButton.LeftButton:
            self.activated_row.emit(index.row())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.indexAt(event.position().toPoint()).row())
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._show_ring(event.reason() in _BY_KEYBOARD)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._show_ring(False)
        super().focusOutEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.row() != previous.row() and not self._quiet:
            self.row_chosen.emit(current.row())

    def _set_up(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        # What is scrolled is moved as it is; Qt would paint every row anew on a ground that is not
        # known to be opaque.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._header = QueueHeader(self._theme)
        self._header.sectionClicked.connect(self.sort_wanted)
        self._header.sectionMoved.connect(self._was_moved)
        self._header.sectionResized.connect(self._was_resized)
        self.setHorizontalHeader(self._header)

    def _set_delegates(self) -> None:
        self._documents = DocumentChipsDelegate(self._look)
        self._delegates = (
            ClockDelegate(self._look),
            PatientDelegate(self._look),
            DiagnosisDelegate(self._look),
            RouteDelegate(self._look),
            self._documents,
            StateDelegate(self._look),
        )
        for column, delegate in enumerate(self._delegates):
            self.setItemDelegateForColumn(column, delegate)

    def _watch_model(self) -> None:
        """Before the selection model does: a removed choice moves to no other row by itself."""
        rows = self._rows
        rows.rowsAboutToBeRemoved.connect(self._let_go)
        for before in (
            rows.rowsAboutToBeInserted,
            rows.rowsAboutToBeMoved,
            rows.rowsAboutToBeRemoved,
        ):
            before.connect(self._remember_top)
        for after in (rows.rowsInserted, rows.rowsMoved, rows.rowsRemoved):
            after.connect(self._restore_top)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()
        self._look_around()

    def _look_around(self) -> None:
        """Says which rows are in sight."""
        first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        end = self._rows.rowCount() - 1
        if end >= 0:
            self._rows.look_at(max(0, first), last if last >= 0 else end)

    def _let_go(self, parent: QModelIndex, first: int, last: int) -> None:
        if first <= self.currentIndex().row() <= last:
            self.choose(None)

    def _measure(self) -> None:
        row = "compact" if self._look.compact else "comfortable"
        self.verticalHeader().setDefaultSectionSize(self._theme.size("row", row))
        header = self.horizontalHeader()
        header.setFixedHeight(self._theme.size("row", "header") + 1)
        header.setMinimumSectionSize(self._theme.px(36))
        self._is_own = True
        for place, column in enumerate(self._plan.order):
            header.moveSection(header.visualIndex(column), place)
            self.setColumnHidden(column, column not in self._plan.widths)
        self._is_own = False
        self._fit_columns()
        self.viewport().update()

    def _fit_columns(self) -> None:
        """The widths as they are wanted, or as there is room for."""
        header, plan, mode = self.horizontalHeader(), self._plan, QHeaderView.ResizeMode
        self._is_own = True
        room = int(self.viewport().width() / self._theme.scale)
        for column, width in plan.fitted(room).items():
            stretches = column == plan.stretched
            header.setSectionResizeMode(column, mode.Stretch if stretches else mode.Interactive)
            if not stretches:
                header.resizeSection(column, self._theme.px(width))
        self._is_own = False

    def _was_moved(self) -> None:
        if not self._is_own:
            header = self._header
            self.ordered.emit([header.logicalIndex(place) for place in range(header.count())])

    def _was_resized(self, column: int, before: int, width: int) -> None:
        """By the doctor's hand: the stretched column follows the others by itself."""
        if not self._is_own and width and column != self._plan.stretched:
            self.widened.emit(column, round(width / self._theme.scale))

    def _hover(self, row: int) -> None:
        if row != self._look.hovered:
            before, self._look.hovered = self._look.hovered, row
            self._repaint_rows(before, row)

    def _show_ring(self, ring: bool) -> None:
        if ring != self._look.ring:
            self._look.ring = ring
            self._repaint_rows(self.currentIndex().row())

    def _repaint_records(self, keys: list[str]) -> None:
        rows = (self._rows.row_of(key) for key in keys)
        self._repaint_rows(*(row for row in rows if row is not None))

    def _repaint_rows(self, *rows: int) -> None:
        """These rows and no others: the whole table would take twenty milliseconds."""
        for row in rows:
            if row >= 0:
                top, height = self.rowViewportPosition(row), self.rowHeight(row)
                self.viewport().update(0, top, self.viewport().width(), height)

    def _remember_top(self) -> None:
        """Notes the first row in sight, unless the list stands at its top."""
        index = self.indexAt(self.viewport().rect().topLeft())
        at_top = self.verticalScrollBar().value() == 0
        height = self.rowViewportPosition(index.row())
        self._top = None if at_top else (QPersistentModelIndex(index), height)

    def _restore_top(self) -> None:
        """Brings the noted row back to where it stood."""
        if self._top is not None and self._top[0].isValid():
            self.updateGeometries()
            moved = self.rowViewportPosition(self._top[0].row()) - self._top[1]
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + moved)
        self._top = None
