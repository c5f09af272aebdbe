"""The review's three columns: the list of files, the pictures, and what is said or decided."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from workstation.ui.screens.review.side_column import SideColumn
from workstation.ui.theme import Theme

PANEL_PX = 392
"""The least width of the right column while a decision is open: that of the queue's card, and never
more than half of all."""
PICTURES_SHARE = 0.58
"""Of the width, as the window opens and as it changes: the doctor may give them less by hand."""
FILES_FROM_PX = 1000
"""In less, as with large type on a small screen, the list of files makes room for a decision."""


class ReviewColumns(QSplitter):
    """A decision gets the width that its words need, and gives it back when it is closed."""

    def __init__(
        self, files: QWidget, pictures: QWidget, problem: QWidget, side: SideColumn, theme: Theme
    ) -> None:
        """`problem`: stands in the place of the pictures where there are none to be shown."""
        super().__init__(Qt.Orientation.Horizontal)
        self._files, self._problem, self._side = files, problem, side
        self._theme = theme
        self._before: list[int] = []
        """Widths before a decision needed more of them."""
        self._middle = QStackedWidget()
        for page in (pictures, problem):
            self._middle.addWidget(page)
        for place, (widget, stretch) in enumerate(((files, 0), (self._middle, 1), (side, 0))):
            self.addWidget(widget)
            self.setStretchFactor(place, stretch)
        self.setChildrenCollapsible(False)
        side.changed.connect(self._share_width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._spare_pictures()

    def chosen_sizes(self) -> list[int]:
        """The doctor's own widths, from left to right, in pixels."""
        return self._before or self.sizes()

    def choose_sizes(self, sizes: Sequence[int]) -> None:
        """Takes those of an earlier window; what cannot be widths of the three is ignored."""
        if len(sizes) == 3 and all(size >= 0 for size in sizes) and sizes[1] > 0:
            self.setSizes(sizes)

    def forget_sizes(self) -> None:
        """The usual widths, as in a new window."""
        files, side = (widget.sizeHint().width() for widget in (self._files, self._side))
        sizes = [files, max(1, self.width() - files - side), side]
        if self._before:
            self._before = sizes
        else:
            self.setSizes(sizes)
            self._spare_pictures()

    def show_problem(self, *, is_one: bool) -> None:
        """Whether the reason stands there why no file can be shown."""
        self._middle.setCurrentIndex(1 if is_one else 0)
        self._show_sides()

    def _spare_pictures(self) -> None:
        """Large type beside the pictures does not take their part of the width."""
        files, middle, side = self.sizes()
        lack = round(self.width() * PICTURES_SHARE) - middle
        if self._before or lack <= 0 or files + side <= lack:
            return
        share = 1 - lack / (files + side)
        self.setSizes([round(files * share), middle + lack, round(side * share)])

    def _share_width(self) -> None:
        is_deciding = self._side.is_deciding
        if is_deciding and not self._before:
            self._before = self.sizes()
            self._side.setMinimumWidth(min(self._theme.px(PANEL_PX), self.width() // 2))
            self._show_sides()
        elif not is_deciding and self._before:
            self._side.setMinimumWidth(0)
            self._show_sides()
            self.setSizes(self._before)
            self._before = []
        else:
            self._show_sides()

    def _show_sides(self) -> None:
        """Beside the reason why there are no files, only a decision has a place."""
        has_files = self._middle.currentWidget() is not self._problem
        is_tight = self._side.is_deciding and self.width() < self._theme.px(FILES_FROM_PX)
        self._files.setVisible(has_files and not is_tight)
        self._side.setVisible(has_files or self._side.is_deciding or self._side.has_notes)
