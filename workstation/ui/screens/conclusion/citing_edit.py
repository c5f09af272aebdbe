"""A field whose numbers in brackets, «[1]», lead to their sources: text that looks like chips."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QTextEdit, QToolTip

from workstation.core.citations import citations
from workstation.ui.screens.conclusion.growing_edit import GrowingEdit, units
from workstation.ui.screens.conclusion.spelling_marks import SpellingMarks
from workstation.ui.theme import Theme
from workstation.ui.widgets.labels import plain_tooltip

_RADIUS, _HEIGHT, _AROUND = 4, 16, 1


@dataclass(frozen=True, slots=True)
class _Chip:
    """A number on the screen: `box` in the document's pixels, places as Qt counts them."""

    number: int
    box: QRectF
    start: int
    stop: int


class CitingEdit(GrowingEdit):
    """`source_wanted` at a click on a number that has a source."""

    source_wanted = Signal(int)

    def __init__(self, theme: Theme, name: str) -> None:
        self._chips: list[_Chip] | None = None
        self._revision = -1
        self._sources: dict[int, str] = {}
        self._no_source = ""
        self._pressed: _Chip | None = None
        super().__init__(theme, name)
        self.spelling = SpellingMarks(self, theme)
        self.spelling.changed.connect(self._colour)
        self.viewport().setMouseTracking(True)
        self.document().contentsChanged.connect(self._renew)  # the edit's own may be blocked
        self.document().documentLayout().documentSizeChanged.connect(lambda _: self._move())
        theme.changed.connect(self._renew)

    def show_sources(self, sources: Mapping[int, str], no_source: str) -> None:
        """The numbers that lead somewhere, each with what it says of itself under the mouse;
        `no_source` is said of the others."""
        if (dict(sources), no_source) != (self._sources, self._no_source):
            self._sources, self._no_source = dict(sources), no_source
            self._renew()

    def number_at_caret(self) -> int | None:
        """The number in or beside which the caret stands, else the last one of its paragraph."""
        caret = self.textCursor()
        block = caret.block()
        here = [one for one in self._all() if _is_in(block, one)]
        at = [one for one in here if one.start <= caret.position() <= one.stop]
        return (at or here)[-1].number if here else None

    def doubts(self) -> list[int]:
        """Where words in doubt begin, those that are shown to be so."""
        return [one.selectionStart() for one in self.spelling.words()]

    def caret(self) -> int:
        """Where the caret stands."""
        return self.textCursor().position()

    def ask_about(self, start: int) -> None:
        """Selects the word in doubt that begins there, and shows what may have been meant."""
        word = next((one for one in self.spelling.words() if one.selectionStart() == start), None)
        if word is not None:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            self.setTextCursor(word)
            below = self.viewport().mapToGlobal(self.cursorRect(word).bottomLeft())
            self.spelling.open_menu(word, below, by_key=True)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._paint_chips()
        super().paintEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._pressed = self._at(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        chip, pressed = self._at(event.position()), self._pressed
        self._pressed = None
        if event.button() is not Qt.MouseButton.LeftButton or self._selects():
            return
        if chip is not None and chip == pressed and chip.number in self._sources:
            self.source_wanted.emit(chip.number)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        chip = self._at(event.position())
        leads = chip is not None and chip.number in self._sources
        shape = Qt.CursorShape.PointingHandCursor if leads else Qt.CursorShape.IBeamCursor
        self.viewport().setCursor(shape)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Over a word in doubt the menu begins with what may have been meant."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        caret = self.textCursor() if by_key else self.cursorForPosition(event.pos())
        word = self.spelling.word_at(caret.position())
        if word is not None:
            self.spelling.open_menu(word, event.globalPos(), by_key=by_key)
            return
        caret.select(QTextCursor.SelectionType.WordUnderCursor)
        menu = self.createStandardContextMenu()
        self.spelling.add_own_entry(menu, caret.selectedText())
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(event.globalPos())

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            chip = self._at(QPointF(event.pos()))
            text = "" if chip is None else self._sources.get(chip.number, self._no_source)
            QToolTip.showText(event.globalPos(), plain_tooltip(text), self)
            return True
        return super().viewportEvent(event)

    def _selects(self) -> bool:
        return self.textCursor().hasSelection()

    def _at(self, point: QPointF) -> _Chip | None:
        return next((chip for chip in self._all() if chip.box.contains(point)), None)

    def _all(self) -> list[_Chip]:
        """Of the text as it is: the caret tells that it moved before the document of the change."""
        revision = self.document().revision()
        if self._chips is None or revision != self._revision:
            self._revision = revision
            self._chips = [chip for block in self._blocks() for chip in self._chips_of(block)]
        return self._chips

    def _blocks(self) -> Iterator[QTextBlock]:
        block = self.document().begin()
        while block.isValid():
            yield block
            block = block.next()

    def _chips_of(self, block: QTextBlock) -> Iterator[_Chip]:
        text = block.text()
        for one in citations(text):
            start, stop = units(text[: one.start]), units(text[: one.stop])
            box = self._box(block, start, stop)
            if box is not None:
                place = block.position()
                yield _Chip(one.number, box, place + start, place + stop)

    def _box(self, block: QTextBlock, start: int, stop: int) -> QRectF | None:
        at = self.document().documentLayout().blockBoundingRect(block).topLeft()
        line = block.layout().lineForTextPosition(start)
        if not line.isValid():
            return None
        left, right = _x(line.cursorToX(start)), _x(line.cursorToX(stop))
        if stop > line.textStart() + line.textLength():  # broken inside the brackets
            right = line.naturalTextRect().right()
        px = self._theme.px
        middle = at.y() + line.y() + line.height() / 2
        box = QRectF(at.x() + left, middle - px(_HEIGHT) / 2, right - left, px(_HEIGHT))
        return box.adjusted(-px(_AROUND), 0, px(_AROUND), 0)

    def _paint_chips(self) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = self._theme.px(_RADIUS)
        for chip in self._all():
            leads = chip.number in self._sources
            painter.setBrush(self._theme.color("accent.soft" if leads else "warn.soft"))
            painter.setPen(Qt.PenStyle.NoPen if leads else self._dashes())
            painter.drawRoundedRect(chip.box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.end()

    def _dashes(self) -> QPen:
        pen = QPen(self._theme.color("warn.mark"), 1)
        pen.setDashPattern([3, 2])
        return pen

    def _renew(self) -> None:
        """Other numbers, or another colour of theirs."""
        self._chips = None
        self._colour()
        self.viewport().update()

    def _colour(self) -> None:
        """Numbers, and words in doubt."""
        numbers = [self._coloured(chip) for chip in self._all()]
        self.setExtraSelections([*numbers, *self.spelling.selections()])

    def _move(self) -> None:
        self._chips = None
        self.viewport().update()

    def _coloured(self, chip: _Chip) -> QTextEdit.ExtraSelection:
        """The number's colour is no part of the text: it cannot be undone, copied or saved."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(chip.start)
        cursor.setPosition(chip.stop, QTextCursor.MoveMode.KeepAnchor)
        form = QTextCharFormat()
        token = "accent.text" if chip.number in self._sources else "warn.text"
        form.setForeground(self._theme.color(token))
        selection = QTextEdit.ExtraSelection()
        selection.cursor, selection.format = cursor, form
        return selection


def _is_in(block: QTextBlock, chip: _Chip) -> bool:
    return block.position() <= chip.start < block.position() + block.length()


def _x(answer: object) -> float:
    """Qt answers with the place, and in some bindings with the cursor behind it."""
    place = answer[0] if isinstance(answer, tuple) else answer
    return float(place) if isinstance(place, int | float) else 0.0
