"""What may have been meant by a word in doubt, before the entries of a field's own menu."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from workstation.ui.literal_text import one_line
from workstation.ui.screens.conclusion.spelling_model import SpellingModel


class SpellingMenu(QObject):
    """Of one field, whatever kind of field it is."""

    def open(
        self,
        menu: QMenu,
        at: QPoint,
        word: str,
        found: Sequence[str],
        put: Callable[[str], None],
        model: SpellingModel | None,
        *,
        by_key: bool,
    ) -> None:
        """Puts what was found into the field's plain menu and opens it at a place of the screen;
        `put` brings the chosen word into the text."""
        entries = [self._entry(menu, one, put) for one in found]
        if not found:
            entries = [QAction(self.tr("No word like this is known"), menu)]
            entries[0].setEnabled(False)
        entries += [self._add_entry(menu, word, model)]
        first = menu.actions()[0]
        for entry in entries:
            menu.insertAction(first, entry)
        menu.insertSeparator(entries[-1])
        menu.insertSeparator(first)
        menu.setObjectName("conclusion.spelling.menu")
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)
        if by_key:
            menu.setActiveAction(entries[0] if found else entries[-1])

    def add_own_entry(self, menu: QMenu, word: str, model: SpellingModel | None) -> None:
        """In a plain menu: the word under the mouse, where the doctor has taken it as right."""
        if model is not None and model.is_own(word):
            text = self.tr("Remove “{}” from my dictionary").format(one_line(word))
            menu.addSeparator()
            menu.addAction(text).triggered.connect(lambda _=False: model.remove(word))

    @staticmethod
    def _entry(menu: QMenu, word: str, put: Callable[[str], None]) -> QAction:
        entry = QAction(word.replace("&", "&&"), menu)
        entry.triggered.connect(lambda _=False: put(word))
        return entry

    def _add_entry(self, menu: QMenu, word: str, model: SpellingModel | None) -> QAction:
        entry = QAction(self.tr("Add “{}” to my dictionary").format(one_line(word)), menu)
        if model is not None:
            entry.triggered.connect(lambda _=False: model.add(word))
        return entry
