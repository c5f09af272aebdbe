"""The panel at the right: what the open files say of themselves, the device's values apart."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from workstation.ui.theme import Theme
from workstation.ui.viewers.file_facts import Fact, FactSheet
from workstation.ui.viewers.numbers import NBSP
from workstation.ui.widgets.labels import SignLabel, TextBlock

_EDGE = 12
_MOST_NOTES = 50
"""Of a file, each with a line of its own."""


@dataclass(frozen=True, slots=True)
class Section:
    """A file in the panel."""

    title: str
    sheet: FactSheet


class FactRow(QWidget):
    """A label at the left and its value at the right; a long value takes lines of its own."""

    def __init__(self, theme: Theme, fact: Fact) -> None:
        super().__init__()
        self._theme, self._fact = theme, fact
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{fact.label}: {fact.value}")
        self.setToolTip("")

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(160), self._theme.px(26))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        strong = QFontMetricsF(self._theme.font("smallStrong"))
        plain = QFontMetricsF(self._theme.font("small"))
        label_width = plain.horizontalAdvance(self._fact.label) + 1
        room = self.width() - label_width - self._theme.px(10)
        value = strong.elidedText(self._fact.value, Qt.TextElideMode.ElideMiddle, max(0.0, room))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        box = QRectF(self.rect())
        painter.setFont(self._theme.font("small"))
        painter.setPen(self._theme.color("text.secondary"))
        painter.drawText(box, flags | Qt.AlignmentFlag.AlignLeft, self._fact.label)
        painter.setFont(self._theme.font("smallStrong"))
        painter.setPen(self._theme.color("text.primary"))
        painter.drawText(box, flags | Qt.AlignmentFlag.AlignRight, value)

    def fits(self, room: float) -> bool:
        """Whether label and value stand whole beside each other in so many pixels."""
        strong = QFontMetricsF(self._theme.font("smallStrong"))
        plain = QFontMetricsF(self._theme.font("small"))
        width = plain.horizontalAdvance(self._fact.label) + strong.horizontalAdvance(
            self._fact.value
        )
        return width + self._theme.px(10) + 2 <= room


class FactsPanel(QFrame):
    """Sections, one for each file that is seen; the device's values of the ECG at the foot."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._sections: tuple[Section, ...] = ()
        self.setObjectName("factsPanel")
        self.setProperty("surface", "viewerPanel")
        self._title = SignLabel(theme, role="bodyStrong", color="text.primary")
        self._title.show_sign(self.tr("About the file"))
        self._scroll = _scroll_area(self)
        self._device_room = _scroll_area(self)
        self._device = QFrame()
        self._lay_out()
        theme.changed.connect(self._rebuild)

    def show_sections(self, sections: Sequence[Section]) -> None:
        """Shows what these files say."""
        fresh = tuple(sections)
        if fresh != self._sections:
            self._sections = fresh
            self._rebuild()

    def texts(self) -> list[str]:
        """All that is written, for tests and screen readers."""
        shown = self.findChildren(QWidget)
        return [widget.accessibleName() for widget in shown if widget.accessibleName()]

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(256), self._theme.px(400))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(180), self._theme.px(80))

    def _lay_out(self) -> None:
        heading = QHBoxLayout()
        heading.setContentsMargins(12, 8, 12, 8)
        heading.addWidget(self._title, 1)
        line = QFrame()
        line.setProperty("line", "h")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(heading)
        column.addWidget(line)
        column.addWidget(self._scroll, 1)
        foot = QFrame()
        foot.setProperty("line", "h")
        column.addWidget(foot)
        column.addWidget(self._device_room)

    def _rebuild(self) -> None:
        body = QWidget()
        body.setStyleSheet("background: transparent;")
        column = QVBoxLayout(body)
        column.setContentsMargins(_EDGE, 8, _EDGE, 8)
        column.setSpacing(0)
        for section in self._sections:
            self._add_section(column, section)
        column.addStretch(1)
        self._scroll.setWidget(body)
        self._rebuild_device()

    def _add_section(self, column: QVBoxLayout, section: Section) -> None:
        title = SignLabel(self._theme, section.title, role="small", color="text.tertiary")
        column.addSpacing(4)
        column.addWidget(title)
        column.addSpacing(2)
        for fact in section.sheet.facts:
            self._add_fact(column, fact)
        for warning in section.sheet.warnings:
            self._add_warning(column, warning)
        if section.sheet.notes:
            self._add_notes(column, section.sheet.notes)
        column.addSpacing(12)

    def _add_fact(self, column: QVBoxLayout, fact: Fact) -> None:
        row = FactRow(self._theme, fact)
        if row.fits(self._room()):
            column.addWidget(row)
            return
        label = SignLabel(self._theme, fact.label, role="small", color="text.secondary")
        value = TextBlock(self._theme, role="smallStrong", color="text.primary", max_lines=4)
        value.set_text(fact.value)
        column.addSpacing(4)
        column.addWidget(label)
        column.addWidget(value)
        column.addSpacing(4)

    def _add_notes(self, column: QVBoxLayout, notes: Sequence[str]) -> None:
        """Whoever wrote them: they stand with the file's facts, not among the device's values."""
        title = SignLabel(self._theme, role="small", color="text.secondary")
        title.show_sign(self.tr("Notes in the file"))
        column.addSpacing(6)
        column.addWidget(title)
        for note in notes[:_MOST_NOTES]:
            text = TextBlock(self._theme, role="small", color="text.primary", max_lines=4)
            text.set_text(note)
            column.addWidget(text)
            column.addSpacing(2)
        if len(notes) > _MOST_NOTES:
            more = SignLabel(self._theme, role="small", color="text.tertiary")
            more.show_sign(self.tr("and more: {}").format(len(notes) - _MOST_NOTES))
            column.addWidget(more)

    def _room(self) -> int:
        """Of a line, beside the bar that scrolls."""
        return self.width() - 2 * _EDGE - self._scroll.verticalScrollBar().sizeHint().width()

    def _add_warning(self, column: QVBoxLayout, warning: str) -> None:
        line = QHBoxLayout()
        line.setSpacing(6)
        sign = SignLabel(self._theme, "", glyph="warning", role="small", color="viewer.warn")
        sign.setFixedWidth(self._theme.px(16))
        text = TextBlock(self._theme, role="small", color="viewer.warn", max_lines=5)
        text.set_text(warning)
        line.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(text, 1)
        column.addSpacing(6)
        column.addLayout(line)

    def _rebuild_device(self) -> None:
        """The device's values stand apart from everything else, under their own heading."""
        self._device = QFrame(self)
        self._device.setObjectName("deviceValues")
        self._device.setStyleSheet("#deviceValues { background: transparent; }")
        column = QVBoxLayout(self._device)
        column.setContentsMargins(12, 8, 12, 12)
        column.setSpacing(2)
        sheets = [section.sheet for section in self._sections]
        found = [sheet for sheet in sheets if sheet.device or sheet.statements]
        if found:
            self._add_device_heading(column)
        for sheet in found:
            values = ", ".join(f"{fact.label}{NBSP}{fact.value}" for fact in sheet.device)
            if values:
                text = TextBlock(self._theme, role="small", color="text.primary", max_lines=8)
                text.set_text(values)
                column.addWidget(text)
            for statement in sheet.statements:
                text = TextBlock(self._theme, role="small", color="text.secondary", max_lines=6)
                text.set_text(f"«{statement}»")
                column.addWidget(text)
        self._device_room.setWidget(self._device)
        self._device_room.setVisible(bool(found))
        self._fit_device()

    def _fit_device(self) -> None:
        """As high as its text; of a device that says much, half of the panel, and it scrolls."""
        wanted = self._device.heightForWidth(self.width())
        self._device_room.setFixedHeight(max(0, min(wanted, self.height() // 2)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.size().width() != event.oldSize().width():
            self._rebuild()
        self._fit_device()

    def _add_device_heading(self, column: QVBoxLayout) -> None:
        sign = SignLabel(self._theme, role="smallStrong", color="text.primary")
        sign.show_sign(self.tr("Device's values, not ours"), "cpu")
        column.addWidget(sign)


def _scroll_area(parent: QWidget) -> QScrollArea:
    """A place that is as wide as the panel and scrolls down only."""
    area = QScrollArea(parent)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.viewport().setAutoFillBackground(False)
    return area
