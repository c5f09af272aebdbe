"""The middle of the review: the panes as they hang, between splitters that the doctor moves."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from workstation.ui.screens.review.hung_panes import HungPanes
from workstation.ui.screens.review.pane_model import PaneKind, PaneModel
from workstation.ui.screens.review.study_pane import StudyPane
from workstation.ui.shortcuts import key_label
from workstation.ui.theme import Theme
from workstation.ui.widgets.placeholder import Placeholder

LEAST_SHARE, MOST_SHARE = 0.1, 0.9


@dataclass(frozen=True, slots=True)
class Shares:
    """What the pictures get: of the height over an ECG, the same in two rows, of the width beside a
    document."""

    one_row: float = 0.46
    two_rows: float = 0.64
    width: float = 0.62

    def sound(self, before: "Shares") -> "Shares":
        """Those that leave room for both; `before` for the others."""
        return Shares(
            _sound(self.one_row, before.one_row),
            _sound(self.two_rows, before.two_rows),
            _sound(self.width, before.width),
        )


USUAL = Shares()


class PanesArea(QWidget):
    """Pictures in one row or two, a document beside them, the ECG below, a toolbar over all.

    One of the first two can be lent to another window; its place is given to the others.
    """

    shared = Signal()
    """The doctor moved a splitter."""
    return_wanted = Signal()
    """Nothing is left here, and the doctor wants back what was lent."""

    def __init__(
        self,
        hung: HungPanes,
        panes: Sequence[StudyPane],
        toolbar: QWidget,
        theme: Theme,
        *,
        keeps_focus: Callable[[], bool],
    ) -> None:
        """`keeps_focus`: whether the focus stays where it is, whatever opens."""
        super().__init__()
        self._hung, self._panes, self._keeps_focus = hung, tuple(panes), keeps_focus
        self.shares = USUAL
        self.is_arranging = False
        """Whether panes are being shown and hidden: Qt moves the focus then, not the doctor."""
        self._lent: PaneKind | None = None
        self._nothing = Placeholder(theme)
        self._nothing.setProperty("surface", "viewer")
        self._nothing.pressed.connect(self.return_wanted)
        self._down = QSplitter(Qt.Orientation.Vertical)
        self._upper = QSplitter(Qt.Orientation.Horizontal)
        self._pictures = QSplitter(Qt.Orientation.Vertical)
        self._rows = [QSplitter(Qt.Orientation.Horizontal) for _ in range(2)]
        self._down.setObjectName("panes.heights")
        self._upper.setObjectName("panes.widths")
        self._lay_out(toolbar)
        self._down.splitterMoved.connect(self._remember_height)
        self._upper.splitterMoved.connect(self._remember_width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.share()

    def pane_of(self, model: PaneModel) -> StudyPane:
        """The pane that follows it."""
        return next(pane for pane in self._panes if pane.model is model)

    @property
    def active(self) -> StudyPane:
        """In which the doctor works."""
        return self.pane_of(self._hung.active)

    def choose_shares(self, shares: Shares) -> None:
        """As the doctor last left them."""
        self.shares = shares.sound(self.shares)
        self.share()

    def lend(self, kind: PaneKind, take: Callable[[QWidget], None]) -> None:
        """Its places, as one widget, to another window. `take_back` must follow."""
        self._lent = kind
        with self._arranging():
            take(self._widget_of(kind))

    def take_back(self) -> None:
        """Puts what was lent in its place again."""
        kind, self._lent = self._lent, None
        if kind is not None:
            place = 0 if kind is PaneKind.PICTURES else 1
            with self._arranging():
                self._upper.insertWidget(place, self._widget_of(kind))

    def arrange(self) -> None:
        """Shows the panes that are to be seen. The active one comes first: it takes the focus
        before others are hidden."""
        hung, visible, active = self._hung, self._hung.visible, self.active
        pictures = [pane in visible for pane in hung.pictures]
        is_upper = any(pane.kind is not PaneKind.ECG for pane in hung.here)
        with self._arranging():
            if is_upper:
                self._upper.show()
            self._pictures.setVisible(any(pictures))
            self._rows[0].setOrientation(self._along)
            for number, row in enumerate(self._rows):
                row.setVisible(any(pictures[2 * number : 2 * number + 2]))
            active.setVisible(True)
            self.take_focus()
            for pane in self._panes:
                pane.set_active(pane is active and len(visible) > 1)
                pane.setVisible(pane.model in visible)
            self._upper.setVisible(is_upper)
            self._show_nothing(is_so=not hung.here)
        self.share()

    def take_focus(self) -> None:
        """To the active pane, unless the doctor works elsewhere."""
        if self.isVisible() and not self._keeps_focus():
            (self.active.viewer or self.active).setFocus(Qt.FocusReason.OtherFocusReason)

    def share(self) -> None:
        """Height and width as they were left."""
        height, width = self._down.height(), self._down.width()
        shares = self.shares
        upper = round(height * (shares.two_rows if self._has_two_rows else shares.one_row))
        self._down.setSizes([upper, height - upper, height])
        left = round(width * shares.width)
        self._upper.setSizes([left, width - left])
        self._pictures.setSizes([height, height])
        for row in self._rows:
            row.setSizes([width, width])

    @property
    def _along(self) -> Qt.Orientation:
        """Two pictures stand one over the other beside a document: echo and ultrasound are wide."""
        hung, here = self._hung, self._hung.here
        is_beside = hung.document in here and hung.pictures[0] in here and hung.ecg not in here
        is_over = is_beside and hung.places == 2
        return Qt.Orientation.Vertical if is_over else Qt.Orientation.Horizontal

    @property
    def _has_two_rows(self) -> bool:
        here = self._hung.here
        return any(pane in here for pane in self._hung.pictures[2:])

    def _show_nothing(self, *, is_so: bool) -> None:
        if is_so:
            title = self.tr("The files are in the other window")
            detail = self.tr("Another one opens here: {}").format(key_label("review.next_file"))
            action = self.tr("Bring them back ({})").format(key_label("review.second_screen"))
            self._nothing.show_text("monitor", title, detail, action)
        self._nothing.setVisible(is_so)

    def _widget_of(self, kind: PaneKind) -> QWidget:
        if kind is PaneKind.PICTURES:
            return self._pictures
        return self.pane_of(self._hung.document)

    def _remember_height(self) -> None:
        """What the doctor gave the pictures over the ECG: and nothing else, for the width may be
        what a document needed on a narrow screen."""
        shares, (upper, lower, _) = self.shares, self._down.sizes()
        if upper > 0 and lower > 0:
            part = _between(upper / (upper + lower))
            changed = {"two_rows": part} if self._has_two_rows else {"one_row": part}
            self.shares = replace(shares, **changed)
        self.shared.emit()

    def _remember_width(self) -> None:
        """What the doctor gave them beside a document."""
        left, right = self._upper.sizes() if self._upper.count() == 2 else (0, 0)
        if left > 0 and right > 0:
            self.shares = replace(self.shares, width=_between(left / (left + right)))
        self.shared.emit()

    def _lay_out(self, toolbar: QWidget) -> None:
        for number, model in enumerate(self._hung.pictures):
            self._rows[number // 2].addWidget(self.pane_of(model))
        for row in self._rows:
            self._pictures.addWidget(row)
        for widget in (self._pictures, self.pane_of(self._hung.document)):
            self._upper.addWidget(widget)
        for below in (self._upper, self.pane_of(self._hung.ecg), self._nothing):
            self._down.addWidget(below)
        for splitter in (self._down, self._upper, self._pictures, *self._rows):
            splitter.setChildrenCollapsible(False)
        self._nothing.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(toolbar)
        column.addWidget(self._down, 1)

    @contextmanager
    def _arranging(self) -> Iterator[None]:
        self.is_arranging = True
        try:
            yield
        finally:
            self.is_arranging = False


def _sound(share: float, usual: float) -> float:
    return share if LEAST_SHARE <= share <= MOST_SHARE else usual


def _between(share: float) -> float:
    return min(MOST_SHARE, max(LEAST_SHARE, share))
