"""The doctor's filters beside the groups: a list of its own in a column, one tab in a row."""

from functools import partial

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QFrame,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from backend_client.models.listing import FilterId, SavedFilter
from workstation.ui.icons import paint_icon
from workstation.ui.more_commands import Offer
from workstation.ui.request_words import RequestWords
from workstation.ui.screens.queue.filter_model import FilterModel
from workstation.ui.screens.queue.filter_words import FilterWords
from workstation.ui.screens.queue.groups import GroupButton, GroupsBeside
from workstation.ui.shortcuts import room_name, with_key
from workstation.ui.theme import Theme
from workstation.ui.widgets.key_button import KeyButton
from workstation.ui.widgets.labels import SignLabel, plain_tooltip

NARROWEST_TAB_PX = 96
ROW_PX = 30


class FilterButton(GroupButton):
    """One filter of the column."""

    menu_wanted = Signal(QPoint)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit(event.globalPos())


class FilterTab(GroupButton):
    """The one tab of a row: the open filter, or that there are some; opens their menu."""

    def sizeHint(self) -> QSize:
        """It grows where there is room: the groups keep their names first."""
        return QSize(self._theme.px(NARROWEST_TAB_PX), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(46), self.sizeHint().height())

    def natural_width(self) -> int:
        """That of its whole text."""
        return super().sizeHint().width() + self._theme.px(18)

    def nextCheckState(self) -> None:
        """Pressing it opens the menu, and no list."""

    def content_rect(self) -> QRectF:
        return super().content_rect().adjusted(0, 0, -self._theme.px(18), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        size = self._theme.px(14)
        middle = self.height() / 2 - size / 2
        place = QRectF(self.width() - self._theme.px(8) - size, middle, size, size)
        color = "accent.text" if self.isChecked() else "text.secondary"
        paint_icon(QPainter(self), "caret-down", place, self._theme.color(color))


class SaveButton(KeyButton):
    """Makes a filter of the list, or changes the open one."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "", glyph="plus", kind="flat", height="compact")

    def show_word(self, text: str, glyph: str) -> None:
        """What it does now."""
        self._glyph = glyph
        self.setText(text)
        self.updateGeometry()


class FilterList(GroupsBeside):
    """Shows all filters and their counts, the open one marked."""

    menu_wanted = Signal(QPoint)
    """Of all filters; where it is to open."""
    one_wanted = Signal(str, QPoint)
    """What can be done with one filter: its id, and where it is to open."""
    chosen = Signal(str)
    save_wanted = Signal()

    def __init__(
        self,
        model: FilterModel,
        exclusive: QButtonGroup,
        told: FilterWords,
        theme: Theme,
        words: RequestWords,
    ) -> None:
        super().__init__()
        self.setObjectName("queue.filters")
        self._model, self._exclusive = model, exclusive
        self._told, self._theme, self._words = told, theme, words
        self._in_column = False
        self._buttons: dict[FilterId, FilterButton] = {}
        self._build()
        self._lay_out()
        model.changed.connect(self.show_all)
        model.editing_changed.connect(self.show_all)
        self.show_all()

    @property
    def has_open(self) -> bool:
        """Whether a filter is marked as open, and no group is."""
        return self._model.opened is not None

    def offers(self) -> list[Offer]:
        """To open each of the filters."""
        if not self._model.can_choose():
            return []
        title, room = self.tr("Filter: {}"), room_name("queue")
        return [
            Offer(f"filter.{one.id}", title.format(one.name), room, partial(self._choose, one.id))
            for one in self._model.filters
        ]

    def _choose(self, filter_id: FilterId) -> None:
        self.chosen.emit(filter_id)

    def stops(self) -> list[QWidget]:
        """Where Tab stops, in reading order."""
        return [self.tab, *self._buttons.values(), self.save]

    def stand_in_column(self, in_column: bool) -> None:
        """A heading and the filters under it, or one tab."""
        self._in_column = in_column
        direction = QBoxLayout.Direction
        self._box.setDirection(direction.TopToBottom if in_column else direction.LeftToRight)
        policy = QSizePolicy.Policy
        vertical = policy.Expanding if in_column else policy.Fixed
        self.setSizePolicy(policy.Preferred if not in_column else policy.Expanding, vertical)
        for one in (self._head, self._area, self.save):
            one.setVisible(in_column)
        self._line.setVisible(not in_column)
        self.tab.setVisible(not in_column)
        self.show_all()

    def show_all(self) -> None:
        """Shows the filters as they are now."""
        is_allowed = self._model.is_allowed
        if not is_allowed or self.parentWidget() is not None:  # alone it would be a window
            self.setVisible(is_allowed)
        self._show_tab()
        if self._ids() != [one.id for one in self._model.filters]:
            self._fill()
        for one in self._model.filters:
            self._show_one(one)
        opened = self._model.opened
        if opened is not None and opened.id in self._buttons:
            self._buttons[opened.id].setChecked(True)
        self._area.setMaximumHeight(max(1, len(self._buttons)) * self._theme.px(ROW_PX) + 2)
        self._area.setVisible(self._in_column and bool(self._buttons))
        changes = self._model.opened is not None
        text = self.tr("Change the filter") if changes else self.tr("Save the filter")
        self.save.show_word(text, "pencil-simple" if changes else "plus")
        self.save.setToolTip(with_key(text, "queue.save_filter"))
        self.save.setEnabled(self._model.can_choose())

    def open_menu(self) -> None:
        """Has the menu of all filters opened where they stand."""
        at = self.tab if self.tab.isVisible() else self._head
        self.menu_wanted.emit(at.mapToGlobal(QPoint(0, at.height() + 2)))

    def _build(self) -> None:
        theme = self._theme
        self._line = QFrame()
        self._line.setProperty("line", "v")
        self.tab = FilterTab(theme, "")
        self.tab.setObjectName("queue.filters.tab")
        self.tab.clicked.connect(self.open_menu)
        self._head = SignLabel(theme, self.tr("My filters"), role="micro")
        self._inner = QWidget()
        self._rows = QVBoxLayout(self._inner)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(self._inner)
        self._area.viewport().setAutoFillBackground(False)
        self._inner.setAutoFillBackground(False)
        self.save = SaveButton(theme)
        self.save.setObjectName("queue.filters.save")
        self.save.clicked.connect(self.save_wanted)

    def _lay_out(self) -> None:
        px = self._theme.px
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(px(4))
        self._head.setContentsMargins(px(9), px(10), 0, 0)
        self._box.addWidget(self._line)
        self._box.addWidget(self.tab, 100)
        self._box.addWidget(self._head)
        self._box.addWidget(self._area, 100)
        self._box.addWidget(self.save, 0, Qt.AlignmentFlag.AlignLeft)
        self._box.addStretch(1)

    def _show_tab(self) -> None:
        opened = self._model.opened
        title = self.tr("Filters") if opened is None else self._title(opened)
        self.tab.show_title(title)
        self.tab.show_count("" if opened is None else self._count(opened))
        self.tab.setMaximumWidth(self.tab.natural_width())
        self.tab.setChecked(opened is not None)
        said = with_key(self.tr("My filters"), "queue.filters")
        self.tab.setToolTip(said if opened is None else plain_tooltip(f"{opened.name}\n{said}"))

    def _show_one(self, one: SavedFilter) -> None:
        button = self._buttons[one.id]
        button.show_title(self._title(one))
        button.show_count(self._count(one))
        button.setToolTip(plain_tooltip(f"{one.name}\n{self._told.listing(one.listing)}"))
        button.setEnabled(self._model.can_choose())

    def _title(self, one: SavedFilter) -> str:
        """The name, and what must not be taken for it."""
        opened = self._model.opened
        if self._model.is_gone(one):
            return self.tr("removed: {}").format(one.name)
        if opened is not None and opened.id == one.id and self._model.differs:
            return self.tr("changed: {}").format(one.name)
        return one.name

    def _count(self, one: SavedFilter) -> str:
        count = self._model.count(one)
        return "" if count is None else self._words.list_size(count)

    def _ids(self) -> list[FilterId]:
        return list(self._buttons)

    def _fill(self) -> None:
        had_focus = any(one.hasFocus() for one in self._buttons.values())
        for button in self._buttons.values():
            self._exclusive.removeButton(button)
            self._rows.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = {one.id: self._make(one.id) for one in self._model.filters}
        if had_focus:
            self.save.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make(self, filter_id: FilterId) -> FilterButton:
        button = FilterButton(self._theme, "")
        button.setObjectName("queue.filter")
        button.stand_in_column(True)
        button.clicked.connect(lambda: self._choose(filter_id))
        button.menu_wanted.connect(lambda at: self.one_wanted.emit(filter_id, at))
        self._exclusive.addButton(button)
        self._rows.addWidget(button)
        return button
