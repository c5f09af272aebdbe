"""Paints the lines of a chat: bubbles of both sides, days and calls between them."""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from backend_client.models.documents import DocumentKind
from backend_client.models.messages import Message, Side
from workstation.ui.icons import paint_icon
from workstation.ui.literal_text import harmless
from workstation.ui.screens.call.chat_rows import (
    LINE_ROLE,
    CallLine,
    DayLine,
    FileLine,
    Line,
    MessageLine,
)
from workstation.ui.screens.call.chat_words import ChatWords
from workstation.ui.theme import Theme
from workstation.ui.widgets.labels import wrap

Index = QModelIndex | QPersistentModelIndex
_SHARE = 0.87
"""Of the list's width, at most, is a bubble's."""
_SIDE, _PAD, _TOP, _GAP, _LINE, _SMALL = 12, 10, 6, 8, 18, 16
_FILE = 30
_PICTURES = (DocumentKind.PHOTO, DocumentKind.IMAGE, DocumentKind.CLIP)
_MOST_KEPT = 2000


@dataclass(frozen=True, slots=True)
class _Bubble:
    lines: tuple[str, ...]
    under: str
    width: float
    height: int


class BubbleDelegate(QStyledItemDelegate):
    """Texts are broken into lines once per width."""

    def __init__(self, theme: Theme, words: ChatWords, view: QListView) -> None:
        super().__init__(view)
        self._theme, self._words, self._view = theme, words, view
        self._bubbles: dict[tuple[str, int], _Bubble] = {}
        theme.changed.connect(self.forget)

    def forget(self) -> None:
        """Sizes or words are others now."""
        self._bubbles.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line = index.data(LINE_ROLE)
        width = self._view.viewport().width()
        px = self._theme.px
        if isinstance(line, MessageLine):
            return QSize(width, self._bubble(line.message, width).height + px(_GAP))
        return QSize(width, px(_FILE if isinstance(line, FileLine) else _SMALL) + px(_GAP))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: Line = index.data(LINE_ROLE)
        box = QRectF(option.rect)
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        if isinstance(line, MessageLine):
            self._paint_message(painter, box, line.message, focused)
        elif isinstance(line, FileLine):
            self._paint_file(painter, box, line, focused)
        else:
            self._paint_between(painter, box, line)
        painter.restore()

    def _paint_between(self, painter: QPainter, box: QRectF, line: DayLine | CallLine) -> None:
        painter.setFont(self._theme.font("small"))
        painter.setPen(self._theme.color("text.tertiary"))
        metrics = QFontMetricsF(painter.font())
        room = box.adjusted(self._theme.px(_SIDE), 0, -self._theme.px(_SIDE), 0)
        mode = Qt.TextElideMode.ElideRight
        text = metrics.elidedText(self._words.text(line), mode, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_file(self, painter: QPainter, box: QRectF, line: FileLine, focused: bool) -> None:
        """A chip across the list: what has come, and that a press opens it."""
        theme, px = self._theme, self._theme.px
        body = box.adjusted(px(_SIDE), 0, -px(_SIDE), -px(_GAP))
        edge = QPen(theme.color("focus.ring"), 2) if focused else QPen(theme.color("line.control"))
        painter.setPen(edge)
        painter.setBrush(theme.color("bg.panel"))
        painter.drawRoundedRect(body, px(6), px(6))
        glyph = QRectF(body.left() + px(8), body.center().y() - px(7), px(14), px(14))
        paint_icon(painter, _glyph(line), glyph, theme.color("text.secondary"))
        painter.setFont(theme.font("small"))
        metrics = QFontMetricsF(painter.font())
        word, flags = self._words.open_it(), Qt.AlignmentFlag.AlignVCenter
        room = body.adjusted(px(28), 0, -px(10), 0)
        painter.setPen(theme.color("accent.text"))
        painter.drawText(room, flags | Qt.AlignmentFlag.AlignRight, word)
        room.setRight(room.right() - metrics.horizontalAdvance(word) - px(10))
        painter.setPen(theme.color("text.primary"))
        mode = Qt.TextElideMode.ElideMiddle
        text = metrics.elidedText(self._words.text(line), mode, room.width())
        painter.drawText(room, flags | Qt.TextFlag.TextSingleLine, text)

    def _paint_message(
        self, painter: QPainter, box: QRectF, message: Message, focused: bool
    ) -> None:
        theme, px = self._theme, self._theme.px
        mine = message.side is Side.DOCTOR
        bubble = self._bubble(message, round(box.width()))
        left = box.right() - px(_SIDE) - bubble.width if mine else box.left() + px(_SIDE)
        body = QRectF(left, box.top(), bubble.width, bubble.height)
        ring = QPen(theme.color("focus.ring"), 2) if focused else QPen(Qt.PenStyle.NoPen)
        painter.setPen(ring)
        painter.setBrush(theme.color("accent.soft" if mine else "bg.window"))
        painter.drawRoundedRect(body, px(6), px(6))
        painter.setPen(theme.color("text.primary"))
        painter.setFont(theme.font("body"))
        area = QRectF(left + px(_PAD), box.top() + px(_TOP), bubble.width, px(_LINE))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        for text in bubble.lines:
            painter.drawText(area, flags | Qt.TextFlag.TextSingleLine, text)
            area.translate(0, px(_LINE))
        self._paint_under(painter, area, bubble, mine)

    def _paint_under(self, painter: QPainter, area: QRectF, bubble: _Bubble, mine: bool) -> None:
        px = self._theme.px
        painter.setFont(self._theme.font("micro"))
        painter.setPen(self._theme.color("text.tertiary"))
        area.setHeight(px(_SMALL))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(area, flags | Qt.TextFlag.TextSingleLine, bubble.under)
        if mine:  # what stands here has reached the server
            width = QFontMetricsF(painter.font()).horizontalAdvance(bubble.under)
            tick = QRectF(area.left() + width + px(4), area.top() + px(2), px(12), px(12))
            paint_icon(painter, "check", tick, self._theme.color("text.tertiary"))

    def _bubble(self, message: Message, width: int) -> _Bubble:
        key = (message.id, width)
        if key not in self._bubbles:
            if len(self._bubbles) >= _MOST_KEPT:
                self._bubbles.clear()
            self._bubbles[key] = self._measured(message, width)
        return self._bubbles[key]

    def _measured(self, message: Message, width: int) -> _Bubble:
        px = self._theme.px
        room = max(px(80), round((width - 2 * px(_SIDE)) * _SHARE) - 2 * px(_PAD))
        lines = tuple(wrap(harmless(message.text), self._theme, "body", room))
        text = QFontMetricsF(self._theme.font("body"))
        small = QFontMetricsF(self._theme.font("micro"))
        tick = px(18) if message.side is Side.DOCTOR else 0
        mode = Qt.TextElideMode.ElideRight
        under = small.elidedText(self._words.under(message), mode, room - tick)
        widths = [text.horizontalAdvance(line) for line in lines]
        content = max([*widths, small.horizontalAdvance(under) + tick])
        height = 2 * px(_TOP) + len(lines) * px(_LINE) + px(_SMALL)
        return _Bubble(lines, under, min(content, room) + 2 * px(_PAD) + 1, height)


def _glyph(line: FileLine) -> str:
    return "image" if line.file.lead.kind in _PICTURES else "file-text"
