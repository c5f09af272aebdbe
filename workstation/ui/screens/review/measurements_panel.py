"""The panel over the facts: what the doctor measured, and the key that takes it along."""

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from workstation.ui.shortcuts import key_label
from workstation.ui.theme import Theme
from workstation.ui.viewers.measurement_list import MeasurementList
from workstation.ui.viewers.measurement_rows import Entry, MeasurementRow, RowKey
from workstation.ui.widgets.labels import SignLabel, TextBlock
from workstation.ui.widgets.painting import keycap_width, paint_keycap

_MEASURING = (
    "figure.distance",
    "figure.ellipse",
    "figure.velocity",
    "stack.distance",
    "stack.ellipse",
    "caliper.time",
    "caliper.amplitude",
)
"""How measurements are made, for a list without any."""


class _Keycap(QWidget):
    """A word and its key, at the right of a heading."""

    def __init__(self, theme: Theme, action: str) -> None:
        super().__init__()
        self._theme, self._action = theme, action

    def sizeHint(self) -> QSize:
        width = keycap_width(self._theme, key_label(self._action))
        return QSize(round(width) + 1, self._theme.px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_keycap(painter, self._theme, 0, self.height() / 2, key_label(self._action))


class MeasurementsPanel(QFrame):
    """Seen while something was measured, or could be. See `MeasurementList` for its signals."""

    def __init__(self, theme: Theme, note_action: str, parent: QWidget | None = None) -> None:
        """`note_action`: what the key does that takes the chosen line into the conclusion."""
        super().__init__(parent)
        self.setObjectName("measurementsPanel")
        self.setProperty("surface", "viewerPanel")
        self._theme = theme
        self._is_wanted, self._is_allowed, self._can_note = False, True, True
        self.list = MeasurementList(theme)
        self._title = SignLabel(theme, role="bodyStrong", color="text.primary")
        self._into = SignLabel(theme, role="small", color="text.tertiary")
        self._keycap = _Keycap(theme, note_action)
        self._hint = TextBlock(theme, role="small", color="text.tertiary", max_lines=3)
        self._maker = TextBlock(theme, role="small", color="text.secondary", max_lines=2)
        self._maker.setObjectName("measurementMaker")
        self._empty, self._maker_room = QWidget(), QWidget()
        self._lay_out()
        self.show_entries((), None, can_measure=False)

    def show_entries(
        self, entries: Sequence[Entry], chosen: RowKey | None, *, can_measure: bool
    ) -> None:
        """Shows the lines; without any how they are made, where a file is open for it."""
        has_rows = any(isinstance(entry, MeasurementRow) for entry in entries)
        self._title.show_sign(self.tr("Measurements"))
        self._into.show_sign(self.tr("to the conclusion"))
        hint = self.tr(
            "Nothing is measured yet. On pictures {}, {}, {}; on slices {}, {}; on the ECG {}, {}."
        )
        self._hint.set_text(hint.format(*map(key_label, _MEASURING)))
        self._empty.setVisible(not has_rows)
        self.list.setVisible(has_rows)
        for widget in (self._into, self._keycap):
            widget.setVisible(has_rows and self._can_note)
        self.list.show_rows(entries, chosen)
        rows = (one for one in entries if isinstance(one, MeasurementRow) and one.key == chosen)
        made = next((one.made for one in rows), "")
        self._maker.set_text(self.tr("Measured by {}").format(made) if made else "")
        self._maker_room.setVisible(bool(made))
        self._is_wanted = has_rows or can_measure
        self.allow(is_allowed=self._is_allowed)

    def let_note(self, *, is_let: bool) -> None:
        """Whether lines are offered to the conclusion at all; before `show_entries`."""
        self._can_note = is_let
        self.list.let_note(is_let=is_let)

    def allow(self, *, is_allowed: bool) -> None:
        """While a decision is open it has this place."""
        self._is_allowed = is_allowed
        self.setVisible(self._is_wanted and is_allowed)

    def _lay_out(self) -> None:
        heading = QHBoxLayout()
        heading.setContentsMargins(12, 8, 12, 8)
        heading.setSpacing(6)
        heading.addWidget(self._title, 1)
        heading.addWidget(self._into)
        heading.addWidget(self._keycap)
        line, foot = QFrame(), QFrame()
        for one in (line, foot):
            one.setProperty("line", "h")
        hint = QVBoxLayout(self._empty)
        hint.setContentsMargins(12, 6, 12, 8)
        hint.addWidget(self._hint)
        made = QVBoxLayout(self._maker_room)
        made.setContentsMargins(12, 4, 12, 6)
        made.addWidget(self._maker)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(heading)
        column.addWidget(line)
        column.addWidget(self._empty)
        column.addWidget(self.list, 1)
        column.addWidget(self._maker_room)
        column.addWidget(foot)
