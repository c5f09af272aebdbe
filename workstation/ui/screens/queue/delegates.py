"""What paints the cells of the queue. Glyph and word first, colour last."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from backend_client.models.requests import ProfileMatch, RequestRow
from workstation.ui.icons import paint_icon
from workstation.ui.record_table_model import Index, RecordTableModel
from workstation.ui.request_words import Alarm, RequestWords, Sign
from workstation.ui.screens.queue.columns import TERM
from workstation.ui.screens.queue.flashes import Flashes
from workstation.ui.theme import Theme
from workstation.ui.widgets.painting import paint_glyph_and_text

MARK_REST_PX = 48
"""Less than that says nothing of the age."""
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(slots=True)
class RowLook:
    """What the cells of a row need to know besides its record."""

    theme: Theme
    words: RequestWords
    flashes: Flashes
    compact: bool = False
    """One line instead of two."""
    says_state: bool = False
    """No column says the state in words: the route's second line does."""
    hovered: int = -1
    """The row under the mouse."""
    ring: bool = False
    """Whether the chosen row shows that the keyboard acts on it."""
    first_column: int = TERM
    last_column: int = TERM
    """Of those that are shown, from left to right."""


class RowDelegate(QStyledItemDelegate):
    """Ground, bar, line and ring of a row; subclasses paint the cell into `paint_cell`."""

    def __init__(self, look: RowLook, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.theme = look.theme
        self.words = look.words

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row = "compact" if self.look.compact else "comfortable"
        return QSize(self.theme.px(40), self.theme.size("row", row))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rows = index.model()
        record = rows.record(index.row()) if isinstance(rows, RecordTableModel) else None
        if not isinstance(record, RequestRow):
            self._paint_awaited(painter, option.rect, index)
            return
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        self._paint_ground(painter, option.rect, index, record, selected)
        left = self.theme.px(16 if index.column() == self.look.first_column else 8)
        self.paint_cell(painter, QRectF(option.rect.adjusted(left, 0, 0, -1)), record)

    def paint_cell(self, painter: QPainter, box: QRectF, row: RequestRow) -> None:
        """Paints the record into the cell, which starts at its text."""
        raise NotImplementedError

    def paint_lines(
        self, painter: QPainter, box: QRectF, first: str, second: str, role: str = "bodyStrong"
    ) -> None:
        """Two lines of a cell, elided at their ends; in a compact row the first alone."""
        self.paint_text(painter, self.first_line(box), first, role, "text.primary")
        if second and not self.look.compact:
            self.paint_text(painter, self.second_line(box), second, "small", "text.secondary")

    def paint_text(self, painter: QPainter, box: QRectF, text: str, role: str, color: str) -> float:
        """Text in one line, elided at its end; returns its width."""
        flat = " ".join(text.split("\n"))
        shown = self.theme.fitted(role, flat, max(0.0, box.width()))
        painter.setFont(self.theme.font(role))
        painter.setPen(self.theme.color(color))
        painter.drawText(box, LEFT | Qt.TextFlag.TextSingleLine, shown)
        return self.theme.text_width(role, shown)

    def first_line(self, box: QRectF) -> QRectF:
        """Where the first line stands."""
        if self.look.compact:
            return box.adjusted(0, 0, -self.theme.px(6), 0)
        height = self.theme.px(20)
        return QRectF(box.left(), box.top() + self.theme.px(3), box.width() - 6, height)

    def second_line(self, box: QRectF) -> QRectF:
        """Where the second line stands."""
        top = box.top() + self.theme.px(22)
        return QRectF(box.left(), top, box.width() - 6, self.theme.px(16))

    def _paint_awaited(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """A grey bar in the place of what is being read."""
        theme, column = self.theme, index.column()
        painter.fillRect(rect, theme.color("bg.panel"))
        gray = theme.color("line.subtle")
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), gray)
        left = theme.px(16 if column == self.look.first_column else 8)
        part = 0.55 + 0.1 * ((index.row() * 2 + column * 3) % 4)
        height = theme.px(10)
        width = (rect.width() - left) * part
        middle = rect.center().y() - height / 2
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(gray)
        radius = theme.px(4)
        painter.drawRoundedRect(QRectF(rect.left() + left, middle, width, height), radius, radius)

    def _paint_ground(
        self, painter: QPainter, rect: QRect, index: Index, record: RequestRow, selected: bool
    ) -> None:
        theme, column = self.theme, index.column()
        ground = "bg.panel"
        if record.id in self.look.flashes:
            ground = "accent.soft"
        elif selected:
            ground = "bg.selected"
        elif index.row() == self.look.hovered:
            ground = "bg.hover"
        painter.fillRect(rect, theme.color(ground))
        line = QRect(rect.left(), rect.bottom(), rect.width(), 1)
        painter.fillRect(line, theme.color("line.subtle"))
        if column == self.look.first_column and (selected or record.life_threat):
            bar = QRect(rect.left(), rect.top(), theme.px(3), rect.height() - 1)
            name = "danger.mark" if record.life_threat else "accent.fill"
            painter.fillRect(bar, theme.color(name))
        if selected and self.look.ring:
            self._paint_ring(painter, rect, column)

    def _paint_ring(self, painter: QPainter, rect: QRect, column: int) -> None:
        """The focus ring of the whole row, of which each cell paints its part."""
        color = self.theme.color("focus.ring")
        painter.fillRect(rect.left(), rect.top(), rect.width(), 2, color)
        painter.fillRect(rect.left(), rect.bottom() - 2, rect.width(), 2, color)
        if column == self.look.first_column:
            painter.fillRect(rect.left(), rect.top(), 2, rect.height() - 1, color)
        if column == self.look.last_column:
            painter.fillRect(rect.right() - 1, rect.top(), 2, rect.height() - 1, color)


class ClockDelegate(RowDelegate):
    """Time left in words; how loud it is by glyph, weight and, last, colour."""

    def paint_cell(self, painter: QPainter, box: QRectF, row: RequestRow) -> None:
        clock = self.words.clock(row)
        indent = 0
        if clock.glyph is not None:
            indent = self.theme.px(19)
            self._paint_glyph(painter, box, clock.glyph, clock.color)
        first = self.first_line(box).adjusted(indent, 0, 6, 0)
        quiet = clock.alarm is Alarm.QUIET and row.due_at is None
        role = "body" if quiet else "bodyStrong"
        self.paint_text(painter, first, clock.first, role, clock.color)
        if not self.look.compact:
            second = self.second_line(box).adjusted(indent, 0, 6, 0)
            self.paint_text(painter, second, clock.second, "small", "text.secondary")

    def _paint_glyph(self, painter: QPainter, box: QRectF, glyph: str, color: str) -> None:
        size = self.theme.px(14)
        middle = self.first_line(box).center().y()
        place = QRectF(box.left(), middle - size / 2, size, size)
        paint_icon(painter, glyph, place, self.theme.color(color))


class PatientDelegate(RowDelegate):
    """The name, never without its beginning; under it what stands out about the patient (DRC-14,
    DRC-16), or age and town. A compact row has the marks' glyphs before the name."""

    def paint_cell(self, painter: QPainter, box: QRectF, row: RequestRow) -> None:
        marks = self.words.identity_marks(row)
        name, below = row.patient.full_name, self.words.age_and_place(row)
        if not marks:
            self.paint_lines(painter, box, name, below)
        elif self.look.compact:
            self._paint_glyphs(painter, box, marks)
            self.paint_lines(painter, box, name, "")
        else:
            self.paint_lines(painter, box, name, "")
            self._paint_marks(painter, self.second_line(box), marks, below)

    def _paint_glyphs(self, painter: QPainter, box: QRectF, marks: Sequence[Sign]) -> None:
        """One after another; the rest of the box is left to the name."""
        size = self.theme.px(14)
        for mark in marks:
            place = QRectF(box.left(), box.center().y() - size / 2, size, size)
            paint_icon(painter, mark.glyph, place, self.theme.color(mark.color))
            box.setLeft(box.left() + size + self.theme.px(5))

    def _paint_marks(
        self, painter: QPainter, box: QRectF, marks: Sequence[Sign], below: str
    ) -> None:
        """Every glyph, for words may be cut; what they leave is the age's."""
        self._paint_glyphs(painter, box, marks)
        words = ", ".join(mark.word for mark in marks)
        used = self.paint_text(painter, box, words, "smallStrong", marks[0].color)
        box.setLeft(box.left() + used)
        if box.width() > self.theme.px(MARK_REST_PX):
            self.paint_text(painter, box, f", {below}", "small", "text.secondary")


class DiagnosisDelegate(RowDelegate):
    """Code and text of the diagnosis; under them whether it is the centre's, and the setting."""

    def paint_cell(self, painter: QPainter, box: QRectF, row: RequestRow) -> None:
        line = self.first_line(box)
        if row.diagnosis.icd10:
            used = self.paint_text(painter, line, row.diagnosis.icd10, "monoBody", "text.primary")
            line.setLeft(line.left() + used + self.theme.px(5))
        self.paint_text(painter, line, row.diagnosis.text, "body", "text.primary")
        if not self.look.compact:
            self._paint_profile(painter, self.second_line(box), row)

    def _paint_profile(self, painter: QPainter, box: QRectF, row: RequestRow) -> None:
        laid = self.words.snooze(row)
        if laid is not None:
            theme = self.theme
            paint_glyph_and_text(
                painter, theme, box, laid.glyph, laid.word, role="small", color=laid.color
            )
            return
        sign = self.words.profile(row.profile_match)
        quiet = row.profile_match is ProfileMatch.IN_PROFILE
        role = "small" if quiet else "smallStrong"
        color = sign.color if quiet or sign.color != "text.secondary" else "text.primary"
        used = paint_glyph_and_text(
            painter, self.theme, box, sign.glyph, sign.word, role=role, color=color
        )
        box.setLeft(box.left() + used)
        setting = f", {self.words.care_setting(row.care_setting)}"
        self.paint_text(painter, box, setting, "small", "text.secondary")


class RouteDelegate(RowDelegate):
    """The badge of the route (OZ-1); under it the state, where no column says it in words."""

    def paint_cell(self, painter: QPainter, box: QRectF, row: RequestRow) -> None:
        sign = self.words.route(row.route)
        has_words = box.width() >= self.theme.px(19 + 44)
        says_state = has_words and self.look.says_state and not self.look.compact
        line = self.first_line(box).adjusted(0, 0, 6, 0) if says_state else box
        size = self.theme.px(14)
        place = QRectF(line.left(), line.center().y() - size / 2, size, size)
        paint_icon(painter, sign.glyph, place, self.theme.color(sign.color))
        if not has_words:
            return
        word = line.adjusted(self.theme.px(19), 0, -self.theme.px(4), 0)
        self.paint_text(painter, word, sign.word, "body", "text.primary")
        if says_state:
            state = self.words.state(row)
            below = self.second_line(box).adjusted(0, 0, 4, 0)
            self.paint_text(painter, below, state, "small", "text.secondary")


class StateDelegate(RowDelegate):
    """State and owner in words, where the window is wide."""

    def paint_cell(self, painter: QPainter, box: QRectF, row: RequestRow) -> None:
        box.adjust(0, 0, -self.theme.px(8), 0)
        text = self.words.state_and_owner(row)
        self.paint_text(painter, box, text, "body", "text.primary")
