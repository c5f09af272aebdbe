"""Ctrl+P on an ECG: a printer or a PDF file, and what came of it. Painted beside the window."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QIODevice, QObject, QPoint, QSaveFile, Qt, Signal
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QMenu, QWidget

from workstation.ui.task_scope import TaskScope
from workstation.ui.theme import Theme
from workstation.ui.viewers.ecg.print_words import PrintWords
from workstation.ui.viewers.ecg.printed import Shown
from workstation.ui.viewers.ecg.printing import page_layout, pdf_of, print_on
from workstation.ui.viewers.ecg.words import EcgWords


class PrintDesk(QObject):
    """Offers both ways over a widget. `told` says in words how it ended, and whether badly."""

    told = Signal(str, bool)

    def __init__(
        self,
        theme: Theme,
        words: EcgWords,
        parent: QWidget,
        *,
        now: Callable[[], datetime] = datetime.now,
    ) -> None:
        super().__init__(parent)
        self._theme, self._widget, self._now = theme, parent, now
        self.words = PrintWords(words, self)
        self._tasks: TaskScope | None = None

    def offer(self, shown: Shown, place: QPoint, tasks: TaskScope) -> None:
        """Asks where to; Enter takes the printer. `tasks`: as long as the file is open."""
        self._tasks = tasks
        menu = QMenu(self._widget)
        menu.setObjectName("ecg.printMenu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        printer = menu.addAction(self.tr("Print…"))
        printer.triggered.connect(lambda: self.ask_printer(shown))
        file = menu.addAction(self.tr("Keep as PDF…"))
        file.triggered.connect(lambda: self.ask_file(shown))
        menu.setActiveAction(printer)
        menu.popup(place)

    def _start(self, work: Coroutine[object, object, None]) -> None:
        if self._tasks is not None:
            self._tasks.start(work, name="ecg.print")
        else:
            work.close()

    def ask_printer(self, shown: Shown) -> None:
        """Opens the system's dialog of printers."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageLayout(page_layout())
        printer.setFullPage(True)
        printer.setDocName(self.words.title(shown))
        dialog = QPrintDialog(printer, self._widget.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._start(self.print_with(printer, shown)))
        QDialog.open(dialog)  # the dialog's own wants a receiver

    async def print_with(self, printer: QPrinter, shown: Shown) -> None:
        """Prints on that printer, on the paper that was chosen there."""
        printer.setFullPage(True)
        given = (printer, shown, self._theme, self.words, self._now())
        if not await asyncio.to_thread(print_on, *given):
            self.told.emit(self.tr("The printer did not take it"), True)

    def ask_file(self, shown: Shown) -> None:
        """Opens the dialog of files; the name that it offers says nobody's name."""
        dialog = QFileDialog(self._widget.window(), self.tr("Keep the ECG as PDF"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter("PDF (*.pdf)")
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(self.file_name(shown))
        dialog.fileSelected.connect(lambda name: self._start(self.keep(shown, Path(name))))
        dialog.open()

    def file_name(self, shown: Shown) -> str:
        """What is offered: the ECG's date, nobody's name."""
        return f"{self.words.title(shown).replace(':', '-')}.pdf"

    async def keep(self, shown: Shown, path: Path) -> None:
        """Writes the file whole, or leaves what was there."""
        given = (shown, self._theme, self.words, self._now())
        problem = await asyncio.to_thread(_write, path, *given)
        if problem:
            self.told.emit(self.tr("PDF not kept: {}").format(problem), True)
        else:
            self.told.emit(self.tr("PDF kept: {}").format(path.name), False)


def _write(path: Path, shown: Shown, theme: Theme, words: PrintWords, now: datetime) -> str:
    """What the system says where the file cannot be written; "" where it is."""
    content = pdf_of(shown, theme, words, now)
    file = QSaveFile(str(path))
    is_kept = file.open(QIODevice.OpenModeFlag.WriteOnly)
    is_kept = is_kept and file.write(content) == len(content) and file.commit()
    return "" if is_kept else file.errorString()
