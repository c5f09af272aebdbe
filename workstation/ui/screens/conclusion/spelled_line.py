"""A field of one line with wavy lines under words in doubt, and the menu of what may be meant.

A QLineEdit has no formats: the lines are painted over it. Its text, undoing and signals stay as
they are.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QMenu

from workstation.ui.screens.conclusion.growing_edit import units
from workstation.ui.screens.conclusion.spelling_marks import LOOK_MS
from workstation.ui.screens.conclusion.spelling_menu import SpellingMenu
from workstation.ui.screens.conclusion.spelling_model import SpellingModel
from workstation.ui.theme import Theme
from workstation.ui.widgets.case_fields import CaseLineEdit

_BEFORE_CARET: Final = 5
"""Pixels by which Qt's own `cursorRect` begins before the caret (QWidgetLineControl)."""
_WAVE: Final = 2.0
"""Height of a wave, and half its length, in pixels."""


@dataclass(frozen=True, slots=True)
class _Doubt:
    """A word, its place as Qt counts it (UTF-16 units)."""

    word: str
    start: int
    size: int


class SpelledLineEdit(CaseLineEdit):
    """One line; words in doubt are found and replaced as in a `CitingEdit`."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._theme = theme
        self._model: SpellingModel | None = None
        self._doubts: tuple[_Doubt, ...] = ()
        self._typed_at = -1
        self._asked: tuple[_Doubt, QPoint, bool] | None = None
        """For which word a menu is wanted, where, and whether by a key."""
        self._menu = SpellingMenu(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look)

    def watch(self, model: SpellingModel) -> None:
        """Marks what the model doubts from now on."""
        self._model = model
        self.textChanged.connect(self._changed)
        self.cursorPositionChanged.connect(lambda *_: self.update())
        model.judged.connect(self._look)
        model.suggested.connect(self._offer)
        self._look()

    def doubts(self) -> list[int]:
        """Where words in doubt begin, those that are shown to be so."""
        return [one.start for one in self._seen()]

    def doubtful(self) -> list[str]:
        """The words themselves."""
        return [one.word for one in self._seen()]

    def caret(self) -> int:
        """Where the caret stands."""
        return self.cursorPosition()

    def ask_about(self, start: int) -> None:
        """Selects the word in doubt that begins there, and shows what may have been meant."""
        found = next((one for one in self._seen() if one.start == start), None)
        if found is not None:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            self.setSelection(found.start, found.size)
            self._ask(found, self.mapToGlobal(self.rect().bottomLeft()), by_key=True)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Over a word in doubt the menu begins with what may have been meant."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        place = self.cursorPosition() if by_key else self.cursorPositionAt(event.pos())
        found = next((d for d in self._seen() if d.start <= place <= d.start + d.size), None)
        if found is not None:
            self._ask(found, event.globalPos(), by_key=by_key)
            return
        menu = self._plain_menu()
        self._menu.add_own_entry(menu, self._word_at(place), self._model)
        menu.popup(event.globalPos())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        words = list(self._seen())
        if not words or _turns(self.text()):
            return
        painter = QPainter(self)
        painter.setClipRect(self.rect().adjusted(4, 0, -4, 0))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.color("danger.mark"), 1))
        metrics, text = QFontMetricsF(self.font()), self.text()
        base = (self.height() - metrics.height()) / 2 + metrics.ascent() + _WAVE
        caret = (
            self.cursorRect().x()
            + _BEFORE_CARET
            - metrics.horizontalAdvance(_cut(text, self.cursorPosition()))
        )
        for one in words:
            left = caret + metrics.horizontalAdvance(_cut(text, one.start))
            painter.drawPolyline(_wave(left, metrics.horizontalAdvance(one.word), base))

    def _changed(self) -> None:
        self._typed_at = self.cursorPosition()
        self._timer.start(LOOK_MS)

    def _look(self) -> None:
        """What is not judged yet keeps the lines that it had."""
        model, text = self._model, self.text()
        if model is None or not model.is_on:
            self._doubts = ()
        elif model.knows(text):
            self._doubts = tuple(
                _Doubt(one.word, units(text[: one.start]), units(one.word))
                for one in model.faults(text)
            )
        else:
            model.faults(text)  # asked for: `judged` tells
        self.update()

    def _seen(self) -> Iterator[_Doubt]:
        """None in a field that is only read, none that is being typed, none that is gone."""
        text = self.text()
        for one in self._doubts if not self.isReadOnly() else ():
            if _cut(text, one.start + one.size).endswith(one.word) and not self._is_typed(one):
                yield one

    def _is_typed(self, one: _Doubt) -> bool:
        caret = self.cursorPosition()
        within = one.start <= caret <= one.start + one.size
        return within and caret == self._typed_at and self.hasFocus()

    def _ask(self, doubt: _Doubt, at: QPoint, *, by_key: bool) -> None:
        if self._model is not None:
            self._asked = (doubt, at, by_key)
            self._model.suggest(doubt.word)

    def _offer(self, word: str, found: tuple[str, ...]) -> None:
        if self._asked is None or self._asked[0].word != word:
            return
        doubt, at, by_key = self._asked
        self._asked = None
        if self.isReadOnly() or not self.isVisible():
            return
        menu = self._plain_menu()
        self._menu.open(
            menu, at, word, found, lambda new: self._put(doubt, new), self._model, by_key=by_key
        )

    def _put(self, doubt: _Doubt, word: str) -> None:
        """In the place of the word in doubt, as one step that can be undone."""
        is_there = _cut(self.text(), doubt.start + doubt.size).endswith(doubt.word)
        if is_there and not self.isReadOnly():
            self.setSelection(doubt.start, doubt.size)
            self.insert(word)

    def _word_at(self, place: int) -> str:
        before, text = _cut(self.text(), place), self.text()
        start = next((n for n in range(len(before), 0, -1) if not text[n - 1].isalpha()), 0)
        stop = next((n for n in range(len(before), len(text)) if not text[n].isalpha()), len(text))
        return text[start:stop]

    def _plain_menu(self) -> QMenu:
        menu = self.plain_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu


def _turns(text: str) -> bool:
    """Whether some of it runs from right to left: widths do not tell where its words stand."""
    return any(unicodedata.bidirectional(one) in ("R", "AL") for one in text)


def _cut(text: str, end: int) -> str:
    """The text up to a place as Qt counts it."""
    return text if end >= units(text) else _decoded(text.encode("utf-16-le", "surrogatepass"), end)


def _decoded(raw: bytes, end: int) -> str:
    return raw[: end * 2].decode("utf-16-le", "surrogatepass")


def _wave(left: float, width: float, base: float) -> list[QPointF]:
    steps = max(2, round(width / _WAVE))
    return [QPointF(left + n * width / steps, base + (n % 2) * _WAVE) for n in range(steps + 1)]
