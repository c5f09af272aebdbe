"""The way to the check of a PDF's signatures by key, by palette, and from the settings."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from workstation.ui.shortcuts import ShortcutRouter, key_label
from workstation.ui.theme import Theme
from workstation.ui.widgets.key_button import KeyButton

ACTION = "app.check_pdf"


class CheckEntry(QWidget):
    """Takes no room in the window: its key acts in every room, as long as somebody is signed in."""

    chosen = Signal(Path)
    """This file is to be checked."""

    def __init__(self, window: QWidget, shortcuts: ShortcutRouter) -> None:
        super().__init__(window)
        self.setObjectName("checking.entry")
        self.setFixedSize(0, 0)
        shortcuts.bind(self, ACTION, self.choose)
        self.show()

    def choose(self) -> None:
        """Asks which file; nothing happens where none is chosen."""
        dialog = QFileDialog(self.window(), self.tr("Check signatures of a PDF"))
        dialog.setObjectName("checking.choose")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.tr("PDF files (*.pdf)"), self.tr("All files (*)")])
        dialog.fileSelected.connect(lambda name: self.chosen.emit(Path(name)))
        dialog.open()


class CheckRow(QWidget):
    """The same in the settings, for who does not know the key."""

    def __init__(self, theme: Theme, entry: CheckEntry) -> None:
        super().__init__()
        self.button = KeyButton(theme, self.tr("Check signatures of a PDF…"), key=key_label(ACTION))
        self.button.setObjectName("settings.checkPdf")
        self.button.clicked.connect(entry.choose)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.button)
        row.addStretch(1)
