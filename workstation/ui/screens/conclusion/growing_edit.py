"""A field of several lines that is as high as its text: the form scrolls, never the field."""

from math import ceil

from PySide6.QtCore import QMimeData, QRect, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit

from workstation.ui.theme import Theme
from workstation.ui.widgets.case_text import bring_in, marked

LONGEST = 20_000
"""Characters of a section that the server takes."""
_PAD = 6
_FIXED_LINES = QTextBlockFormat.LineHeightTypes.FixedHeight.value


class GrowingEdit(QTextEdit):
    """Plain text; Tab goes on to the next field."""

    grew_at = Signal(QRect)
    """The caret is there, in the field's own pixels: it should be seen."""
    too_long = Signal()
    """Something was not taken in: it would not fit."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName(name)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setLineWrapMode(QTextEdit.LineWrapMode.WidgetWidth)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for bar in (self.verticalScrollBar(), self.horizontalScrollBar()):
            bar.setEnabled(False)
            bar.hide()
        self.document().setDocumentMargin(_PAD)
        self.document().documentLayout().documentSizeChanged.connect(lambda _: self._fit())
        self.cursorPositionChanged.connect(lambda: self.grew_at.emit(self.cursorRect()))
        theme.changed.connect(self._dress)
        self._dress()

    def show_text(self, text: str) -> None:
        """Shows another text, with the caret at its end and nothing to undo."""
        if text == self.toPlainText():
            return
        self.setPlainText(text)
        self._space_lines()
        self.document().clearUndoRedoStacks()
        self.moveCursor(QTextCursor.MoveOperation.End)

    def take_in(self, text: str) -> None:
        """The same text with lines more, or less: the caret stays, and it can be undone."""
        before = self.toPlainText()
        if text == before:
            return
        start, end, new = _difference(before, text)
        caret = self.textCursor()
        kept = [_moved(place, start, end, new) for place in (caret.anchor(), caret.position())]
        edit = QTextCursor(self.document())
        edit.setPosition(start)
        edit.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        edit.insertText(new)
        caret.setPosition(kept[0])
        caret.setPosition(kept[1], QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(caret)

    def put_text(self, text: str) -> None:
        """Puts a text in at the caret, as one step that can be undone; where it does not fit,
        nothing. Behind a word a blank comes first."""
        caret = self.textCursor()
        before = self.toPlainText()[: caret.selectionStart()][-1:]
        start = caret.selectionStart()
        self._bring_in(f" {text}" if before and not before.isspace() else text)
        opened = self.document().find("{", start)
        closed = self.document().find("}", opened) if not opened.isNull() else opened
        if not closed.isNull():  # what the phrase leaves open is typed over
            caret.setPosition(opened.selectionStart())
            caret.setPosition(closed.selectionEnd(), QTextCursor.MoveMode.KeepAnchor)
            self.setTextCursor(caret)

    def forget_typing(self) -> None:
        """Nothing of what stood here before can be brought back: it may be another patient's."""
        self.document().clearUndoRedoStacks()

    def lock(self, locked: bool, *, looks_locked: bool = True) -> None:
        """Read only: the text can still be copied. For a moment only, it need not look so."""
        self.setReadOnly(locked)
        self._mark("locked", locked and looks_locked)

    def mark_invalid(self, invalid: bool) -> None:
        """Gives the field the edge of a refusal, or takes it away."""
        self._mark("invalid", invalid)

    def createMimeDataFromSelection(self) -> QMimeData:
        return marked(super().createMimeDataFromSelection().text(), self)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """The text of another patient's case comes in after a question alone."""
        bring_in(source, self, self._theme, self._bring_in)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        types = event.text().isprintable() and bool(event.text())
        if types and not self.isReadOnly() and self._room() < 1:
            self.too_long.emit()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        QTimer.singleShot(0, self, lambda: self.grew_at.emit(self.cursorRect()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _bring_in(self, text: str) -> None:
        """Pastes all of it or, where it does not fit, nothing: the clipboard has it still."""
        if self._room() < len(text):
            self.too_long.emit()
        else:
            self.textCursor().insertText(text)  # Qt's own way forgets the lines' height
            self.ensureCursorVisible()

    def _room(self) -> int:
        """How many more characters fit; what is selected makes room."""
        selected = len(self.textCursor().selectedText())
        return LONGEST - self.document().characterCount() + 1 + selected

    def _fit(self) -> None:
        """A border of one pixel, of two with the focus, above and below."""
        height = ceil(self.document().size().height()) + 4
        if height != self.height():
            self.setFixedHeight(height)
            self.updateGeometry()

    def _space_lines(self) -> None:
        """Lines as high as the type says, in all paragraphs; further ones inherit it."""
        wanted = float(self._theme.line_height("body"))
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        form = QTextBlockFormat()
        form.setLineHeight(wanted, _FIXED_LINES)
        cursor.mergeBlockFormat(form)

    def _mark(self, name: str, marked: bool) -> None:
        """Another look of the style sheet; that is dear, so only where something changes."""
        if bool(self.property(name)) != marked:
            self.setProperty(name, marked)
            self.style().unpolish(self)
            self.style().polish(self)

    def _dress(self) -> None:
        color = self._theme.color
        ring, danger = color("focus.ring").name(), color("danger.mark").name()
        self.setStyleSheet(
            "QTextEdit { padding: 1px 4px; min-height: 0; }"
            f'QTextEdit[locked="true"] {{ background: {color("bg.sunken").name()};'
            f" border: 1px solid {color('line.subtle').name()}; }}"
            f"QTextEdit:focus {{ padding: 0 3px; border: 2px solid {ring}; }}"
            f'QTextEdit[invalid="true"] {{ padding: 0 3px; border: 2px solid {danger}; }}'
        )
        self.document().setDefaultFont(self._theme.font("body"))
        had_undo = self.document().isUndoRedoEnabled()
        self.document().setUndoRedoEnabled(False)
        self._space_lines()
        self.document().setUndoRedoEnabled(had_undo)
        self._fit()


def units(text: str) -> int:
    """Length as Qt counts it, in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _difference(before: str, after: str) -> tuple[int, int, str]:
    """What has to be replaced: from, to (places as Qt counts them), and by what."""
    least = min(len(before), len(after))
    head = next((n for n in range(least) if before[n] != after[n]), least)
    tail = 0
    while tail < least - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    start, end = units(before[:head]), units(before[: len(before) - tail])
    return start, end, after[head : len(after) - tail]


def _moved(place: int, start: int, end: int, new: str) -> int:
    """Where a caret stands when something before it, around it or behind it was replaced."""
    if place <= start:
        return place
    return start + units(new) + (place - end if place > end else 0)
