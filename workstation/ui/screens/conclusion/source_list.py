"""Under the findings: where each number comes from, one line each, and the way there."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget

from backend_client.models.conclusions import ConclusionForm
from backend_client.models.documents import Document
from backend_client.models.evidence import Evidence
from workstation.core.citations import cited, cited_numbers, uncited
from workstation.ui.icons import paint_icon
from workstation.ui.literal_text import one_line
from workstation.ui.screens.conclusion.source_words import SourceWords
from workstation.ui.shortcuts import key_label
from workstation.ui.theme import Theme
from workstation.ui.widgets.labels import SignLabel, plain_tooltip
from workstation.ui.widgets.painting import (
    CHIP_NEW,
    CHIP_WARN,
    chip_width,
    keycap_width,
    paint_chip,
    paint_keycap,
)

_ROW_PX, _BETWEEN = 28, 16
_USUAL, _WIDEST = "[88]", "[888]"
_SHOW = "conclusion.source"


class SourceRow(QAbstractButton):
    """«[1] QT 396 мс (II, 3,52–3,92 с) · ЭКГ 12.11, вручную»: a press shows the place."""

    def __init__(self, theme: Theme, words: SourceWords, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("conclusion.source")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._theme, self._words = theme, words
        self.source: Evidence | None = None
        self._document: Document | None = None
        theme.changed.connect(self._fit)
        self._fit()

    def show_source(self, source: Evidence, document: Document | None) -> None:
        """Shows another source."""
        if (source, document) == (self.source, self._document):
            return
        self.source, self._document = source, document
        whole = self._words.whole(source, document)
        self.setAccessibleName(whole)
        self.setToolTip(plain_tooltip(f"{whole} ({key_label(_SHOW)})"))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(300), self._theme.px(_ROW_PX))

    def enterEvent(self, event: QEvent) -> None:
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        source = self.source
        if source is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        is_there = self._document is not None and self._document.sha256 == source.sha256
        look, left = CHIP_NEW if is_there else CHIP_WARN, self._theme.px(8)
        number = f"[{source.number}]"
        paint_chip(painter, self._theme, left, self.height() / 2, number, look)
        room = chip_width(self._theme, _USUAL if source.number < 100 else _WIDEST)
        room += self._theme.px(8)
        self._paint_words(painter, source, left + room, self.width() - self._paint_show(painter))

    def _paint_ground(self, painter: QPainter) -> None:
        color, radius = self._theme.color, self._theme.px(4)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(color("focus.ring"), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        hovered = self.underMouse() or self.isDown()
        painter.setBrush(color("bg.hover") if hovered else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, radius, radius)

    def _paint_words(self, painter: QPainter, source: Evidence, left: float, right: float) -> None:
        """The finding, which stands in the text too, and behind it where it comes from, whole."""
        theme, origin = self._theme, self._words.origin(source.origin)
        file = one_line(self._words.file(source, self._document))
        lost = self._document is None or self._document.sha256 != source.sha256
        whence = theme.fitted("small", f"{file} · {origin}", max(0.0, right - left))
        width = theme.text_width("small", whence)
        color = "warn.text" if lost else "text.secondary"
        self._write(painter, QRectF(right - width, 0, width, self.height()), "small", color, whence)
        rest = max(0.0, right - width - theme.px(_BETWEEN) - left)
        said = theme.fitted("body", one_line(source.text), rest)
        self._write(painter, QRectF(left, 0, rest, self.height()), "body", "text.primary", said)

    def _write(self, painter: QPainter, box: QRectF, role: str, color: str, text: str) -> None:
        painter.setFont(self._theme.font(role))
        painter.setPen(self._theme.color(color))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(box, flags | Qt.TextFlag.TextDontClip, text)

    def _paint_show(self, painter: QPainter) -> float:
        """At the right: that it leads somewhere, and by which key; returns the width used."""
        theme, middle = self._theme, self.height() / 2
        size, room = theme.px(16), theme.px(12)
        right: float = self.width() - room
        place = QRectF(right - size, middle - size / 2, size, size)
        paint_icon(painter, "arrow-square-out", place, theme.color("accent.text"))
        used: float = room + size
        if self.hasFocus():
            for key in reversed(key_label(_SHOW).split()):
                used += theme.px(6) + keycap_width(theme, key)
                paint_keycap(painter, theme, self.width() - used, middle, key)
        return used + room

    def _fit(self) -> None:
        self.setFixedHeight(self._theme.px(_ROW_PX))
        self.update()


class SourceList(QWidget):
    """All sources that the text names; below, the numbers that are not in order."""

    wanted = Signal(int)

    def __init__(
        self, theme: Theme, words: SourceWords, parent: QWidget, *, behind: QWidget
    ) -> None:
        """`behind`: the field from which Tab comes to the first line."""
        super().__init__(parent)
        self.setObjectName("conclusion.sources")
        self._theme, self._words, self._behind = theme, words, behind
        self._title = SignLabel(theme, role="smallStrong", color="text.secondary")
        self._missing = SignLabel(theme, role="small", color="warn.text")
        self._missing.setObjectName("conclusion.sources.missing")
        self._uncited = SignLabel(theme, role="small", color="text.tertiary")
        self._uncited.setObjectName("conclusion.sources.uncited")
        self.rows: list[SourceRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 8, 0, 0)
        self._column.setSpacing(0)
        for label in (self._title, self._missing, self._uncited):
            self._column.addWidget(label)
        for label in (self._missing, self._uncited):
            label.setContentsMargins(8, 2, 0, 0)
        self.hide()

    def show_form(self, form: ConclusionForm, documents: Mapping[str, Document]) -> None:
        """Follows the text; `documents` of the case by their ids."""
        sources = cited(form)
        known = {source.number for source in form.evidence}
        missing = sorted(cited_numbers(form) - known)
        unnamed = sorted(source.number for source in uncited(form))
        self._title.show_sign(self.tr("Sources"))
        self._title.setVisible(bool(sources))
        self._match_rows(len(sources))
        for row, source in zip(self.rows, sources, strict=True):
            row.show_source(source, documents.get(source.document_id))
        self._missing.show_sign(self._words.missing(missing), "warning", "warn.text")
        self._missing.setVisible(bool(missing))
        self._uncited.show_sign(self._words.uncited(unnamed), None, "text.tertiary")
        self._uncited.setVisible(bool(unnamed))
        self.setVisible(bool(sources or missing or unnamed))

    def focused(self) -> int | None:
        """The number of the line that has the focus."""
        row = next((row for row in self.rows if row.hasFocus()), None)
        return None if row is None or row.source is None else row.source.number

    def _match_rows(self, count: int) -> None:
        while len(self.rows) > count:
            row = self.rows.pop()
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        while len(self.rows) < count:
            self._add_row()

    def _add_row(self) -> None:
        row = SourceRow(self._theme, self._words, self)
        row.clicked.connect(lambda _=False, row=row: self._pressed(row))
        before = self.rows[-1] if self.rows else self._behind
        self.rows.append(row)
        self._column.insertWidget(len(self.rows), row)
        QWidget.setTabOrder(before, row)
        row.show()

    def _pressed(self, row: SourceRow) -> None:
        if row.source is not None:
            self.wanted.emit(row.source.number)
