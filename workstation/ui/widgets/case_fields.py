"""Fields of a case: what is copied out of them knows its case, what is foreign is asked about."""

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import (
    QClipboard,
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
)
from PySide6.QtWidgets import QLineEdit, QMenu, QPlainTextEdit

from workstation.ui.theme import Theme
from workstation.ui.widgets.case_text import bring_in, marked

_COPY, _CUT = QKeySequence.StandardKey.Copy, QKeySequence.StandardKey.Cut
_PASTE = QKeySequence.StandardKey.Paste


class CasePlainEdit(QPlainTextEdit):
    """Several lines of plain text about the case around it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._case_theme = theme

    def createMimeDataFromSelection(self) -> QMimeData:
        return marked(super().createMimeDataFromSelection().text(), self)

    def insertFromMimeData(self, source: QMimeData) -> None:
        bring_in(source, self, self._case_theme, self.insertPlainText)


class CaseLineEdit(QLineEdit):
    """One line about the case around it. Qt's own copying forgets the case: it is done here."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._case_theme = theme
        self.setAcceptDrops(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(_COPY) or event.matches(_CUT):
            self.copy_marked(cut=event.matches(_CUT))
        elif event.matches(_PASTE):
            self.paste_asked()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.plain_menu().popup(event.globalPos())

    def plain_menu(self) -> QMenu:
        """What can be done with the text; it goes when it is closed."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, act, can in (
            (self.tr("Cut"), lambda: self.copy_marked(cut=True), self._can_cut()),
            (self.tr("Copy"), self.copy_marked, self.hasSelectedText()),
            (self.tr("Paste"), self.paste_asked, not self.isReadOnly()),
        ):
            entry = menu.addAction(text)
            entry.setEnabled(can)
            entry.triggered.connect(act)
        return menu

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.MiddleButton:
            self.paste_asked(QClipboard.Mode.Selection)
        else:
            super().mouseReleaseEvent(event)

    def copy_marked(self, *, cut: bool = False) -> None:
        """Puts what is selected into the clipboard, with its case."""
        if not self.hasSelectedText():
            return
        QGuiApplication.clipboard().setMimeData(marked(self.selectedText(), self))
        if cut and self._can_cut():
            self.insert("")

    def paste_asked(self, mode: QClipboard.Mode = QClipboard.Mode.Clipboard) -> None:
        """Brings in what the clipboard has; the text of another case after a question."""
        clipboard = QGuiApplication.clipboard()
        if mode is QClipboard.Mode.Selection and not clipboard.supportsSelection():
            return
        content = clipboard.mimeData(mode)
        if not self.isReadOnly():
            bring_in(content, self, self._case_theme, self.insert)

    def _can_cut(self) -> bool:
        return self.hasSelectedText() and not self.isReadOnly()
