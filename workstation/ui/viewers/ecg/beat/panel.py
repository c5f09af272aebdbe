"""The averaged beat: paper at the left, values at the right, what to do next below the paper."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from backend_client.models.evidence import EcgPlace
from workstation.studies.ecg import EcgRecord
from workstation.studies.measure.ecg.filters import TraceFilter
from workstation.studies.measure.ecg.proposals import Landmark
from workstation.ui.shortcuts import ShortcutRouter, key_label
from workstation.ui.task_scope import TaskScope
from workstation.ui.theme import Theme
from workstation.ui.viewers.ecg.beat.beat_paper import BeatPaper
from workstation.ui.viewers.ecg.beat.model import BeatModel
from workstation.ui.viewers.ecg.beat.rows import BeatRows
from workstation.ui.viewers.ecg.beat.table import BeatTable
from workstation.ui.viewers.ecg.beat.words import BeatWords
from workstation.ui.viewers.ecg.measurements import EcgMeasurements
from workstation.ui.viewers.ecg.paper import ScreenCalibration
from workstation.ui.viewers.ecg.words import EcgWords
from workstation.ui.widgets.key_button import KeyButton
from workstation.ui.widgets.labels import SignLabel, TextBlock
from workstation.ui.widgets.placeholder import Placeholder

_MUCH_MS = 10.0
_TABLE_PARTS = 0.62
"""Part of the panel's width that the table may take with both of its blocks."""
_TABLE_LEAST = 172
"""Names and values are seen whole at least; notes and the device's are scrolled to."""
_WORDS_LEAST = 130
"""Title and origin have that much beside the buttons, else a second line."""
_BUTTON_LEAST = 21
"""Lower, a button would cut its keycap."""
_HEADING_EDGES = 36
_AT_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_IN_ONE_LINE = ((0, 0), (0, 1), (0, 2), (0, 3))
_IN_TWO_LINES = ((0, 1), (1, 1), (1, 2), (0, 2))
"""Row and column of title, origin, the button that confirms, and the one that closes."""


class _Content(QWidget):
    """What stands beside each other is as wide as told at least, whatever it takes now."""

    def __init__(self, least: Callable[[], int]) -> None:
        super().__init__()
        self._least = least

    def minimumSizeHint(self) -> QSize:
        return QSize(self._least(), super().minimumSizeHint().height())


class BeatPanel(QFrame):
    """Follows the sheet's record while it is open. Keys act while it has the focus."""

    entered = Signal()
    """It was opened, or the doctor has turned to it."""
    closed = Signal()

    def __init__(
        self,
        theme: Theme,
        measurements: EcgMeasurements,
        calibration: ScreenCalibration,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.model = BeatModel(measurements, self)
        self.part_words: Callable[[float, float], str] | None = None
        """Of a longer recording: what of it is averaged, by first second and length; None where
        the whole recording is followed."""
        self._words, self._ecg_words = BeatWords(self), EcgWords(self)
        self._rows = BeatRows(self._words, self)
        self.paper = BeatPaper(theme, self.model, self._words, calibration, self)
        self.table = BeatTable(theme)
        self._title = SignLabel(theme, role="smallStrong", color="text.primary")
        self._made_of = SignLabel(theme, role="small", color="text.secondary")
        self._next = SignLabel(theme, role="small", color="viewer.overlay")
        self._device = TextBlock(theme, role="small", color="text.secondary", max_lines=4)
        self._confirm = KeyButton(theme, "", key=key_label("beat.confirm_all"), height="compact")
        self._close = KeyButton(
            theme, "", key=key_label("beat.close"), kind="flat", height="compact"
        )
        self._instead = Placeholder(theme)
        self._scroll = QScrollArea()
        self._content = _Content(self._least_content)
        self._heading = QGridLayout()
        self._is_folded: bool | None = None
        self._stack = QStackedLayout()
        self.setObjectName("beatPanel")
        self.setProperty("surface", "viewerPanel")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # The paper is not there while the beat is made: it shows the panel's focus.
        self.paper.setFocusProxy(self)
        self._lay_out()
        self._connect()
        self._tell()
        self.hide()

    @property
    def surfaces(self) -> tuple[QWidget, ...]:
        """Where a press or the focus means that the doctor works here."""
        return self, self.paper, self.table, self._scroll.viewport()

    @property
    def buttons(self) -> tuple[QWidget, QWidget]:
        """What closes it, and what confirms all."""
        return self._close, self._confirm

    def follow(
        self,
        record: EcgRecord | None,
        chosen: TraceFilter,
        tasks: TaskScope | None = None,
        offset_s: float = 0.0,
    ) -> None:
        """The sheet shows that record through that filter: see `BeatModel.follow`."""
        self.model.follow(record, chosen, tasks, offset_s)

    def toggle(self) -> None:
        """Opens it, turns to it, or closes it where the doctor is in it already."""
        if not self.model.is_open:
            self.model.open()
            self.show()
        elif self._has_focus():
            self.close_beat()
            return
        self.entered.emit()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_beat(self) -> None:
        """Away with it."""
        if self.model.is_open:
            self.model.close()
            self.hide()
            self.closed.emit()

    def holds(self, place: EcgPlace) -> bool:
        """Whether the place lies on the averaged beat of what is shown."""
        return place.median_beat and self.model.is_of(place)

    def show_place(self, place: EcgPlace) -> None:
        """Brings a place that it holds into sight and marks it for a moment."""
        if not self.model.is_open:
            self.toggle()
        self.model.want_lead(place.lead)
        self.paper.mark(place.start_s, place.stop_s)

    def bind(self, shortcuts: ShortcutRouter) -> None:
        """The keys that act while the focus is in the panel; lists beside it keep theirs."""
        for action, act in self._acts().items():
            shortcuts.bind(self, action, act, self._has_beat, focused=True)
        shortcuts.bind(self, "beat.close", self.close_beat, focused=True)

    def texts(self) -> list[str]:
        """All that is said, for tests and screen readers."""
        said = (self._title, self._made_of, self._next, self._device)
        return [*(one.text() for one in said), *self.paper.written(), *self.table.texts()]

    def instead(self) -> str:
        """What stands in the beat's place; "" where the beat is shown."""
        is_instead = self._stack.currentWidget() is self._instead
        return self._instead.accessibleName() if is_instead else ""

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._tell()
        super().changeEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.paper.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.paper.update()

    def resizeEvent(self, event: QEvent) -> None:
        self._fold()
        self._share_width()

    def minimumSizeHint(self) -> QSize:
        """Narrower than its lines are now: they fold, and the table is scrolled."""
        buttons = max(one.minimumSizeHint().width() for one in self.buttons)
        heading = buttons + self._title.minimumSizeHint().width() + _HEADING_EDGES
        width = max(heading, self._least_content())
        return QSize(width, super().minimumSizeHint().height())

    def _acts(self) -> dict[str, Callable[[], None]]:
        model = self.model
        bounds = {
            f"beat.bound_{number}": partial(model.choose, landmark)
            for number, landmark in enumerate(Landmark, 1)
        }
        return bounds | {
            "beat.earlier": partial(model.step, -1),
            "beat.later": partial(model.step, 1),
            "beat.much_earlier": partial(model.step_ms, -_MUCH_MS),
            "beat.much_later": partial(model.step_ms, _MUCH_MS),
            "beat.confirm": model.confirm,
            "beat.confirm_all": model.confirm_all,
            "beat.remove": model.remove,
            "beat.st": model.toggle_st,
            "beat.next_lead": partial(model.step_lead, 1),
            "beat.previous_lead": partial(model.step_lead, -1),
        }

    def _has_beat(self) -> bool:
        return self.model.beat is not None

    def _has_focus(self) -> bool:
        focus = self.window().focusWidget()
        return focus is not None and (focus is self or self.isAncestorOf(focus))

    def _connect(self) -> None:
        self.model.changed.connect(self._tell)
        self.table.lead_pressed.connect(self.model.choose_lead)
        self._confirm.clicked.connect(self.model.confirm_all)
        self._close.clicked.connect(self.close_beat)

    def _lay_out(self) -> None:
        self._confirm.setObjectName("beat.confirm_all")
        self._close.setObjectName("beat.close")
        # The style sheet's least height of a button is more than this line has.
        self.setStyleSheet("QPushButton { min-height: 0px; }")
        self._instead.setProperty("surface", "viewer")
        self._heading.setContentsMargins(10, 2, 6, 2)
        self._heading.setHorizontalSpacing(10)
        self._heading.setVerticalSpacing(2)
        self._heading.setColumnStretch(1, 1)
        self._fold()
        self._lay_out_content()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._heading)
        column.addLayout(self._stack, 1)
        for widget in (self._content, self._instead):
            # Once the stack is ours: without a parent it would be shown as a window of its own.
            self._stack.addWidget(widget)

    def _lay_out_content(self) -> None:
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.viewport().setAutoFillBackground(False)
        values = QWidget()
        values.setStyleSheet("background: transparent;")
        column = QVBoxLayout(values)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.table)
        said = QHBoxLayout()
        said.setContentsMargins(12, 4, 12, 6)
        said.addWidget(self._device)
        column.addLayout(said)
        column.addStretch(1)
        self._scroll.setWidget(values)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.paper, 1)
        line = QHBoxLayout()
        line.setContentsMargins(10, 3, 10, 3)
        line.addWidget(self._next)
        left.addLayout(line)
        row = QHBoxLayout(self._content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(left, 1)
        row.addWidget(self._scroll)

    def _fold(self) -> None:
        """The heading in one line, or in two where words and buttons do not stand side by side."""
        for button in self.buttons:
            button.setMinimumHeight(self._theme.px(_BUTTON_LEAST))
        buttons = sum(one.sizeHint().width() for one in self.buttons)
        folded = self.width() < buttons + self._theme.px(_WORDS_LEAST) + _HEADING_EDGES
        if folded == self._is_folded:
            return
        self._is_folded = folded
        places = _IN_TWO_LINES if folded else _IN_ONE_LINE
        for widget, (row, at) in zip(self._heading_parts(), places, strict=True):
            self._heading.removeWidget(widget)
            self._heading.addWidget(widget, row, at, Qt.AlignmentFlag(0) if at < 2 else _AT_RIGHT)

    def _heading_parts(self) -> tuple[QWidget, ...]:
        return self._title, self._made_of, self._confirm, self._close

    def _least_content(self) -> int:
        """The width with which paper and table get along."""
        return self.paper.minimumSizeHint().width() + self._theme.px(_TABLE_LEAST)

    def _share_width(self) -> None:
        """Both blocks of the table side by side where the paper keeps enough; part of one of them
        where it would not keep its least."""
        full = self.table.full_width()
        wide = full <= self.width() * _TABLE_PARTS
        width = full if wide else self.table.minimumSizeHint().width()
        bar = self._scroll.verticalScrollBar()
        spared = bar.sizeHint().width() if bar.maximum() > 0 else 0
        room = self.width() - self.paper.minimumSizeHint().width() - 2 * self.frameWidth()
        least = self._theme.px(_TABLE_LEAST)
        self._scroll.setFixedWidth(max(least, min(width + spared, room)))

    def _tell(self) -> None:
        self._confirm.setText(self.tr("Confirm all"))
        self._close.setText(self.tr("Close"))
        if not self.model.is_open:
            return
        self.setAccessibleName(self.paper.accessibleName())
        self._tell_heading()
        self._tell_rows()
        self._next.show_sign(self._words.chosen(self.model) if self._has_beat() else "")
        self._tell_instead()

    def _tell_heading(self) -> None:
        record, study = self.model.record, self.model.study
        when = self._ecg_words.title(record) if record is not None else ""
        self._title.show_sign(", ".join(filter(None, (when, self._words.title().lower()))))
        self._confirm.setVisible(self.model.has_proposals)
        if record is None or study is None or study.beat is None:
            self._made_of.show_sign("")
            return
        remarks = self._words.remarks(study, record.duration_s)
        if self.part_words is not None:
            part = self.part_words(self.model.offset_s, study.averaged_s)
            remarks.insert(0, self._words.of_part(part))
        said = [self._words.made_of(study), *remarks]
        warns = any(one.warn for one in said)
        color = "viewer.warn" if warns else "text.secondary"
        glyph = "warning" if warns else None
        # What warns comes first: the end is left out where there is no room.
        said.sort(key=lambda one: not one.warn)
        self._made_of.show_sign("; ".join(one.text for one in said), glyph, color)

    def _tell_rows(self) -> None:
        model = self.model
        values, st = self._rows.values(model), self._rows.st(model)
        self.table.show_rows(self._rows.headings(), values, st)
        self._device.set_text(self._rows.device_line(model.record) if model.record else "")
        self._device.setVisible(bool(self._device.text()))
        self._share_width()

    def _tell_instead(self) -> None:
        study = self.model.study
        if study is not None and study.why_not is not None:
            self._say(*self._words.why_not(study.why_not))
        elif self.model.has_failed:
            self._say(*self._words.failed())
        elif self.model.is_working:
            self._say(self._words.working(), "")
        else:
            self._stack.setCurrentWidget(self._content)

    def _say(self, title: str, detail: str) -> None:
        self._instead.show_text("activity", title, detail)
        self._instead.setAccessibleName(title)
        self._stack.setCurrentWidget(self._instead)
