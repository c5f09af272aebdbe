"""Wavy lines under words in doubt, and the menu of what may have been meant.

The lines are extra selections, as the colours of the numbers are: no part of the text, so they are
neither saved nor undone, and the text's own signals stay silent.
"""

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QObject, QPoint, QTimer, Signal
from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QMenu, QTextEdit

from workstation.ui.screens.conclusion.growing_edit import units
from workstation.ui.screens.conclusion.spelling_menu import SpellingMenu
from workstation.ui.screens.conclusion.spelling_model import SpellingModel
from workstation.ui.theme import Theme

LOOK_MS: Final = 300
"""After the last key."""


class SpellingMarks(QObject):
    """Of one field."""

    changed = Signal()
    """Other words are in doubt."""

    def __init__(self, edit: QTextEdit, theme: Theme) -> None:
        super().__init__(edit)
        self._edit, self._theme = edit, theme
        self._model: SpellingModel | None = None
        self._words: list[QTextCursor] = []
        self._typed_at = -1
        self._asked: tuple[QTextCursor, QPoint, bool] | None = None
        """For which word a menu is wanted, where, and whether by a key."""
        self._menu = SpellingMenu(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look)

    def watch(self, model: SpellingModel) -> None:
        """Marks what the model doubts from now on."""
        self._model = model
        self._edit.document().contentsChange.connect(self._changed)
        self._edit.cursorPositionChanged.connect(self.changed)
        model.judged.connect(self._look)
        model.suggested.connect(self._offer)
        self._look()

    def selections(self) -> list[QTextEdit.ExtraSelection]:
        """The wavy lines; none under the word that is being typed, none in a locked field."""
        return [self._line(word) for word in self.words()]

    def words(self) -> list[QTextCursor]:
        """The words in doubt that are shown to be so, from the first."""
        if self._edit.isReadOnly():
            return []
        return [one for one in self._words if one.hasSelection() and not self._is_typed(one)]

    def open_menu(self, word: QTextCursor, at: QPoint, *, by_key: bool = False) -> None:
        """Asks what may have been meant; with the answer the menu opens at a place of the
        screen."""
        if self._model is not None:
            self._asked = (QTextCursor(word), at, by_key)
            self._model.suggest(word.selectedText())

    def word_at(self, place: int) -> QTextCursor | None:
        """The word in doubt at a place of the text."""
        found = (one for one in self.words() if one.selectionStart() <= place <= one.selectionEnd())
        return next(found, None)

    def add_own_entry(self, menu: QMenu, word: str) -> None:
        """In a plain menu: the word under the mouse, where the doctor has taken it as right."""
        self._menu.add_own_entry(menu, word, self._model)

    def _changed(self, place: int, _removed: int, added: int) -> None:
        self._typed_at = place + added
        self._timer.start(LOOK_MS)

    def _look(self) -> None:
        """What is not judged yet keeps the lines that it had."""
        self._words = [word for block in self._blocks() for word in self._of(block)]
        self.changed.emit()

    def _of(self, block: QTextBlock) -> Iterator[QTextCursor]:
        model, text = self._model, block.text()
        if model is None or not model.is_on:
            return
        if not model.knows(text):
            model.faults(text)  # asked for: `judged` tells
            yield from (one for one in self._words if one.block() == block)
            return
        for fault in model.faults(text):
            yield self._cursor(block, units(text[: fault.start]), units(fault.word))

    def _cursor(self, block: QTextBlock, start: int, size: int) -> QTextCursor:
        cursor = QTextCursor(self._edit.document())
        cursor.setPosition(block.position() + start)
        cursor.setPosition(block.position() + start + size, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _blocks(self) -> Iterator[QTextBlock]:
        block = self._edit.document().begin()
        while block.isValid():
            yield block
            block = block.next()

    def _is_typed(self, word: QTextCursor) -> bool:
        caret = self._edit.textCursor().position()
        within = word.selectionStart() <= caret <= word.selectionEnd()
        return within and caret == self._typed_at and self._edit.hasFocus()

    def _line(self, word: QTextCursor) -> QTextEdit.ExtraSelection:
        form = QTextCharFormat()
        form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        form.setUnderlineColor(self._theme.color("danger.mark"))
        selection = QTextEdit.ExtraSelection()
        selection.cursor, selection.format = word, form
        return selection

    def _offer(self, word: str, found: tuple[str, ...]) -> None:
        if self._asked is None or self._asked[0].selectedText() != word:
            return
        cursor, at, by_key = self._asked
        self._asked = None
        if self._edit.isReadOnly() or not self._edit.isVisible():
            return
        menu = self._edit.createStandardContextMenu()
        self._menu.open(
            menu, at, word, found, lambda new: self._put(cursor, new), self._model, by_key=by_key
        )

    def _put(self, cursor: QTextCursor, word: str) -> None:
        """In the place of the word in doubt, as one step that can be undone."""
        if not self._edit.isReadOnly():
            cursor.insertText(word)
            self._edit.setTextCursor(cursor)
